import { withoutPersonalDetails } from './without-personal-details.js';

test.each([
  ['call +380671234567 or 0671234567 now', 'call (phone) or (phone) now'],
  ['call +38 (067) 123-45-67', 'call (phone)'],
  ['write to olena.z@example.com, please', 'write to (e-mail), please'],
  ['380671234567, order №0000000042', '(phone), order №0000000042'],
  ['document 1109100000001001, 1780.00 of 0.05', 'document 1109100000001001, 1780.00 of 0.05'],
])('%j is shown as %j', (text, shown) => {
  expect(withoutPersonalDetails(text)).toBe(shown);
});

it('leaves out members that name a person, however deep, and keeps the others', () => {
  const at = new Date();
  const value = { at, orders: [{ id: 9, buyer: { fullName: 'Олена' }, details: 'Олена', lines: [{ sku: 'BELT', name: 'Belt' }] }], none: null };
  expect(withoutPersonalDetails(value)).toEqual({ at, orders: [{ id: 9, lines: [{ sku: 'BELT', name: 'Belt' }] }], none: null });
});

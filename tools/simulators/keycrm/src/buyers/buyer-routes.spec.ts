import { openSampleShop, type SampleShop } from '../sample-shop.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
  shop.control.createCustomField({ name: 'Size', uuid: 'CT_1', model: 'client' });
});
afterEach(() => shop.simulator.close());

const create = (body: unknown) => shop.call('POST', '/buyer', body);

test('a buyer is made, found and changed', async () => {
  const { status, body } = await create({ full_name: 'Test Buyer', phone: ['+380670000001'], custom_fields: [{ uuid: 'CT_1', value: 'L' }] });
  expect([status, body]).toMatchObject([201, { full_name: 'Test Buyer', phone: ['+380670000001'], email: [] }]);
  expect((await shop.call('GET', '/buyer?filter[buyer_phone]=%2B380670000001&include=custom_fields')).body.data).toMatchObject([{ id: body.id, custom_fields: [{ value: 'L' }] }]);
  expect(await shop.call('PUT', `/buyer/${body.id}`, { full_name: 'Another', note: 'x' })).toMatchObject({ status: 202, body: { full_name: 'Another', phone: ['+380670000001'], note: 'x' } });
  expect((await shop.call('PUT', `/buyer/${body.id}`, { note: 'x' })).body.errors).toHaveProperty('full_name');
  expect((await shop.call('PUT', '/buyer/1', { full_name: 'X' })).status).toBe(404);
  expect((await create({ full_name: 'X', phone: '+380670000001' })).body.errors).toHaveProperty('phone');
});

test('phones are replaced or merged', async () => {
  const { id } = (await create({ full_name: 'Test Buyer', phone: ['1'] })).body;
  const phones = async () => (await shop.call('PUT', `/buyer/${id}`, { full_name: 'Test Buyer', phone: ['2'] })).body.phone;
  shop.control.setSwitches({ buyerLists: 'merged' });
  expect(await phones()).toEqual(['1', '2']);
  shop.control.setSwitches({ buyerLists: 'replaced' });
  expect(await phones()).toEqual(['2']);
});

test('an import is taken whole or row by row', async () => {
  const load = () => shop.call('POST', '/buyer/import', { buyers: [{ full_name: 'Good' }, { phone: ['1'] }] });
  expect(await load()).toMatchObject({ status: 400, body: { status: false } });
  expect((await shop.call('GET', '/buyer')).body.total).toBe(0);
  shop.control.setSwitches({ importAtomicity: 'valid-rows' });
  expect(await load()).toMatchObject({ status: 201, body: { status: true } });
  expect((await shop.call('GET', '/buyer')).body.total).toBe(1);
});

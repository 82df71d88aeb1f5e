import { localMoment } from './local-moment.js';

test.each([
  ['2026-01-15T22:30:05Z', 'Europe/Kyiv', '2026-01-16 00:30:05'],
  ['2026-07-15T21:00:00Z', 'Europe/Kyiv', '2026-07-16 00:00:00'],
  ['2026-10-25T00:30:00Z', 'Europe/Kyiv', '2026-10-25 03:30:00'],
  ['2026-10-25T01:30:00Z', 'Europe/Kyiv', '2026-10-25 03:30:00'],
  ['2026-03-29T00:59:59Z', 'Europe/Kyiv', '2026-03-29 02:59:59'],
  ['2026-03-29T01:00:00Z', 'Europe/Kyiv', '2026-03-29 04:00:00'],
  ['2026-03-29T01:00:00Z', 'UTC', '2026-03-29 01:00:00'],
])('%s in %s', (moment, zone, expected) => {
  expect(localMoment(new Date(moment), zone)).toBe(expected);
});

test('refuses a zone or date that does not exist', () => {
  expect(() => localMoment(new Date(), 'Europe/Kyev')).toThrow(/time zone/i);
  expect(() => localMoment(new Date('x'), 'UTC')).toThrow(/invalid/i);
});

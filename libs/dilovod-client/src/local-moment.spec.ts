import fc from 'fast-check';
import { farAhead, latestLocalMoment, localMoment } from './local-moment.js';

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

test.each([
  ['an ordinary day', '2026-10-24T12:00:00Z', '2026-10-24 15:00:00'],
  ['the first time that the hour is shown', '2026-10-25T00:30:00Z', '2026-10-25 03:30:00'],
  ['the second time', '2026-10-25T01:10:00Z', '2026-10-25 03:59:59'],
  ['the end of the second time', '2026-10-25T01:59:59Z', '2026-10-25 03:59:59'],
  ['after it', '2026-10-25T02:20:00Z', '2026-10-25 04:20:00'],
  ['the night when clocks go forward', '2026-03-29T01:10:00Z', '2026-03-29 04:10:00'],
])('B11: the latest that was shown in Kyiv: %s', (_what, moment, expected) => {
  expect(latestLocalMoment(new Date(moment), 'Europe/Kyiv')).toBe(expected);
});

test('B11: nothing that was shown in the last hours is later than the latest', () => {
  const zones = fc.constantFrom('Europe/Kyiv', 'UTC', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const moments = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true });
  const night = fc.integer({ min: -200, max: 200 }).map((minutes) => new Date(Date.parse('2026-10-25T01:00:00Z') + minutes * 60_000));
  fc.assert(
    fc.property(zones, fc.oneof(moments, night), fc.integer({ min: 0, max: 10_000 }), (zone, moment, secondsAgo) => {
      const latest = latestLocalMoment(moment, zone);
      expect(localMoment(new Date(moment.getTime() - secondsAgo * 1_000), zone) <= latest).toBe(true);
    }),
  );
});

test('B11: far ahead is years ahead, and no year that a 32-bit clock does not know', () => {
  const years = ['2026', '2030', '2036'].map((year) => farAhead(new Date(`${year}-06-01T00:00:00Z`)));
  expect(years).toEqual(['2036-12-31 23:59:59', '2037-12-31 23:59:59', '2037-12-31 23:59:59']);
});

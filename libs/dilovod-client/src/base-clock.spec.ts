import { BaseClock } from './base-clock.js';

const now = Date.parse('2026-10-25T00:30:00Z');
const momentsAfter = (date: string | undefined) => {
  const clock = new BaseClock(() => now);
  clock.heard(date);
  return clock.moments().map((moment) => moment.toISOString().slice(0, 19));
};

test.each([
  ['nothing was heard', undefined, ['2026-10-25T00:30:00']],
  ['it says the same', 'Sun, 25 Oct 2026 00:29:59 GMT', ['2026-10-25T00:30:00']],
  ['it is a little ahead', 'Sun, 25 Oct 2026 00:30:40 GMT', ['2026-10-25T00:30:40']],
  ['it is ahead', 'Sun, 25 Oct 2026 01:30:00 GMT', ['2026-10-25T00:30:00', '2026-10-25T01:30:00']],
  ['it is behind', 'Sat, 24 Oct 2026 23:30:00 GMT', ['2026-10-25T00:30:00', '2026-10-24T23:30:00']],
  ['it is beyond belief', 'Thu, 01 Jan 1970 00:00:00 GMT', ['2026-10-25T00:30:00']],
  ['it is no date', 'yesterday', ['2026-10-25T00:30:00']],
])("B11: the present by ours and the base's clock when %s", (_what, date, moments) => {
  expect(momentsAfter(date)).toEqual(moments);
});

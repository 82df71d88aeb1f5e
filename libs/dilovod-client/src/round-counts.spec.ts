import { RoundCounts } from './round-counts.js';

test('a round number is believed for an hour, of the same question, at any moment', () => {
  let now = 0;
  const counts = new RoundCounts(() => now);
  const query = (date: string, storage = '1') => ({ from: { type: 'balance', register: 'goods', date } as const, fields: {}, filters: [{ alias: 'storage', operator: '=' as const, value: storage }] });
  counts.wereAll(query('2026-03-05 14:20:00'), 500);
  expect([counts.areAll(query('2026-03-05 15:00:00'), 500), counts.areAll(query('2026-03-05 15:00:00'), 1000), counts.areAll(query('2026-03-05 15:00:00', '2'), 500)]).toEqual([true, false, false]);
  now = 3_600_000;
  expect(counts.areAll(query('2026-03-05 15:20:00'), 500)).toBe(false);
});

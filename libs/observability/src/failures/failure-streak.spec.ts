import { createLogger } from '../logs/logger.js';
import { FailureStreak } from './failure-streak.js';
import { endRecurring, logRecurring } from './recurring-failures.js';

test('E5: a failure is told with its stack when it is new, and from time to time with its count while it goes on', () => {
  let now = 0;
  const streak = new FailureStreak(() => now);
  const told = Array.from({ length: 121 }, (_, second) => {
    now = second * 1_000;
    return streak.failed(new Error(`connect ECONNREFUSED, attempt ${second}`));
  }).filter((one) => one !== undefined);
  expect(told.map(({ failures }) => failures)).toEqual([1, 31, 61, 91, 121]);
  expect(told.map(({ err }) => err.stack !== undefined)).toEqual([true, false, false, false, false]);
  expect(streak.failed(new TypeError('another'))).toMatchObject({ failures: 122, err: { stack: expect.anything() } });
  expect(streak.ended()).toBe(122);
  expect(streak.failed(new TypeError('another'))).toMatchObject({ failures: 1, err: { stack: expect.anything() } });
});

test('E5: what fails side by side is told apart, and its recovery is told once', () => {
  const lines: { readonly level: string; readonly tenant?: string; readonly failures?: number; readonly msg: string }[] = [];
  const log = createLogger({ service: 'test', level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  for (let time = 0; time < 3; time += 1) {
    for (const tenant of ['one', 'two']) logRecurring(log, { what: `status of ${tenant}`, error: new Error('no'), fields: { tenant }, message: 'not written' });
  }
  for (let time = 0; time < 2; time += 1) endRecurring(log, 'status of one');
  expect(lines.map(({ level, tenant, failures, msg }) => [level, tenant, failures, msg])).toEqual([
    ['warn', 'one', 1, 'not written'],
    ['warn', 'two', 1, 'not written'],
    ['info', undefined, 3, 'status of one: goes through again'],
  ]);
});

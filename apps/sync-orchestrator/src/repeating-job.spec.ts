import { createLogger } from '@kds/observability';
import { RepeatingJob } from './repeating-job.js';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly failures?: number;
  readonly err?: { readonly stack?: string };
}

/** In modules Jest hands itself over here. */
const { jest: clock } = import.meta as unknown as { readonly jest: typeof jest };

let lines: Line[];
let looks: number[];
let job: RepeatingJob;
beforeEach(() => {
  clock.useFakeTimers();
  [lines, looks] = [[], []];
});
afterEach(async () => {
  await job.stop();
  clock.useRealTimers();
});

function start(work: () => Promise<boolean>): void {
  const logger = createLogger({ service: 'test', level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const began = Date.now();
  job = new RepeatingJob({
    name: 'dispatch',
    everyMs: 500,
    logger,
    work: () => {
      looks.push(Date.now() - began);
      return work();
    },
  });
  job.start();
}

const fails = () => Promise.reject(new Error('the database is away'));

test('E5: a job that fails looks again after a pause that doubles up to a minute, and says so without a heap of stacks', async () => {
  start(fails);
  await clock.advanceTimersByTimeAsync(600_000);
  const pauses = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
  expect(pauses.slice(0, 9)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(lines.length).toBeLessThanOrEqual(looks.length);
  expect(lines.filter(({ err }) => err?.stack !== undefined)).toHaveLength(1);
  expect(lines.at(-1)).toMatchObject({ level: 'error', failures: looks.length });
});

test('E5: whoever wakes a failing job does not have it fail faster', async () => {
  start(fails);
  const waking = setInterval(() => job.wake(), 10);
  await clock.advanceTimersByTimeAsync(60_000);
  clearInterval(waking);
  expect(looks.length).toBeLessThan(20);
});

test('E5: a job that goes through again is as quick as ever, and says how often it had failed', async () => {
  let healthy = false;
  start(() => (healthy ? Promise.resolve(false) : fails()));
  await clock.advanceTimersByTimeAsync(3_000);
  const failed = looks.length;
  healthy = true;
  await clock.advanceTimersByTimeAsync(60_000);
  expect(lines.at(-1)).toMatchObject({ level: 'info', failures: failed });
  const before = looks.length;
  job.wake();
  await clock.advanceTimersByTimeAsync(10);
  expect(looks.length).toBe(before + 1);
});

test('F2: a job is stopped in the middle of its pause', async () => {
  start(fails);
  await clock.advanceTimersByTimeAsync(100_000);
  const before = looks.length;
  await job.stop();
  await clock.advanceTimersByTimeAsync(200_000);
  expect(looks.length).toBe(before);
});

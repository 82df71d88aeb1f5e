import { RestartDelay } from './restart-delay.js';

describe('the delay before a process is started again', () => {
  it('grows from 200 ms to 5 s, and starts again after a minute of health', () => {
    const delay = new RestartDelay();
    expect([1, 2, 3, 4, 5, 6, 7].map(() => delay.next(1_000))).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
    expect(delay.next(60_000)).toBe(200);
    expect(delay.next(59_999)).toBe(400);
  });
});

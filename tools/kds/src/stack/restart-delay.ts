const FIRST_MS = 200;
const LONGEST_MS = 5_000;
const HEALTHY_AFTER_MS = 60_000;

/** How long to wait before a process that ended is started again: longer each time, from the start again once it has run for a minute. */
export class RestartDelay {
  private failures = 0;

  /** @param ranForMs how long the process that just ended had been running */
  next(ranForMs: number): number {
    if (ranForMs >= HEALTHY_AFTER_MS) this.failures = 0;
    const delay = Math.min(FIRST_MS * 2 ** this.failures, LONGEST_MS);
    this.failures += 1;
    return delay;
  }
}

/** Bulk writes that were accepted and wait for their time, in the order in which they came. */
export class PendingWrites {
  private readonly timers = new Set<NodeJS.Timeout>();
  private idle: (() => void)[] = [];

  get count(): number {
    return this.timers.size;
  }

  add(apply: () => void, delayMs: number): void {
    const timer = setTimeout(() => {
      apply();
      this.timers.delete(timer);
      this.announceIdle();
    }, delayMs);
    this.timers.add(timer);
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    if (this.timers.size > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Forgets what waits. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.announceIdle();
  }

  private announceIdle(): void {
    if (this.timers.size > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }
}

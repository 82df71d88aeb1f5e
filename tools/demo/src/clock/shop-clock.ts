import { setTimeout as pause } from 'node:timers/promises';
import { minutesOf, timeOf } from './clock-time.js';

/** How much of the shop's day one real second plays. */
export const minutesPerSecond = 10 / 3;

interface ClockPlan {
  readonly opening: string;
  readonly closing: string;
  readonly speed: number;
}

/** The clock on the shop's wall, which runs faster than ours, from opening to closing time. */
export class ShopClock {
  private startedAt: number | undefined;

  constructor(private readonly plan: ClockPlan) {}

  start(): void {
    this.startedAt = performance.now();
  }

  /** E.g. `14:05`; it stands still before the start and after closing time. */
  time(): string {
    return timeOf(Math.min(minutesOf(this.plan.opening) + this.minutesSinceStart(), minutesOf(this.plan.closing)));
  }

  /** Resolves when the clock shows `time`. Rejects when the signal is aborted. */
  async at(time: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const minutesLeft = () => minutesOf(time) - minutesOf(this.plan.opening) - this.minutesSinceStart();
    // A timer may go off a little early.
    for (let left = minutesLeft(); left > 0; left = minutesLeft()) await pause(Math.ceil(left / this.minutesPerMs()), undefined, { signal });
  }

  private minutesSinceStart(): number {
    return this.startedAt === undefined ? 0 : (performance.now() - this.startedAt) * this.minutesPerMs();
  }

  private minutesPerMs(): number {
    return (minutesPerSecond * this.plan.speed) / 1_000;
  }
}

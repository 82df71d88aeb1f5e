import type { Switches } from '../switches.js';

const minuteMs = 60_000;

/** Counts the requests of one key: at most `perMinute` within a minute. Refused requests do not count. */
export class RateWindow {
  private taken: number[] = [];

  constructor(public perMinute: number) {}

  /** Takes one request at `now` (ms), or tells after how many ms the next one will pass. */
  take(now: number, form: Switches['rateWindow']): { readonly passed: true; readonly left: number } | { readonly passed: false; readonly waitMs: number } {
    this.forget(now, form);
    if (this.taken.length < this.perMinute) {
      this.taken.push(now);
      return { passed: true, left: this.perMinute - this.taken.length };
    }
    const oldest = this.taken[form === 'sliding' ? this.taken.length - this.perMinute : 0] ?? now;
    return { passed: false, waitMs: oldest + minuteMs - now };
  }

  private forget(now: number, form: Switches['rateWindow']): void {
    const first = this.taken[0];
    if (first === undefined || first > now - minuteMs) return;
    this.taken = form === 'fixed' ? [] : this.taken.filter((at) => at > now - minuteMs);
  }
}

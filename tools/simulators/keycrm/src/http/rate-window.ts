import type { Switches } from '../switches.js';

const minuteMs = 60_000;

export interface Ask {
  readonly form: Switches['rateWindow'];
  /** Who asks, where several share a window. */
  readonly by?: string;
  /** Requests a minute that others make without being seen here. */
  readonly unseen?: number;
}

export type Taking =
  | { readonly passed: true; readonly left: number }
  | { readonly passed: false; readonly waitMs: number; readonly byOthers: boolean };

/**
 * Counts requests, of one key or of all that share an address: at most `perMinute` within a minute. Refused requests do
 * not count.
 */
export class RateWindow {
  private taken: { readonly at: number; readonly by: string }[] = [];

  constructor(public perMinute: number) {}

  /** Takes one request at `now` (ms), or tells how many ms later one passes and whether others left too little. */
  take(now: number, { form, by = '', unseen = 0 }: Ask): Taking {
    this.forget(now, form);
    const places = this.perMinute - unseen;
    if (this.taken.length < places) {
      this.taken.push({ at: now, by });
      return { passed: true, left: places - this.taken.length };
    }
    const oldest = this.taken[form === 'sliding' ? this.taken.length - places : 0]?.at ?? now;
    const own = this.taken.filter((one) => one.by === by).length;
    return { passed: false, waitMs: oldest + minuteMs - now, byOthers: own < this.perMinute };
  }

  private forget(now: number, form: Switches['rateWindow']): void {
    const first = this.taken[0];
    if (first === undefined || first.at > now - minuteMs) return;
    this.taken = form === 'fixed' ? [] : this.taken.filter(({ at }) => at > now - minuteMs);
  }
}

/**
 * How many requests a minute an account is taken to have. What the manifest declares is only what the vendor allows:
 * another program may use the same key, or the limit may belong to an address that others share. So the limit is
 * learnt, as TCP learns a line's: a refusal lowers it by a factor, every quiet minute raises it by a little.
 */
export interface RateLimit {
  /** By the manifest. */
  readonly declared: number;
  /** As it is taken to be now. */
  readonly current: number;
}

/** Fewer are never assumed, so that live orders always get through in the end. */
const floorPerMinute = 5;
const lowestFactor = 0.5;
const highestFactor = 0.7;
/** Of the declared limit, in each quiet minute. */
const raiseShare = 0.05;

/**
 * The limit after the API refused a request: what it let through in the last minute (`passed`), within half and seven
 * tenths of what was assumed. One refusal after an idle minute says little, and a burst before others came says too
 * much: `passed` alone is not believed.
 */
export function lowerLimit({ declared, current }: RateLimit, passed: number): number {
  const wanted = Math.min(Math.max(passed, current * lowestFactor), current * highestFactor);
  return within(Math.floor(wanted), declared);
}

/** The limit after a minute without a refusal. */
export function raiseLimit({ declared, current }: RateLimit): number {
  return within(current + Math.max(1, Math.floor(declared * raiseShare)), declared);
}

function within(limit: number, declared: number): number {
  return Math.min(declared, Math.max(limit, Math.min(floorPerMinute, declared)));
}

/**
 * The share of an account's requests a minute that commands of a priority may use up; the rest is kept for what matters
 * more.
 */
export const budgetShares = [
  { upTo: 9, share: 1 },
  { upTo: 19, share: 0.9 },
  { upTo: 29, share: 0.6 },
  { upTo: 99, share: 0.5 },
] as const;

/**
 * While others use the limit too, what is not urgent keeps its distance: a live order that is refused then finds the
 * next place free soon.
 */
export const urgentUpTo = 9;

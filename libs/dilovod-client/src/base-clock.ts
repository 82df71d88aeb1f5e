/**
 * Clocks that differ by less tell the same time: the base names whole seconds, and its answer is under way for a while.
 */
const alikeMs = 60_000;
/** One that is off by more is not believed. */
const believedMs = 86_400_000;

/**
 * The base's own clock beside ours, learnt from the dates of its answers. Which of the two is right nobody here can
 * know.
 */
export class BaseClock {
  private aheadMs = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** `date`: the header of an answer that came just now. */
  heard(date: string | undefined): void {
    const aheadMs = Date.parse(date ?? '') - this.now();
    if (Math.abs(aheadMs) <= believedMs) this.aheadMs = aheadMs;
  }

  /** The present by each clock that may be right; one where they tell the same. */
  moments(): readonly Date[] {
    const now = this.now();
    const theirs = now + this.aheadMs;
    if (Math.abs(this.aheadMs) <= alikeMs) return [new Date(Math.max(now, theirs))];
    return [new Date(now), new Date(theirs)];
  }
}

import type { DilovodQuery } from './dilovod-packets.js';

/** A base that would cut answers at just this count had this very count of rows when it was asked for more: for so long such a chance is not reckoned with. */
const believedMs = 3_600_000;

/** Round numbers of rows that look like a limit of the base, and were shown to be all that there was. */
export class RoundCounts {
  private readonly shown = new Map<string, { readonly count: number; readonly at: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  areAll(query: DilovodQuery, count: number): boolean {
    const known = this.shown.get(questionOf(query));
    return known?.count === count && this.now() - known.at < believedMs;
  }

  wereAll(query: DilovodQuery, count: number): void {
    this.shown.set(questionOf(query), { count, at: this.now() });
  }
}

/** The same question of another moment is the same question. */
function questionOf({ from, filters }: DilovodQuery): string {
  return JSON.stringify([typeof from === 'string' ? from : { ...from, date: undefined, endDate: undefined }, filters]);
}

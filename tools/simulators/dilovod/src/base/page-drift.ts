interface Drift {
  readonly from: string;
  readonly id: string;
  left: number;
  isUnderway: boolean;
}

/** Rows that move from page to page while a list is read, so that one pass misses them although they are there. */
export class PageDrift {
  private drifts: Drift[] = [];

  /** `from` as the log names it: `catalogs.goods`, `balance goods`. */
  add({ from, id, passes }: { readonly from: string; readonly id: string; readonly passes: number }): void {
    this.drifts.push({ from, id, left: passes, isUnderway: false });
  }

  /** The ids that the present pass over a list misses. A pass lasts until the next one starts. */
  missedBy(from: string, startsPass: boolean): ReadonlySet<string> {
    const ofList = this.drifts.filter((drift) => drift.from === from);
    if (startsPass) {
      for (const drift of ofList) {
        drift.isUnderway = drift.left > 0;
        drift.left -= 1;
      }
      this.drifts = this.drifts.filter(({ left, isUnderway }) => isUnderway || left > 0);
    }
    return new Set(ofList.filter(({ isUnderway }) => isUnderway).map(({ id }) => id));
  }
}

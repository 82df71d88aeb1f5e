/** The client's limits beyond which a run is held; shares of 1. */
export interface RunGuards {
  readonly maxZeroedShare: number;
  readonly maxPriceChange: number;
  readonly maxPriceChangedShare: number;
  readonly minSnapshotShare: number;
}

/** Why a run is not applied. */
export interface RunProblem {
  readonly reason: 'snapshot-shrunken' | 'too-many-zeroed' | 'price-jump' | 'too-many-prices-changed';
  readonly message: string;
}

/** Rows of a new snapshot, and of the last one that was accepted. */
export interface SnapshotStats {
  readonly rows: number;
  readonly lastRows: number | null;
}

/** SKUs that KeyCRM is known to have in stock, and those of them that the run would set to zero. */
export interface StockRunStats {
  readonly inStock: number;
  readonly zeroed: number;
}

/** SKUs with a known price, those of them whose price or cost would change, and the largest relative change. */
export interface PriceRunStats {
  readonly priced: number;
  readonly changed: number;
  readonly largestChange: number;
}

export function judgeSnapshot({ rows, lastRows }: SnapshotStats, { minSnapshotShare }: RunGuards): RunProblem | undefined {
  if (lastRows === null || lastRows === 0 || rows >= lastRows * minSnapshotShare) return undefined;
  return { reason: 'snapshot-shrunken', message: `Dilovod answered ${rows} balances where it last had ${lastRows}: check the key's rights and the storages, then release or drop the run.` };
}

export function judgeStockRun({ inStock, zeroed }: StockRunStats, { maxZeroedShare }: RunGuards): RunProblem | undefined {
  if (zeroed === 0 || zeroed <= inStock * maxZeroedShare) return undefined;
  return { reason: 'too-many-zeroed', message: `The run would set ${zeroed} of ${inStock} SKUs in stock to zero: check the balances in Dilovod, then release or drop the run.` };
}

export function judgePriceRun({ priced, changed, largestChange }: PriceRunStats, { maxPriceChange, maxPriceChangedShare }: RunGuards): RunProblem | undefined {
  if (largestChange > maxPriceChange) {
    return { reason: 'price-jump', message: `The run would change a price or cost by ${Math.round(largestChange * 100)} %: check the prices in Dilovod, then release or drop the run.` };
  }
  if (changed > priced * maxPriceChangedShare && changed > 0) {
    return { reason: 'too-many-prices-changed', message: `The run would change the price or cost of ${changed} of ${priced} SKUs: check the prices in Dilovod, then release or drop the run.` };
  }
  return undefined;
}

/** How a run stands with the person who may have seen one like it before. */
export type RunStanding =
  | { readonly kind: 'free' | 'held' }
  /** Let go, having been shown these numbers. */
  | { readonly kind: 'released'; readonly shown: Partial<SnapshotStats & StockRunStats & PriceRunStats> }
  /** Left alone, as long as it would do just that. */
  | { readonly kind: 'dropped'; readonly fingerprint: string };

export interface RunJudged {
  readonly judge: (guards: RunGuards) => RunProblem | undefined;
  readonly guards: RunGuards;
  readonly standing: RunStanding;
  /** Of what the run would do. */
  readonly fingerprint: string;
}

export type RunVerdict =
  | { readonly kind: 'apply'; readonly reason: 'looks-right' | 'released' }
  | { readonly kind: 'leave'; readonly reason: 'dropped' }
  | { readonly kind: 'hold'; readonly problem: RunProblem };

/** Whether a run is applied, held for a person, or left as the person left it. */
export function decideRun({ judge, guards, standing, fingerprint }: RunJudged): RunVerdict {
  const problem = judge(guards);
  if (problem === undefined) return { kind: 'apply', reason: 'looks-right' };
  if (standing.kind === 'released' && judge(widened(guards, standing.shown)) === undefined) return { kind: 'apply', reason: 'released' };
  if (standing.kind === 'dropped' && standing.fingerprint === fingerprint) return { kind: 'leave', reason: 'dropped' };
  return { kind: 'hold', problem };
}

/** A released run is computed afresh and may come out a little worse than what the person saw; by more, it is another run. */
const tolerance = 1.2;

function widened(guards: RunGuards, { rows = 0, lastRows, zeroed = 0, inStock = 0, changed = 0, priced = 0, largestChange = 0 }: Partial<SnapshotStats & StockRunStats & PriceRunStats>): RunGuards {
  return {
    maxZeroedShare: Math.max(guards.maxZeroedShare, share(zeroed, inStock) * tolerance),
    maxPriceChange: Math.max(guards.maxPriceChange, largestChange * tolerance),
    maxPriceChangedShare: Math.max(guards.maxPriceChangedShare, share(changed, priced) * tolerance),
    minSnapshotShare: lastRows ? Math.min(guards.minSnapshotShare, share(rows, lastRows) / tolerance) : guards.minSnapshotShare,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? part : part / whole;
}

/** The client's limits beyond which a run is held; shares of 1. */
export interface RunGuards {
  readonly maxZeroedShare: number;
  readonly maxPriceChange: number;
  readonly maxPriceChangedShare: number;
  readonly minSnapshotShare: number;
}

/** Why a run is not applied. */
export interface RunProblem {
  readonly reason: string;
  readonly message: string;
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

export function judgeSnapshot({ rows, lastRows }: { readonly rows: number; readonly lastRows: number | null }, { minSnapshotShare }: RunGuards): RunProblem | undefined {
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

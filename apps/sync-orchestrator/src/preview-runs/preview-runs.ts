import { type Db, rowsSetWise } from '@kds/persistence';
import { judgePriceRun, judgeStockRun, type RunProblem } from '@kds/sync-domain';
import { computePriceRun } from '../sync-prices/plan-prices.js';
import { wantedPriceParameters, wantedPricesSql } from '../sync-prices/wanted-prices.js';
import { computeStockRun, type StockOf } from '../sync-stock/plan-stock.js';
import { wantedParameters, wantedStockSql } from '../sync-stock/wanted-stock.js';
import { leftAloneSql } from './left-alone.js';

/** What the next runs would write into KeyCRM, from what was read last; also in shadow mode, where nothing is written. */
export interface RunsPreview {
  readonly stock: { readonly rows: number; readonly problem: RunProblem | null; readonly largest: readonly StockChange[] };
  readonly prices: { readonly rows: number; readonly problem: RunProblem | null; readonly largest: readonly PriceChange[] };
  readonly leftAlone: readonly LeftAlone[];
}

/** Decimals; `known` is null where what KeyCRM holds is not known at the moment. */
export interface StockChange {
  readonly sku: string;
  readonly warehouseId: number;
  readonly known: string | null;
  readonly wanted: string;
}

/** Decimals; what stays as it is, is null. */
export interface PriceChange {
  readonly sku: string;
  readonly price: string | null;
  readonly wantPrice: string | null;
  readonly cost: string | null;
  readonly wantCost: string | null;
}

/** SKUs that are not synced, and why; the first of them by name. */
export interface LeftAlone {
  readonly reason: string;
  readonly count: number;
  readonly skus: readonly string[];
}

/** To be called in a transaction. */
export async function previewRuns(db: Db, { tenant, spec }: StockOf): Promise<RunsPreview> {
  const stock = await rowsSetWise<StockChange & { readonly total: number }>(db, stockSql, wantedParameters({ tenant, spec }));
  const prices = await rowsSetWise<PriceChange & { readonly total: number }>(db, pricesSql, wantedPriceParameters({ tenant, spec }));
  return {
    stock: { rows: stock[0]?.total ?? 0, problem: judgeStockRun(await computeStockRun(db, { tenant, spec }), spec.guards) ?? null, largest: stock.map(({ total: _, ...change }) => change) },
    prices: { rows: prices[0]?.total ?? 0, problem: judgePriceRun(await computePriceRun(db, { tenant, spec }), spec.guards) ?? null, largest: prices.map(({ total: _, ...change }) => change) },
    leftAlone: await rowsSetWise<LeftAlone>(db, leftAloneSql, wantedPriceParameters({ tenant, spec })),
  };
}

const shownRows = 20;

const stockSql = `
  with ${wantedStockSql}
  select sku, warehouse_id as "warehouseId", trim_scale(known)::text as known, quantity::text as wanted, (count(*) over ())::int as total
  from wanted where to_write order by abs(quantity - coalesce(known, 0)) desc, sku, warehouse_id limit ${shownRows}`;

const pricesSql = `
  with ${wantedPricesSql}
  select sku, case when price_differs then trim_scale(price)::text end as price, case when price_differs then trim_scale(want_price)::text end as "wantPrice",
    case when cost_differs then trim_scale(cost)::text end as cost, case when cost_differs then trim_scale(want_cost)::text end as "wantCost", (count(*) over ())::int as total
  from differing where (price_differs or cost_differs) and not waits
  order by greatest(abs(want_price - price) / nullif(price, 0), abs(want_cost - cost) / nullif(cost, 0)) desc nulls last, sku limit ${shownRows}`;

import { type Db, rowsSetWise } from '@kds/persistence';
import { judgePriceRun, type PriceRunStats } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { clearHeldRun, holdRun, isReleased } from '../sync-stock/held-runs.js';
import { wantedPriceParameters, wantedPricesSql } from './wanted-prices.js';

/** Compares Dilovod's prices and costs with what KeyCRM is known to have; a difference makes a write wait in the lane, a suspicious run is held whole. */
export async function planPrices(db: Db, { tenant, spec }: { readonly tenant: string; readonly spec: TenantSpec }): Promise<void> {
  if (spec.mode === 'shadow') return;
  const parameters = wantedPriceParameters({ tenant, spec });
  const [stats] = await rowsSetWise<PriceRunStats & { readonly differing: number }>(db, statsSql, parameters);
  if (stats === undefined || stats.differing === 0) return clearHeldRun(db, { tenant, flow: 'prices' });
  const problem = judgePriceRun(stats, spec.guards);
  if (problem && !(await isReleased(db, { tenant, flow: 'prices' }))) {
    return holdRun(db, { tenant, flow: 'prices', ...problem, detail: { ...stats, worst: await rowsSetWise(db, worstSql, parameters) } });
  }
  await enqueueCommand(db, { tenant, system: 'keycrm', subject: 'prices', command: { kind: 'write-prices', rows: [] }, priority: priorities.stockAndPrices });
  if (!problem) await clearHeldRun(db, { tenant, flow: 'prices' });
}

/** A price that KeyCRM does not have yet is not a change. */
const changeSql = `greatest(
  case when price_differs and price > 0 then abs(want_price - price) / price end,
  case when cost_differs and cost > 0 then abs(want_cost - cost) / cost end)`;

const statsSql = `
  with ${wantedPricesSql}
  select (count(*) filter (where price > 0 or cost > 0))::int as priced,
    (count(*) filter (where ${changeSql} > 0))::int as changed,
    coalesce(max(${changeSql}), 0)::float8 as "largestChange",
    (count(*) filter (where price_differs or cost_differs))::int as differing
  from differing`;

const worstSql = `
  with ${wantedPricesSql}
  select sku, price::text, want_price::text as "wantPrice", cost::text, want_cost::text as "wantCost" from differing
  where ${changeSql} > 0 order by ${changeSql} desc limit 20`;

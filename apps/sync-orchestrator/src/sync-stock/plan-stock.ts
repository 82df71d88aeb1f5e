import { type Db, rowsSetWise } from '@kds/persistence';
import { judgeStockRun, type StockRunStats } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { clearHeldRun, holdRun, isReleased } from './held-runs.js';
import { wantedParameters, wantedStockSql } from './wanted-stock.js';

export interface StockOf {
  readonly tenant: string;
  readonly spec: TenantSpec;
}

/**
 * Compares what KeyCRM should hold with what it is known to hold. A difference makes a write wait in the lane for its warehouse (what it says is computed
 * as it leaves); a comparison that looks wrong is held whole.
 */
export async function planStock(db: Db, { tenant, spec }: StockOf): Promise<void> {
  if (spec.mode === 'shadow') return;
  const parameters = wantedParameters({ tenant, spec });
  const [stats] = await rowsSetWise<StockRunStats>(db, statsSql, parameters);
  const problem = stats && judgeStockRun(stats, spec.guards);
  if (problem && !(await isReleased(db, { tenant, flow: 'stock' }))) {
    return holdRun(db, { tenant, flow: 'stock', ...problem, detail: { ...stats, worst: await rowsSetWise(db, worstSql, parameters) } });
  }
  const warehouses = await rowsSetWise<{ warehouse_id: number }>(db, `with ${wantedStockSql} select distinct warehouse_id from wanted where known is distinct from quantity and refused is null`, parameters);
  if (warehouses.length === 0) return clearHeldRun(db, { tenant, flow: 'stock' });
  for (const { warehouse_id: warehouseId } of warehouses) {
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: `stocks:${warehouseId}`, command: { kind: 'write-stocks', warehouseId, rows: [] }, priority: priorities.stockAndPrices });
  }
  if (!problem) await clearHeldRun(db, { tenant, flow: 'stock' });
}

const statsSql = `
  with ${wantedStockSql}, by_sku as (select sku, sum(known) as known, sum(quantity) as quantity from wanted group by sku)
  select (count(*) filter (where known > 0))::int as "inStock", (count(*) filter (where known > 0 and quantity = 0))::int as "zeroed" from by_sku`;

const worstSql = `
  with ${wantedStockSql}
  select sku, warehouse_id as "warehouseId", trim_scale(known)::text as known, quantity::text as wanted from wanted
  where known > 0 and quantity = 0 order by known desc limit 20`;

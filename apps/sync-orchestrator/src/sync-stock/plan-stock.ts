import { type Db, rowsSetWise } from '@kds/persistence';
import { decideRun, judgeStockRun, type StockRunStats } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import type { Position } from './positions.js';
import { keepVerdict, loadStanding } from './run-standing.js';
import { readFirst } from './unread-positions.js';
import { wantedParameters, wantedStockSql } from './wanted-stock.js';

export interface StockOf {
  readonly tenant: string;
  readonly spec: TenantSpec;
}

/** What a run over the whole stock would do. */
export interface StockRun extends StockRunStats {
  readonly fingerprint: string;
  /** Warehouses of KeyCRM in which something differs. */
  readonly warehouses: readonly number[];
  /** What is read before it is written. */
  readonly unread: readonly Position[];
}

export async function computeStockRun(db: Db, { tenant, spec }: StockOf): Promise<StockRun> {
  const [run] = await rowsSetWise<StockRun>(db, runSql, wantedParameters({ tenant, spec }));
  if (run === undefined) throw new Error('an aggregate has a row');
  return run;
}

/** The SKUs that the run would set to zero, what is worth most attention first. */
export function worstOfStock(db: Db, { tenant, spec }: StockOf): Promise<readonly object[]> {
  return rowsSetWise(db, worstSql, wantedParameters({ tenant, spec }));
}

/**
 * Compares what KeyCRM should hold with what it is known to hold. A difference makes a write wait in the lane for its warehouse (what it says is computed
 * as it leaves), what KeyCRM moved by itself is read first; a comparison that looks wrong is held whole. `fresh`: a snapshot was accepted just now. True when
 * KeyCRM is in step or about to be.
 */
export async function planStock(db: Db, { tenant, spec, fresh }: StockOf & { readonly fresh: boolean }): Promise<boolean> {
  if (spec.mode === 'shadow') return true;
  const standing = await loadStanding(db, { tenant, spec, flow: 'stock' });
  if (standing.waits && !fresh) return false;
  const { warehouses, unread, fingerprint, ...stats } = await computeStockRun(db, { tenant, spec });
  const verdict = decideRun({ judge: (guards) => judgeStockRun(stats, guards), guards: spec.guards, standing, fingerprint });
  const describe = async () => ({ ...stats, worst: await worstOfStock(db, { tenant, spec }) });
  if (!(await keepVerdict(db, { tenant, flow: 'stock', verdict, standing, fingerprint, describe }))) return false;
  for (const warehouseId of warehouses) {
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: `stocks:${warehouseId}`, command: { kind: 'write-stocks', warehouseId, rows: [] }, priority: priorities.stockAndPrices });
  }
  await readFirst(db, { tenant, unread });
  return true;
}

const runSql = `
  with ${wantedStockSql}, by_sku as (select sku, sum(known) as known, sum(quantity) as quantity from wanted where not waits group by sku)
  select (count(*) filter (where known > 0))::int as "inStock", (count(*) filter (where known > 0 and quantity = 0))::int as "zeroed",
    'too-many-zeroed:' || coalesce(md5(string_agg(sku, chr(10) order by sku) filter (where known > 0 and quantity = 0)), '') as fingerprint,
    coalesce((select array_agg(distinct warehouse_id) from wanted where to_write), '{}') as warehouses,
    coalesce((select jsonb_agg(jsonb_build_object('sku', sku, 'warehouseId', warehouse_id) order by sku, warehouse_id) from wanted where unread and not waits), '[]') as unread
  from by_sku`;

const worstSql = `
  with ${wantedStockSql}
  select sku, warehouse_id as "warehouseId", trim_scale(known)::text as known, quantity::text as wanted from wanted
  where known > 0 and quantity = 0 and not waits order by known desc, sku limit 20`;

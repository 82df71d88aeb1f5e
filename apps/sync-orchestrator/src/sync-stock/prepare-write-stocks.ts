import type { KeycrmCommand } from '@kds/contracts';
import { decimal } from '@kds/kernel';
import { type Db, execute, rowsSetWise } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { driftClassSql } from '../read-back/classify-drift.js';
import { lockPositions } from './positions.js';
import { mayWrite } from './run-standing.js';
import { wantedParameters, wantedStockSql } from './wanted-stock.js';

type WriteStocks = Extract<KeycrmCommand, { kind: 'write-stocks' }>;

/** One request carries one warehouse; a refused batch is easier to take apart when it is not huge. */
const rowsPerWrite = 1_000;

/**
 * The rows of a stock write, computed as it leaves: every position of the warehouse that differs now. Until the answer is in, what KeyCRM holds there is
 * not known. `undefined` when nothing differs any more, or the run is held.
 */
export async function prepareWriteStocks(db: Db, { tenant, spec, command }: { readonly tenant: string; readonly spec: TenantSpec; readonly command: WriteStocks }): Promise<WriteStocks | undefined> {
  if (spec.mode === 'shadow' || !(await mayWrite(db, { tenant, spec, flow: 'stock' }))) return undefined;
  const differingAmong = (skus: readonly string[] | null) => rowsSetWise<{ sku: string; quantity: string; left_out: string; sent: string }>(db, differingSql, [...wantedParameters({ tenant, spec }), command.warehouseId, skus]);
  const candidates = (await differingAmong(command.rows.length === 0 ? null : command.rows.map((entry) => entry.sku))).map(({ sku }) => sku);
  if (candidates.length === 0) return undefined;
  await lockPositions(db, { tenant, positions: candidates.map((sku) => ({ sku, warehouseId: command.warehouseId })) });
  // Again: whoever held one of them has just moved it.
  const differing = await differingAmong(candidates);
  if (differing.length === 0) return undefined;
  await execute(
    db,
    `with r as (
       select * from unnest($3::text[], $4::numeric[], $5::numeric[]) as r(sku, quantity, left_out)
     ), unexplained as (
       insert into drift (tenant, sku, warehouse_id, field, expected, found, class)
       select $1, p.sku, p.warehouse_id, 'stock', r.quantity, p.known, ${driftClassSql('p')}
       from positions p join r on p.sku = r.sku
       where p.tenant = $1 and p.warehouse_id = $2 and p.doubted_at is not null and p.known < r.quantity
     )
     update positions p set known = null, replaced = p.known, written = r.quantity, left_out = r.left_out, written_at = clock_timestamp(), doubted_at = null
     from r where p.tenant = $1 and p.warehouse_id = $2 and p.sku = r.sku`,
    [tenant, command.warehouseId, differing.map(({ sku }) => sku), differing.map(({ quantity }) => quantity), differing.map(({ left_out }) => left_out)],
  );
  return { ...command, rows: differing.map(({ sku, sent }) => ({ sku, quantity: decimal(sent) })) };
}

const differingSql = `
  with ${wantedStockSql}
  select sku, quantity::text as quantity, left_out::text as left_out, trim_scale(quantity - left_out)::text as sent from wanted
  where warehouse_id = $4 and to_write and ($5::text[] is null or sku = any ($5))
  order by sku limit ${rowsPerWrite}`;

import { type Db, execute } from '@kds/persistence';

/** Where KeyCRM holds a number of its own. */
export interface Position {
  readonly sku: string;
  readonly warehouseId: number;
}

/** Locks positions in one order: whoever writes several does so first, and locks nothing but positions after. Two that took them otherwise could wait for each other. */
export async function lockPositions(db: Db, { tenant, positions }: { readonly tenant: string; readonly positions: readonly Position[] }): Promise<void> {
  await execute(
    db,
    `select 1 from positions p join unnest($2::text[], $3::int[]) as r(sku, warehouse_id) on p.sku = r.sku and p.warehouse_id = r.warehouse_id
     where p.tenant = $1 order by p.sku, p.warehouse_id for update of p`,
    [tenant, positions.map(({ sku }) => sku), positions.map(({ warehouseId }) => warehouseId)],
  );
}

/**
 * KeyCRM has moved its stock by itself: what it holds there is known no more, for whether the last number that we read or wrote came before or after cannot be
 * told. The last thing that a transaction over orders does, with the positions of all of them.
 */
export async function forgetKnown(db: Db, { tenant, positions }: { readonly tenant: string; readonly positions: readonly Position[] }): Promise<void> {
  if (positions.length === 0) return;
  await lockPositions(db, { tenant, positions });
  await execute(
    db,
    `update positions p set known = null, moved_at = clock_timestamp(), doubted_at = null
     from unnest($2::text[], $3::int[]) as r(sku, warehouse_id) where p.tenant = $1 and p.sku = r.sku and p.warehouse_id = r.warehouse_id`,
    [tenant, positions.map(({ sku }) => sku), positions.map(({ warehouseId }) => warehouseId)],
  );
}

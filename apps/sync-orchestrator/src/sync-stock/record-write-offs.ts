import { type Decimal, plus, zero } from '@kds/kernel';
import { type Db, rows } from '@kds/persistence';
import { type Observation, type Order, stockEffectOf } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import type { Position } from './positions.js';
import { refreshUnderWay } from './refresh-under-way.js';

export interface WriteOffsSeen {
  readonly tenant: string;
  readonly spec: TenantSpec;
  readonly orderId: number;
  readonly observation: Observation;
  readonly dropped: boolean;
}

/** Keeps what KeyCRM has taken off its own stock for an order, or is due to take off. Returns where that changed what KeyCRM holds: see `forgetKnown`. */
export async function recordWriteOffs(db: Db, { tenant, spec, orderId, observation, dropped }: WriteOffsSeen): Promise<readonly Position[]> {
  const effect = stockEffectOf({ observation, mapping: { stages: spec.orders.stages, since: spec.orders.since }, writesOffAt: spec.stock.keycrmWritesOffAt, dropped });
  if (effect === 'unclear') return [];
  const lines = effect === 'none' || observation.kind === 'missing' ? [] : quantitiesOf(observation.order);
  const moved = await rows<Position>(db, recordSql, [tenant, orderId, effect === 'taken', lines.map(({ sku }) => sku), lines.map(({ warehouseId }) => warehouseId), lines.map(({ quantity }) => quantity)]);
  await refreshUnderWay(db, { tenant, spec, orderId });
  return moved;
}

/** Per SKU and warehouse; a line without a warehouse of its own moves nothing in KeyCRM. */
function quantitiesOf({ lines }: Order): readonly { readonly sku: string; readonly warehouseId: number; readonly quantity: Decimal }[] {
  const sums = new Map<string, { readonly sku: string; readonly warehouseId: number; readonly quantity: Decimal }>();
  for (const { sku, warehouseId, quantity } of lines) {
    if (!sku || warehouseId === null) continue;
    const key = JSON.stringify([sku, warehouseId]);
    sums.set(key, { sku, warehouseId, quantity: plus(sums.get(key)?.quantity ?? zero, quantity) });
  }
  return [...sums.values()];
}

const recordSql = `
  with fresh as (
    select * from unnest($4::text[], $5::int[], $6::numeric[]) as r(sku, warehouse_id, quantity)
  ), before as (
    select sku, warehouse_id, quantity, taken from write_offs where tenant = $1 and order_id = $2
  ), gone as (
    delete from write_offs w where w.tenant = $1 and w.order_id = $2 and not exists (select 1 from fresh f where f.sku = w.sku and f.warehouse_id = w.warehouse_id)
  ), kept as (
    insert into write_offs as w (tenant, order_id, sku, warehouse_id, quantity, taken)
    select $1, $2, sku, warehouse_id, quantity, $3 from fresh
    on conflict (tenant, order_id, sku, warehouse_id) do update set quantity = excluded.quantity, taken = excluded.taken, settled = false
    where (w.quantity, w.taken) is distinct from (excluded.quantity, excluded.taken)
  )
  select sku, warehouse_id as "warehouseId" from fresh full join before b using (sku, warehouse_id)
  where (case when $3 then coalesce(fresh.quantity, 0) else 0 end) <> (case when b.taken then b.quantity else 0 end)`;

import { type Db, execute, rows } from '@kds/persistence';
import { decimal, type Decimal, isZero, minus, plus, zero } from '@kds/kernel';
import { type Order, type Stage, stageOf } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { toOrderMapping } from '../orders/to-order-mapping.js';

export interface WriteOffsSeen {
  readonly tenant: string;
  readonly spec: TenantSpec;
  readonly order: Order;
}

/** KeyCRM's group of cancelled statuses: goods written off for such an order are back in stock at once. */
const cancelledGroup = 6;
const writtenOffIn: Readonly<Record<TenantSpec['stock']['keycrmWritesOffAt'], readonly Stage[]>> = { shipped: ['shipped', 'completed'], completed: ['completed'], never: [] };

/**
 * Keeps what KeyCRM has taken off its own stock for an order, and notes it on the positions concerned: what KeyCRM holds there has changed by itself.
 * An order in a status that says nothing about it (not mapped, or returned while its goods are on the way) stays as it was.
 */
export async function recordWriteOffs(db: Db, { tenant, spec, order }: WriteOffsSeen): Promise<void> {
  const written = isWrittenOff(order, spec);
  if (written === undefined) return;
  const wanted = written ? quantitiesOf(order) : new Map<string, Decimal>();
  const held = await rows<{ sku: string; warehouse_id: number; quantity: string }>(db, `select sku, warehouse_id, trim_scale(quantity)::text as quantity from write_offs where tenant = $1 and order_id = $2`, [tenant, order.id]);
  const before = new Map(held.map((entry) => [JSON.stringify([entry.sku, entry.warehouse_id]), decimal(entry.quantity)]));
  for (const key of new Set([...before.keys(), ...wanted.keys()])) {
    const quantity = wanted.get(key) ?? zero;
    const change = minus(quantity, before.get(key) ?? zero);
    if (!isZero(change)) await moveWriteOff(db, { tenant, order, key, quantity });
  }
}

function isWrittenOff(order: Order, spec: TenantSpec): boolean | undefined {
  const stage = stageOf(order.statusId, toOrderMapping(spec));
  if (stage !== undefined && writtenOffIn[spec.stock.keycrmWritesOffAt].includes(stage)) return true;
  if (order.statusGroupId === cancelledGroup || stage === 'ordered' || stage === 'cancelled' || spec.stock.keycrmWritesOffAt === 'never') return false;
  return stage === 'shipped' ? false : undefined;
}

/** Per SKU and warehouse; a line without a warehouse of its own moves nothing in KeyCRM. */
function quantitiesOf({ lines }: Order): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { sku, warehouseId, quantity } of lines) {
    if (!sku || warehouseId === null) continue;
    const key = JSON.stringify([sku, warehouseId]);
    sums.set(key, plus(sums.get(key) ?? zero, quantity));
  }
  return sums;
}

async function moveWriteOff(db: Db, { tenant, order, key, quantity }: { readonly tenant: string; readonly order: Order; readonly key: string; readonly quantity: Decimal }): Promise<void> {
  const [sku, warehouseId] = JSON.parse(key) as [string, number];
  await execute(
    db,
    isZero(quantity)
      ? `delete from write_offs where tenant = $1 and order_id = $2 and sku = $3 and warehouse_id = $4 and $5::numeric is not null`
      : `insert into write_offs (tenant, order_id, sku, warehouse_id, quantity) values ($1, $2, $3, $4, $5)
         on conflict (tenant, order_id, sku, warehouse_id) do update set quantity = excluded.quantity`,
    [tenant, order.id, sku, warehouseId, quantity],
  );
  // Whether the last number we read or wrote there came before or after KeyCRM's own change cannot be told: it is known no more.
  await execute(db, `update positions set known = null, moved_at = clock_timestamp(), doubted_at = null where tenant = $1 and sku = $2 and warehouse_id = $3`, [tenant, sku, warehouseId]);
}

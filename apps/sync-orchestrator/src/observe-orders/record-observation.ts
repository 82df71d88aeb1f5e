import { createHash } from 'node:crypto';
import { type Db, execute, row } from '@kds/persistence';
import { essenceOf, type Observation } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { firstBinding } from '../list-documents/first-binding.js';
import { enqueueCommand, orderSubject, priorities } from '../command-ledger/enqueue-command.js';
import { writeJournal } from '../orders/orders.repository.js';
import type { Position } from '../sync-stock/positions.js';
import { recordWriteOffs } from '../sync-stock/record-write-offs.js';

export interface ObservationSeen {
  readonly tenant: string;
  readonly spec: TenantSpec;
  readonly observation: Observation;
  /** The attempt that read it: attempts are numbered in the order in which they were dispatched. */
  readonly attempt: string;
  readonly dispatchedAt: Date;
}

/**
 * Keeps what a gateway saw of an order, if nothing newer is known, and has the order looked at again when something that matters differs. An answer
 * that overtook another may be older than what is kept although it was asked for earlier: the order is then read once more. Returns where KeyCRM moved its stock.
 */
export async function recordObservation(db: Db, seen: ObservationSeen): Promise<readonly Position[]> {
  const { tenant, spec, observation, attempt } = seen;
  const orderId = observation.kind === 'present' ? observation.order.id : observation.orderId;
  if (observation.kind === 'present' && observation.order.orderedAt < spec.orders.since) return [];
  const essence = createHash('sha256').update(essenceOf(observation)).digest('hex');
  const known = await row<{ essence: string; dropped_essence: string | null; observed_attempt: string }>(db, `select essence, dropped_essence, observed_attempt from orders where tenant = $1 and order_id = $2 for update`, [tenant, orderId]);
  if (known === undefined) {
    if (observation.kind === 'missing') return [];
    // Somebody else may have kept it at this very moment: then there is something to compare with.
    if (!(await insertOrder(db, { ...seen, orderId, essence }))) return recordObservation(db, seen);
    return recordWriteOffs(db, { tenant, spec, orderId, observation, dropped: false });
  }
  if (BigInt(known.observed_attempt) > BigInt(attempt)) {
    if (known.essence !== essence) await enqueueCommand(db, { tenant, system: 'keycrm', subject: orderSubject(orderId), command: { kind: 'read-order', orderId }, priority: priorities.liveOrder });
    return [];
  }
  const changed = known.essence !== essence;
  await execute(
    db,
    `update orders set observation = $3, essence = $4, observed_attempt = $5, observed_at = clock_timestamp(),
       dirty_since = case when $6 or observation -> 'order' -> 'sourceId' is distinct from $3::jsonb -> 'order' -> 'sourceId' then clock_timestamp() else dirty_since end
     where tenant = $1 and order_id = $2`,
    [tenant, orderId, JSON.stringify(observation), essence, attempt, changed],
  );
  if (!changed) return [];
  await writeJournal(db, { tenant, orderId, entry: 'observed', reason: observation.kind, detail: summary(observation) });
  return recordWriteOffs(db, { tenant, spec, orderId, observation, dropped: known.dropped_essence === essence });
}

/** False when the order is there already. */
async function insertOrder(db: Db, { tenant, observation, attempt, orderId, essence }: ObservationSeen & { readonly orderId: number; readonly essence: string }): Promise<boolean> {
  const inserted = await row(
    db,
    `insert into orders (tenant, order_id, observation, essence, observed_attempt, binding, dirty_since)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp())
     on conflict (tenant, order_id) do nothing returning 1`,
    [tenant, orderId, JSON.stringify(observation), essence, attempt, JSON.stringify(await firstBinding(db, tenant, orderId))],
  );
  if (inserted === undefined) return false;
  await writeJournal(db, { tenant, orderId, entry: 'observed', reason: 'first', detail: summary(observation) });
  return true;
}

/** What an order's story tells of an observation: enough to follow it, no personal data. */
function summary(observation: Observation): unknown {
  if (observation.kind === 'missing') return null;
  const { statusId, grandTotal, lines } = observation.order;
  return { statusId, grandTotal, lines: lines.map(({ sku, quantity, warehouseId }) => ({ sku, quantity, warehouseId })) };
}

import { type Db, execute } from '@kds/persistence';
import type { OrderDecision } from '@kds/sync-domain';
import { type OrderRecord, writeJournal } from '../orders/orders.repository.js';

/** Keeps what was decided and why; the order's story gets a line when that is news. */
export async function saveDecision(db: Db, { order, decision }: { readonly order: OrderRecord; readonly decision: OrderDecision }): Promise<void> {
  const message = decision.kind === 'park' ? decision.message : null;
  const detail = decision.kind === 'park' || decision.kind === 'dispatch' ? decision.detail : undefined;
  await execute(
    db,
    `update orders set decision = $3, reason = $4, message = $5, detail = $6, decided_at = clock_timestamp(), held_at = case when $3 = 'park' then clock_timestamp() else held_at end, released = case when $3 = 'nothing' then null else released end where tenant = $1 and order_id = $2`,
    [order.tenant, order.order_id, decision.kind, decision.reason, message, decision.kind !== 'park' || detail === undefined ? null : JSON.stringify(detail)],
  );
  if (decision.kind === order.decision && decision.reason === order.reason && message === order.message && detail === undefined) return;
  await writeJournal(db, { tenant: order.tenant, orderId: order.order_id, entry: `decided: ${decision.kind}`, reason: decision.reason, detail: message === null ? detail : { message, detail } });
}

import { type Db, execute } from '@kds/persistence';
import type { OrderDecision } from '@kds/sync-domain';
import { type OrderRecord, writeJournal } from '../orders/orders.repository.js';
import { tellOnce } from '../orders/tell-once.js';

/** Keeps what was decided and why; the order's story gets a line when that is news. */
export async function saveDecision(db: Db, { order, decision }: { readonly order: OrderRecord; readonly decision: OrderDecision }): Promise<void> {
  const { tenant, order_id: orderId } = order;
  const message = decision.kind === 'park' ? decision.message : null;
  const detail = decision.kind === 'park' || decision.kind === 'dispatch' ? decision.detail : undefined;
  const held = decision.kind === 'park' && detail !== undefined ? JSON.stringify(detail) : null;
  await execute(db, saveSql, [tenant, orderId, decision.kind, decision.reason, message, held]);
  const isKnown = decision.kind === order.decision && decision.reason === order.reason;
  if (isKnown && (decision.kind === 'park' ? message === order.message : detail === undefined)) return;
  const line = { tenant, orderId, entry: `decided: ${decision.kind}`, reason: decision.reason, detail: message === null ? detail : { message, detail } };
  await (decision.kind === 'nothing' ? writeJournal : tellOnce)(db, line);
}

/**
 * What is held and tried again stays held, with its words and since when, until it gets on (`held_reason`): the next refusal for the same reason is not the
 * beginning of it.
 */
const saveSql = `
  update orders set decision = $3, reason = $4, decided_at = clock_timestamp(),
    message = case when $3 in ('park', 'nothing') or held_reason is null then $5 else message end,
    detail = case when $3 in ('park', 'nothing') or held_reason is null then $6::jsonb else detail end,
    held_at = case when $3 = 'park' then clock_timestamp() else held_at end,
    held_since = case $3 when 'nothing' then null when 'park' then case when held_reason = $4 then held_since else clock_timestamp() end else held_since end,
    held_reason = case $3 when 'nothing' then null when 'park' then $4 else held_reason end,
    released = case when $3 = 'nothing' then null else released end
  where tenant = $1 and order_id = $2`;

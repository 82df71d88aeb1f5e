import type { Ledger } from '@kds/persistence';
import { type Buyer, type Observation, toPersonWanted } from '@kds/sync-domain';
import { leftAlone, loadHeld } from './held-item.js';
import { type HeldSubject, nameOfHeld, type RunFlow } from './held-subject.js';
import { RefusedError } from './refused-error.js';
import { requireTenant, type TenantState } from './require-tenant.js';

/** How a shipment is undone: the goods come back, or they never left. */
export type AfterShipment = 'return' | 'reverse';

/** Holdings that ask a person how to go on, and the answers that they take. */
const answersTo: Readonly<Record<string, readonly AfterShipment[]>> = { 'cancelled-after-shipment': ['return', 'reverse'], 'stepped-back-after-shipment': ['reverse'] };

export interface HeldDecision {
  readonly tenant: string;
  readonly subject: HeldSubject;
  /** Who decided. */
  readonly operator: string;
  /** For an order that is held with this question. */
  readonly as?: AfterShipment;
}

/**
 * Lets a held thing go. An order forgets what it was refused for; its documents in Dilovod are read again, since a person may have put them right there; and what
 * it was held with is done where it was a proposal. A run is computed again from fresh data and passes its guard; refused rows are written again. Refuses what is
 * not held.
 */
export async function releaseHeld(ledger: Ledger, { tenant, subject, operator, as }: HeldDecision): Promise<TenantState> {
  const state = await requireTenant(ledger, tenant);
  if (as !== undefined && subject.kind !== 'order') throw new RefusedError(`--as says how a shipment is undone; ${nameOfHeld(subject)} has none.`);
  if (subject.kind === 'run') await releaseRun(ledger, tenant, subject.flow);
  else if (subject.kind === 'rows') await settleRows(ledger, { tenant, setSql: 'refused = null, refusals = 0' });
  else await releaseOrder(ledger, { tenant, orderId: subject.orderId, operator, as });
  return state;
}

interface OrderRelease {
  readonly tenant: string;
  readonly orderId: string;
  readonly operator: string;
  readonly as: AfterShipment | undefined;
}

async function releaseOrder(ledger: Ledger, { tenant, orderId, operator, as }: OrderRelease): Promise<void> {
  const order = await lockOrder(ledger, tenant, orderId);
  if (order?.dropped !== true) await loadHeld(ledger, tenant, { kind: 'order', orderId });
  const answers = answersTo[order?.reason ?? ''] ?? [];
  if (as !== undefined && !answers.includes(as)) {
    throw new RefusedError(answers.length === 0 ? `Order ${orderId} is held for another reason (${order?.reason}); release it without --as.` : `Order ${orderId} (${order?.reason}) can be released as ${answers.join(' or ')}.`);
  }
  await ledger.rows(releaseSql, [tenant, orderId, as ?? null]);
  await forgetBuyerRefusal(ledger, tenant, order?.buyer ?? null);
  // Only a note that Dilovod was asked lately: without it, it is asked again.
  if (order?.reason === 'sku-unknown') await ledger.rows(`delete from goods_asked where tenant = $1`, [tenant]);
  await writeJournal(ledger, { tenant, orderId, entry: 'released', operator });
}

const releaseSql = `
  update orders set refusals = '[]', dropped_essence = null, held_reason = null, held_since = null, dirty_since = now(),
    released = jsonb_build_object('reason', coalesce(held_reason, reason), 'detail', detail, 'as', $3::text, 'essence', essence),
    binding = case when binding -> 'saleOrder' <> 'null' or binding -> 'shipments' <> '[]' or binding -> 'repeated' <> 'null' or reason = 'made-by-hand' then binding || '{"doubt": "all"}' else binding end
  where tenant = $1 and order_id = $2`;

/** A buyer whom Dilovod would not take is refused for every order of theirs. */
async function forgetBuyerRefusal(ledger: Ledger, tenant: string, buyer: Buyer | null): Promise<void> {
  const key = toPersonWanted(buyer)?.key;
  if (key !== undefined) await ledger.rows(`update persons set state = 'unknown', failure = null where tenant = $1 and key = $2 and state = 'refused'`, [tenant, key]);
}

async function releaseRun(ledger: Ledger, tenant: string, flow: RunFlow): Promise<void> {
  await loadHeld(ledger, tenant, { kind: 'run', flow });
  await ledger.rows(`update held_runs set released_at = now() where tenant = $1 and flow = $2`, [tenant, flow]);
  // Costs come with the balances.
  await ledger.rows(`update schedules set due_at = now() where tenant = $1 and flow in ($2, 'stock')`, [tenant, flow]);
}

async function settleRows(ledger: Ledger, { tenant, setSql }: { readonly tenant: string; readonly setSql: string }): Promise<void> {
  await loadHeld(ledger, tenant, { kind: 'rows' });
  for (const table of ['positions', 'offers']) await ledger.rows(`update ${table} set ${setSql} where tenant = $1 and refused is not null`, [tenant]);
  await ledger.rows(`update schedules set due_at = now() where tenant = $1 and flow in ('stock', 'prices')`, [tenant]);
}

/**
 * Leaves a held thing as it is. An order stays alone until it is edited in KeyCRM; a run, with what it still had waiting, as long as it would do just the
 * same; refused rows until they would say something else. Refuses what is not held.
 */
export async function dropHeld(ledger: Ledger, { tenant, subject, operator }: HeldDecision): Promise<TenantState> {
  const state = await requireTenant(ledger, tenant);
  if (subject.kind === 'run') {
    await dropRun(ledger, tenant, subject.flow);
    return state;
  }
  if (subject.kind === 'rows') {
    await settleRows(ledger, { tenant, setSql: `refusals = ${leftAlone}` });
    return state;
  }
  const { orderId } = subject;
  await lockOrder(ledger, tenant, orderId);
  await loadHeld(ledger, tenant, subject);
  await ledger.rows(`update orders set dropped_essence = essence, dirty_since = now() where tenant = $1 and order_id = $2`, [tenant, orderId]);
  await writeJournal(ledger, { tenant, orderId, entry: 'dropped', operator });
  return state;
}

/** A write that still waits would be computed as it leaves, and would then no longer find the run held. */
async function dropRun(ledger: Ledger, tenant: string, flow: RunFlow): Promise<void> {
  await loadHeld(ledger, tenant, { kind: 'run', flow });
  await ledger.rows(`update commands set state = 'superseded', settled_at = now() where tenant = $1 and system = 'keycrm' and kind = $2 and state = 'pending'`, [tenant, `write-${flow === 'stock' ? 'stocks' : 'prices'}`]);
  await ledger.rows(
    `with held as (delete from held_runs where tenant = $1 and flow = $2 returning tenant, flow, fingerprint)
     insert into dropped_runs (tenant, flow, fingerprint) select tenant, flow, fingerprint from held
     on conflict (tenant, flow) do update set fingerprint = excluded.fingerprint, at = now()`,
    [tenant, flow],
  );
}

interface LockedOrder {
  readonly reason: string | null;
  readonly buyer: Buyer | null;
  readonly dropped: boolean;
}

async function lockOrder(ledger: Ledger, tenant: string, orderId: string): Promise<LockedOrder | undefined> {
  const [order] = await ledger.rows<{ reason: string | null; observation: Observation; dropped: boolean }>(
    `select reason, observation, dropped_essence is not distinct from essence as dropped from orders where tenant = $1 and order_id = $2 for update`,
    [tenant, orderId],
  );
  return order && { reason: order.reason, dropped: order.dropped, buyer: order.observation.kind === 'present' ? order.observation.order.buyer : null };
}

async function writeJournal(ledger: Ledger, { tenant, orderId, entry, operator }: { readonly tenant: string; readonly orderId: string; readonly entry: 'released' | 'dropped'; readonly operator: string }): Promise<void> {
  await ledger.rows(`insert into order_journal (tenant, order_id, entry, detail) values ($1, $2, $3, jsonb_build_object('by', $4::text))`, [tenant, orderId, entry, operator]);
}

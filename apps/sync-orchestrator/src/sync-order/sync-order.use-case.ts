import { inSpan, type Logger } from '@kds/observability';
import { type Db, execute, rows } from '@kds/persistence';
import { decideOrderSync, type OrderDecision, type OrderFacts } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { lockDirtyOrder, type OrderRecord } from '../orders/orders.repository.js';
import { forgetKnown } from '../sync-stock/positions.js';
import { recordWriteOffs } from '../sync-stock/record-write-offs.js';
import { planFields } from '../write-back/plan-fields.js';
import { carryOut, withdrawWaiting } from './carry-out-decision.js';
import { loadOrderFacts } from './load-order-facts.js';
import type { PassedOver } from './passed-over.js';
import { saveDecision } from './save-decision.js';
import { settleFailedLook } from './settle-failed-look.js';

export interface SyncOrderDeps {
  readonly database: DataSource;
  readonly tenants: { readonly active: () => readonly string[]; readonly find: (name: string) => TenantSpec | undefined };
  readonly logger: Logger;
  readonly onDecided?: (decision: OrderDecision) => void;
  readonly passedOver: PassedOver;
}

/**
 * Looks at one order that something has happened to: loads what is known, decides, and saves decision and command in
 * one transaction. A look that fails ends in a held order. True when an order was looked at, so that there may be more.
 */
export async function syncNextOrder(deps: SyncOrderDeps): Promise<boolean> {
  const { database, tenants, logger, onDecided, passedOver } = deps;
  let looking: OrderRecord | undefined;
  let decision: OrderDecision | undefined;
  try {
    const looked = await database.transaction(async (db) => {
      const order = await lockDirtyOrder(db, tenants.active(), passedOver.now());
      if (order === undefined) return false;
      looking = order;
      const spec = tenants.find(order.tenant);
      if (spec !== undefined) decision = await inSpan('look at order', { parent: order.traceparent, attributes: { 'kds.tenant': order.tenant, 'kds.order': Number(order.order_id) } }, () => syncOrder(db, { order, spec }));
      return true;
    });
    if (looking !== undefined && decision !== undefined) {
      logger.debug({ tenant: looking.tenant, order: Number(looking.order_id), decision: decision.kind, reason: decision.reason }, 'an order was looked at');
      onDecided?.(decision);
    }
    return looked;
  } catch (error) {
    if (looking === undefined) throw error;
    const held = await settleFailedLook({ database, logger, passedOver, spec: tenants.find(looking.tenant) }, looking, error);
    if (held !== undefined) onDecided?.(held);
    return true;
  }
}

/** What was decided; undefined when nothing was, since a request of the order is under way. */
export async function syncOrder(db: Db, { order, spec }: { readonly order: OrderRecord; readonly spec: TenantSpec }): Promise<OrderDecision | undefined> {
  await execute(db, `update orders set dirty_since = null, looks_failed = 0 where tenant = $1 and order_id = $2`, [order.tenant, order.order_id]);
  // Also when nothing new was seen: the manifest may have changed what the order's status means, or its documents have.
  const moved = await recordWriteOffs(db, { tenant: order.tenant, spec, orderId: Number(order.order_id), observation: order.observation, dropped: order.dropped });
  const decision = (await commandInFlight(db, order)) ? undefined : await decideOrder(db, { order, spec });
  await forgetKnown(db, { tenant: order.tenant, positions: moved });
  return decision;
}

async function decideOrder(db: Db, { order, spec }: { readonly order: OrderRecord; readonly spec: TenantSpec }): Promise<OrderDecision> {
  const facts = await loadOrderFacts(db, { order, spec });
  const decision = followUp(decideOrderSync(facts), facts);
  const effective = forbidWrites(decision, spec) ?? decision;
  if (effective.kind !== 'dispatch') await withdrawWaiting(db, order);
  await carryOut(db, { order, decision: effective, spec });
  await saveDecision(db, { order, decision: effective });
  await planFields(db, { order, decision: effective, spec });
  if (order.traceparent !== null && (effective.kind === 'nothing' || effective.kind === 'park')) await execute(db, `update orders set traceparent = null where tenant = $1 and order_id = $2`, [order.tenant, order.order_id]);
  return effective;
}

/**
 * While a request is with Dilovod nothing is decided: its outcome brings the order back here. A command that still waits is locked, so that it cannot
 * leave while the order is looked at; then, for one may have left meanwhile, is seen what is under way. That is not locked: who settles it holds it, and
 * waits for the order.
 */
async function commandInFlight(db: Db, { tenant, order_id }: OrderRecord): Promise<boolean> {
  const found = (state: string, lock = '') => rows(db, `select 1 from commands where tenant = $1 and system = 'dilovod' and subject = $2 and state = '${state}' ${lock}`, [tenant, `order:${order_id}`]);
  await found('pending', 'for update');
  return (await found('dispatched')).length > 0;
}

/** Once the documents are right, their number is read where managers are to see it. */
function followUp(decision: OrderDecision, { binding, mapping, observation }: OrderFacts): OrderDecision {
  const unnumbered = binding.saleOrder?.number === null ? binding.saleOrder : undefined;
  if (decision.kind !== 'nothing' || unnumbered === undefined || mapping.writeBack.documentField === null || observation.kind === 'missing') return decision;
  return { kind: 'dispatch', reason: 'number-not-read', command: { kind: 'read-document', orderId: observation.order.id, documentId: unnumbered.id } };
}

/** In shadow mode everything is read and decided, and nothing written; what would have been done stands in the decision. */
function forbidWrites(decision: OrderDecision, { mode }: TenantSpec): OrderDecision | undefined {
  if (mode !== 'shadow') return undefined;
  if (decision.kind === 'dispatch' && decision.command.kind !== 'find-documents' && decision.command.kind !== 'read-document') {
    return { kind: 'nothing', reason: `shadow: would ${decision.command.kind} (${decision.reason})` };
  }
  return decision.kind === 'create-person' ? { kind: 'nothing', reason: `shadow: would create-person (${decision.reason})` } : undefined;
}

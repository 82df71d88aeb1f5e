import { type Db, execute, row } from '@kds/persistence';
import type { OrderDecision, PersonWanted } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, type NewCommand, priorities } from '../command-ledger/enqueue-command.js';
import { listDocuments } from '../list-documents/documents-flow.js';
import { articleOf } from '../match-goods/article-of.js';
import type { OrderRecord } from '../orders/orders.repository.js';

interface Deciding<D> {
  readonly order: OrderRecord;
  readonly decision: D;
}

/** Puts into the lane what a decision asks for. */
export async function carryOut(db: Db, { order, decision, spec }: Deciding<OrderDecision> & { readonly spec: TenantSpec }): Promise<void> {
  switch (decision.kind) {
    case 'dispatch':
      return dispatch(db, { order, decision });
    case 'find-person':
    case 'create-person':
      return askForPerson(db, { order, decision });
    case 'find-goods':
      return askForGoods(db, { order, articles: decision.skus.map((sku) => articleOf(sku, spec)) });
    case 'read-currencies':
      return askForCurrencies(db, order.tenant);
    case 'list-documents':
      return enqueueCommand(db, { tenant: order.tenant, ...listDocuments({ spec, now: new Date() }), priority: priorities.liveOrder });
    case 'nothing':
    case 'park':
      return;
  }
}

/** A command that still waits for an order and is no longer what the order asks for. */
export async function withdrawWaiting(db: Db, { tenant, order_id }: OrderRecord): Promise<void> {
  await execute(db, `update commands set state = 'superseded', settled_at = clock_timestamp() where tenant = $1 and system = 'dilovod' and subject = $2 and state = 'pending'`, [tenant, `order:${order_id}`]);
}

async function dispatch(db: Db, { order, decision: { command } }: Deciding<Extract<OrderDecision, { kind: 'dispatch' }>>): Promise<void> {
  const waiting = await row<{ same: boolean }>(
    db,
    `select payload = $3::jsonb as same from commands where tenant = $1 and system = 'dilovod' and subject = $2 and state = 'pending' for update`,
    [order.tenant, `order:${order.order_id}`, JSON.stringify(command)],
  );
  if (waiting?.same) return;
  if (waiting) await withdrawWaiting(db, order);
  await enqueueCommand(db, { tenant: order.tenant, system: 'dilovod', subject: `order:${order.order_id}`, command, priority: priorities.liveOrder });
}

/**
 * Several orders may wait for one person, and only one request may be under way for it: whoever holds the person's row asks, the others wait for the
 * answer. A row that is held at this moment is looked at again at once.
 */
async function askForPerson(db: Db, { order, decision: { kind, person } }: Deciding<{ readonly kind: 'find-person' | 'create-person'; readonly person: PersonWanted }>): Promise<void> {
  const { tenant, order_id } = order;
  await execute(db, `insert into persons (tenant, key, state) values ($1, $2, 'unknown') on conflict do nothing`, [tenant, person.key]);
  const held = await row<{ state: string }>(db, `select state from persons where tenant = $1 and key = $2 for update skip locked`, [tenant, person.key]);
  const isOpen = held?.state === 'unknown' || (held?.state === 'absent' && kind === 'create-person');
  if (!isOpen) {
    await execute(db, `update orders set dirty_since = clock_timestamp() + interval '20 milliseconds' where tenant = $1 and order_id = $2`, [tenant, order_id]);
    return;
  }
  await execute(db, `update orders set waits_for_person = $3 where tenant = $1 and order_id = $2`, [tenant, order_id, person.key]);
  const subject = `person:${person.key}`;
  const active = await row(db, `select 1 from commands where tenant = $1 and subject = $2 and state in ('pending', 'dispatched')`, [tenant, subject]);
  if (active !== undefined) return;
  await enqueueCommand(db, { tenant, system: 'dilovod', subject, command: { kind, ...person }, priority: priorities.liveOrder });
}

/**
 * By name; as long as the catalogue has not been read at all, whole instead, once for every order that waits. Whoever keeps the catalogue holds the row of its
 * schedule and then wakes the orders that wait: one that looks at this very moment could miss both, and looks again at once.
 */
async function askForGoods(db: Db, { order: { tenant, order_id }, articles }: { readonly order: OrderRecord; readonly articles: readonly string[] }): Promise<void> {
  const catalogue = await row<{ read: boolean }>(db, `select proved_at is not null as read from schedules where tenant = $1 and flow = 'goods' for share skip locked`, [tenant]);
  if (catalogue === undefined) return execute(db, `update orders set dirty_since = clock_timestamp() + interval '20 milliseconds' where tenant = $1 and order_id = $2`, [tenant, order_id]);
  await execute(db, `update orders set waits_for_goods = true where tenant = $1 and order_id = $2`, [tenant, order_id]);
  if (!catalogue.read) return askForCatalogue(db, tenant);
  await enqueueCommand(db, { tenant, system: 'dilovod', subject: `goods-of:${order_id}`, command: { kind: 'read-goods', articles }, priority: priorities.liveOrder });
}

/** In which currencies KeyCRM's sources are, and which the client's own is; whoever reads them wakes the orders that wait. */
async function askForCurrencies(db: Db, tenant: string): Promise<void> {
  const asked: readonly NewCommand[] = [
    { tenant, system: 'keycrm', subject: 'sources', command: { kind: 'read-sources', page: 1 }, priority: priorities.beforeOrders },
    { tenant, system: 'dilovod', subject: 'currencies', command: { kind: 'read-currencies' }, priority: priorities.beforeOrders },
  ];
  for (const command of asked) {
    const active = await row(db, `select 1 from commands where tenant = $1 and system = $2 and subject = $3 and state in ('pending', 'dispatched')`, [tenant, command.system, command.subject]);
    if (active === undefined) await enqueueCommand(db, command);
  }
}

async function askForCatalogue(db: Db, tenant: string): Promise<void> {
  const asked = await row(db, `select 1 from commands where tenant = $1 and system = 'dilovod' and subject = 'goods' and state in ('pending', 'dispatched')`, [tenant]);
  if (asked === undefined) await enqueueCommand(db, { tenant, system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null }, priority: priorities.beforeOrders });
}

import { type Db, execute, row } from '@kds/persistence';
import { nothingHeld, type OrderBinding, perhapsHeld } from '@kds/sync-domain';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { lookAgain } from '../orders/orders.repository.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

const againMs = 60_000;

/**
 * Before the first document of a client is made, Dilovod is asked which orders have some already: an earlier ledger of ours may be lost, and nothing may be
 * made twice. Orders are observed meanwhile, and decided once the answer is in.
 */
export async function askForDocumentedOrders(db: Db, tenant: string, delayMs = 0): Promise<void> {
  await enqueueCommand(db, { tenant, system: 'dilovod', subject: 'order-keys', command: { kind: 'list-order-keys' }, priority: priorities.beforeOrders, delayMs });
}

export const adoptDocumentsEffects: EffectsOf<'list-order-keys'> = {
  async onDone({ db }, { tenant }, { orderIds }) {
    // First, so that whoever records an order at this moment either sees the list or is seen by what follows.
    await execute(db, `update tenants set adopted_at = clock_timestamp() where name = $1`, [tenant]);
    await execute(db, `insert into orders_documented (tenant, order_id) select $1, unnest($2::bigint[]) on conflict do nothing`, [tenant, orderIds]);
    await lookAgain(db, { tenant });
    await execute(db, `update orders set binding = $3 where tenant = $1 and order_id = any ($2::bigint[]) and binding = $4`, [tenant, orderIds, JSON.stringify(perhapsHeld), JSON.stringify(nothingHeld)]);
  },
  async onRejected({ db }, { tenant }) {
    await askForDocumentedOrders(db, tenant, againMs);
  },
};

/** Lets nobody take over the list of documented orders while orders are recorded; to be called before any of them is locked. */
export async function holdAdoption(db: Db, tenant: string): Promise<void> {
  await row(db, `select 1 from tenants where name = $1 for share`, [tenant]);
}

/** What is known of an order's documents when it is first seen. */
export async function firstBinding(db: Db, tenant: string, orderId: number): Promise<OrderBinding> {
  return (await row(db, `select 1 from orders_documented where tenant = $1 and order_id = $2`, [tenant, orderId])) === undefined ? nothingHeld : perhapsHeld;
}

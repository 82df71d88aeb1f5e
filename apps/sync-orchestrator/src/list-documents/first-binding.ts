import { type Db, row } from '@kds/persistence';
import { nothingHeld, type OrderBinding, perhapsHeld } from '@kds/sync-domain';

/** Lets nobody take over a list of documents while orders are recorded; to be called before any of them is locked. */
export async function holdList(db: Db, tenant: string): Promise<void> {
  await row(db, `select 1 from tenants where name = $1 for share`, [tenant]);
}

/** What is known of an order's documents when it is first seen: an earlier ledger of ours may have made some, and nothing may be made twice. */
export async function firstBinding(db: Db, tenant: string, orderId: number): Promise<OrderBinding> {
  return (await row(db, `select 1 from documents_listed where tenant = $1 and order_id = $2`, [tenant, orderId])) === undefined ? nothingHeld : perhapsHeld;
}

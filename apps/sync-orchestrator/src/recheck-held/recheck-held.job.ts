import { execute } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import type { TenantRegistry } from '../follow-tenants/tenant-registry.js';

/** Held orders that are tried again in one turn, per client; each costs a request. */
const ordersPerTurn = 20;

/**
 * Held orders go by themselves once the cause is gone. Most causes announce themselves (an edit, a newer balance, new goods, a changed manifest); for the
 * rest, what was refused longest ago is tried again at the pace at which the client's orders are polled.
 */
export async function recheckHeldOrders(database: DataSource, tenants: TenantRegistry): Promise<boolean> {
  for (const tenant of tenants.active()) {
    const everyMs = tenants.find(tenant)?.orders.everyMs ?? 300_000;
    await execute(
      database.manager,
      `with stale as (
         select order_id from orders
         where tenant = $1 and decision = 'park' and dirty_since is null and decided_at < clock_timestamp() - $2 * interval '1 millisecond'
           and (refusals <> '[]' and reason <> 'shortage' or reason = 'sku-unknown' or waits_for_person is not null)
         order by decided_at limit ${ordersPerTurn}
       ), asked as (
         delete from goods_asked where tenant = $1 and at < clock_timestamp() - $2 * interval '1 millisecond'
       ), refused as (
         update persons set state = 'unknown', failure = null where tenant = $1 and state = 'refused' and changed_at < clock_timestamp() - $2 * interval '1 millisecond'
       )
       update orders o set refusals = '[]', dirty_since = clock_timestamp() from stale where o.tenant = $1 and o.order_id = stale.order_id`,
      [tenant, everyMs],
    );
  }
  return false;
}

/** Old attempts and commands that nobody will ask for again. The story of an order keeps its own lines. */
export async function tidyLedger(database: DataSource): Promise<boolean> {
  const db = database.manager;
  await execute(db, `delete from message_parts where received_at < now() - interval '10 minutes'`);
  await execute(db, `delete from attempts a using commands c where c.id = a.command_id and c.state in ('done', 'superseded') and c.settled_at < now() - interval '7 days'`);
  await execute(db, `delete from commands c where c.state in ('done', 'superseded') and c.settled_at < now() - interval '7 days' and not exists (select 1 from attempts a where a.command_id = c.id)`);
  return false;
}

import { execute } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import type { TenantRegistry } from '../follow-tenants/tenant-registry.js';
import { lookAgain } from '../orders/orders.repository.js';

/** Held orders that are tried again in one turn, per client; each costs a request. */
const ordersPerTurn = 20;

/**
 * Held orders go by themselves once the cause is gone. Most causes announce themselves (an edit, a newer balance, new goods, a changed manifest); for the
 * rest, what was refused longest ago is tried again at the pace at which the client's orders are polled.
 */
export async function recheckHeldOrders(database: DataSource, tenants: Pick<TenantRegistry, 'active' | 'find'>): Promise<boolean> {
  for (const tenant of tenants.active()) {
    const everyMs = tenants.find(tenant)?.orders.everyMs ?? 300_000;
    await database.transaction(async (db) => {
      await execute(db, `delete from goods_asked where tenant = $1 and at < clock_timestamp() - $2 * interval '1 millisecond'`, [tenant, everyMs]);
      await execute(db, `update persons set state = 'unknown', failure = null where tenant = $1 and state = 'refused' and changed_at < clock_timestamp() - $2 * interval '1 millisecond'`, [tenant, everyMs]);
      await execute(db, readAgainSql, [tenant, everyMs]);
      await lookAgain(db, { tenant, where: `o.order_id in (${staleSql})`, parameters: [everyMs], also: `refusals = '[]'` });
    });
  }
  return false;
}

/** Readings that were refused for good are tried again at the same pace: a right may have been opened. */
const readAgainSql = `
  update schedules set due_at = clock_timestamp()
  where tenant = $1 and refused is not null and due_at > clock_timestamp() and coalesce(started_at, 'epoch') < clock_timestamp() - $2 * interval '1 millisecond'`;

/** Held orders that were decided longer ago than `$2` milliseconds and whose cause announces itself to nobody. */
const staleSql = `
  select h.order_id from orders h
  where h.tenant = $1 and h.decision = 'park' and h.dirty_since is null and h.decided_at < clock_timestamp() - $2 * interval '1 millisecond'
    and (h.refusals <> '[]' and h.reason <> 'shortage' or h.reason = 'sku-unknown' or h.waits_for_person is not null)
  order by h.decided_at limit ${ordersPerTurn}`;

/** Old attempts and commands that nobody will ask for again. The story of an order keeps its own lines. */
export async function tidyLedger(database: DataSource): Promise<boolean> {
  const db = database.manager;
  await execute(db, `delete from message_parts where received_at < now() - interval '10 minutes'`);
  await execute(db, `delete from attempts a using commands c where c.id = a.command_id and c.state in ('done', 'superseded') and c.settled_at < now() - interval '7 days'`);
  await execute(db, `delete from commands c where c.state in ('done', 'superseded') and c.settled_at < now() - interval '7 days' and not exists (select 1 from attempts a where a.command_id = c.id)`);
  return false;
}

import { execute, rows } from '@kds/persistence';
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

const keptFor = `interval '7 days'`;
/** Rows of a table that are taken away in one go. */
const perSweep = 5_000;

/**
 * Old attempts and commands that nobody will ask for again, however they ended; of a command that still waits, its old attempts. The story of an order keeps
 * its own lines. True when there may be more.
 */
export async function tidyLedger(database: DataSource): Promise<boolean> {
  const db = database.manager;
  await execute(db, `delete from message_parts where received_at < now() - interval '10 minutes'`);
  const attempts = await rows(db, `delete from attempts where id in (select id from attempts where settled_at < now() - ${keptFor} order by settled_at limit ${perSweep}) returning 1`);
  const commands = await rows(db, oldCommandsSql);
  return attempts.length === perSweep || commands.length === perSweep;
}

const oldCommandsSql = `
  delete from commands where id in (
    select c.id from commands c
    where c.state not in ('pending', 'dispatched') and c.settled_at < now() - ${keptFor} and not exists (select 1 from attempts a where a.command_id = c.id)
    order by c.settled_at limit ${perSweep}
  ) returning 1`;

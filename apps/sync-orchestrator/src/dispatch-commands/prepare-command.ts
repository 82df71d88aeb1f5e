import { type Command, writes } from '@kds/contracts';
import { type Db, row } from '@kds/persistence';
import { withdrawWrites } from '../command-ledger/withdraw-writes.js';
import { findSpec } from '../follow-tenants/manifest-in-force.js';
import { prepareWritePrices } from '../sync-prices/prepare-write-prices.js';
import { prepareWriteStocks } from '../sync-stock/prepare-write-stocks.js';

/** Fills in what a command says only at the moment it leaves; `undefined` when there is nothing to say any more, `later` when it may not leave yet. */
export type PrepareCommand = (db: Db, tenant: string, command: Command) => Promise<Command | 'later' | undefined>;

/**
 * Readings leave as they are. What writes is held against the manifest that is in force as it leaves. Bulk writes are computed then, so that none carries what
 * newer facts have overtaken; and one leaves only when the one before it has ended, since KeyCRM may execute two in any order.
 */
export const prepareCommand: PrepareCommand = async (db, tenant, command) => {
  if (!writes[command.kind]) return command;
  const spec = await findSpec(db, tenant);
  if (spec === undefined) return 'later';
  if (spec.mode === 'shadow') {
    await withdrawWrites(db, tenant);
    return 'later';
  }
  if (command.kind !== 'write-stocks' && command.kind !== 'write-prices') return (await decidedBefore(db, tenant, command)) ? 'later' : command;
  if (await underWay(db, tenant, command)) return 'later';
  return command.kind === 'write-stocks' ? prepareWriteStocks(db, { tenant, spec, command }) : prepareWritePrices(db, { tenant, spec, command });
};

/** Was it decided under an earlier manifest, and is its order about to be looked at under the present one? Then that look says whether it leaves. */
async function decidedBefore(db: Db, tenant: string, command: Command): Promise<boolean> {
  if (!('orderId' in command)) return false;
  const found = await row(
    db,
    `select 1 from orders o join tenants t on t.name = o.tenant
     join commands c on c.tenant = o.tenant and c.subject = 'order:' || o.order_id and c.kind = $3 and c.state = 'pending'
     where o.tenant = $1 and o.order_id = $2 and o.dirty_since <= clock_timestamp() and c.created_at < t.changed_at`,
    [tenant, command.orderId, command.kind],
  );
  return found !== undefined;
}

async function underWay(db: Db, tenant: string, command: Extract<Command, { readonly kind: 'write-stocks' | 'write-prices' }>): Promise<boolean> {
  const found = await row(
    db,
    `select 1 from attempts a join commands c on c.id = a.command_id
     where a.tenant = $1 and a.system = 'keycrm' and a.settled_at is null and c.kind = $2 and c.payload -> 'warehouseId' is not distinct from $3::jsonb`,
    [tenant, command.kind, 'warehouseId' in command ? JSON.stringify(command.warehouseId) : null],
  );
  return found !== undefined;
}

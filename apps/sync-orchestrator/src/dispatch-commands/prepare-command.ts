import type { Command } from '@kds/contracts';
import { type Db, row } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { prepareWritePrices } from '../sync-prices/prepare-write-prices.js';
import { prepareWriteStocks } from '../sync-stock/prepare-write-stocks.js';

/** Fills in what a command says only at the moment it leaves; `undefined` when there is nothing to say any more, `later` when it may not leave yet. */
export type PrepareCommand = (db: Db, tenant: string, command: Command) => Promise<Command | 'later' | undefined>;

/**
 * Bulk writes are computed as they leave, so that none carries what newer facts have overtaken; and one leaves only when the one before it has ended,
 * since KeyCRM may execute two in any order.
 */
export function prepareCommandWith(findTenant: (name: string) => TenantSpec | undefined): PrepareCommand {
  return async (db, tenant, command) => {
    if (command.kind !== 'write-stocks' && command.kind !== 'write-prices') return command;
    const spec = findTenant(tenant);
    if (spec === undefined) return undefined;
    if (await underWay(db, tenant, command)) return 'later';
    return command.kind === 'write-stocks' ? prepareWriteStocks(db, { tenant, spec, command }) : prepareWritePrices(db, { tenant, spec, command });
  };
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

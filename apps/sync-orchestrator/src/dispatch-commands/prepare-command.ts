import type { Command } from '@kds/contracts';
import type { Db } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { prepareWritePrices } from '../sync-prices/prepare-write-prices.js';
import { prepareWriteStocks } from '../sync-stock/prepare-write-stocks.js';

/** Fills in what a command says only at the moment it leaves; `undefined` when there is nothing to say any more. */
export type PrepareCommand = (db: Db, tenant: string, command: Command) => Promise<Command | undefined>;

/** Bulk writes are computed as they leave, so that none carries what newer facts have overtaken. */
export function prepareCommandWith(findTenant: (name: string) => TenantSpec | undefined): PrepareCommand {
  return async (db, tenant, command) => {
    if (command.kind !== 'write-stocks' && command.kind !== 'write-prices') return command;
    const spec = findTenant(tenant);
    if (spec === undefined) return undefined;
    return command.kind === 'write-stocks' ? prepareWriteStocks(db, { tenant, spec, command }) : prepareWritePrices(db, { tenant, spec, command });
  };
}

import { Command, Option } from 'commander';
import type { Ledger } from '@kds/persistence';
import { RefusedError, requireTenant } from '@kds/sync-orchestrator';
import type { World } from '../../world.js';
import { parseOrderId } from '../held/parse-held-subject.js';
import { whenActive } from '../when-active.js';
import { verb } from '../verb.js';

/** `kds replay` */
export function replayCommand(world: World): Command {
  const command = new Command('replay')
    .description('Have stored observations decided again with the present mapping; no API is asked for them')
    .argument('<tenant>', 'name of the tenant')
    .addOption(new Option('--order <id>', 'this order only').argParser(parseOrderId));
  return verb(command, world, async ({ change }, tenant: string, { order }: { readonly order?: string }) => {
    const { state, orders } = await change(async (ledger) => ({ state: await requireTenant(ledger, tenant), orders: await markOrders(ledger, tenant, order) }));
    if (order !== undefined && orders === 0) throw new RefusedError(`Nothing is stored of order ${order} of ${tenant}: it was made before orders.since, or KeyCRM has not shown it yet.`);
    return { json: { tenant, orders, tenantState: state.state }, text: () => `${tenant}: ${orders} ${orders === 1 ? 'order is' : 'orders are'} decided again.${whenActive(state)}\n` };
  });
}

/** Orders that are about to be looked at anyway keep their place. */
async function markOrders(ledger: Ledger, tenant: string, order: string | undefined): Promise<number> {
  const marked = await ledger.rows(
    `update orders set dirty_since = least(dirty_since, now()) where tenant = $1 and ($2::bigint is null or order_id = $2) returning 1`,
    [tenant, order ?? null],
  );
  return marked.length;
}

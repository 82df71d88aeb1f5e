import { Command } from 'commander';
import { ageOf } from '../../screen/durations.js';
import { type Column, printable, tableOf, wrapped } from '../../screen/table.js';
import type { World } from '../../world.js';
import { type Screen, verb } from '../verb.js';
import { listTenants, type TenantOverview } from './tenant-overview.js';

/** `kds tenants` */
export function tenantsCommand(world: World): Command {
  const command = new Command('tenants').description('How every tenant stands: last proved sync, what is held, drift of the last day, requests left this minute, waiting commands');
  return verb(command, world, async ({ read }) => {
    const tenants = await read((ledger) => listTenants(ledger, world.now()));
    return { json: tenants, text: (screen) => textOf(tenants, screen) };
  });
}

export function textOf(tenants: readonly TenantOverview[], { width, now }: Screen): string {
  if (tenants.length === 0) return 'There are no tenants.\n';
  const notes = tenants.flatMap(notesOf).flatMap((note) => wrapped(printable(note), width));
  return tableOf(columnsAt(now), tenants, width) + (notes.length === 0 ? '' : `\n${notes.join('\n')}\n`);
}

function columnsAt(now: Date): readonly Column<TenantOverview>[] {
  return [
    { title: 'TENANT', wraps: true, cell: ({ name }) => name },
    { title: 'MODE', cell: ({ mode }) => mode ?? '–' },
    { title: 'STATE', cell: ({ state }) => state },
    { title: 'ORDERS', align: 'right', cell: ({ proved }) => ageOf(proved.orders, now) },
    { title: 'STOCK', align: 'right', cell: ({ proved }) => ageOf(proved.stock, now) },
    { title: 'PRICES', align: 'right', cell: ({ proved }) => ageOf(proved.prices, now) },
    { title: 'HELD', align: 'right', cell: ({ held }) => String(held.orders) },
    { title: 'RUNS', align: 'right', cell: ({ held }) => String(held.runs) },
    { title: 'DRIFT', align: 'right', cell: ({ driftLastDay }) => String(driftLastDay) },
    { title: 'LEFT', align: 'right', cell: ({ requests }) => (requests === null ? '–' : `${requests.left}/${requests.perMinute}`) },
    { title: 'WAITING', align: 'right', cell: ({ waitingCommands }) => String(waitingCommands) },
  ];
}

function notesOf({ name, state, standing, problems, notes }: TenantOverview): readonly string[] {
  if (state === 'invalid') return problems.map(({ path, reason }) => `${name} is invalid: ${path}: ${reason}`);
  const trouble = standing.ready || state === 'suspended' ? [] : [`${name} is not ready, ${standing.reason}: ${standing.message}`];
  return [...trouble, ...notes.map((note) => `${name}: ${note}`)];
}

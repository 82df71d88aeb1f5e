import { Command } from 'commander';
import type { LeftAlone, PriceChange, StockChange } from '@kds/sync-orchestrator';
import { ageOf } from '../../screen/durations.js';
import { type Column, tableOf, wrapped } from '../../screen/table.js';
import type { World } from '../../world.js';
import { type Screen, verb } from '../verb.js';
import { loadPlan, type TenantPlan } from './tenant-plan.js';

/** `kds plan` */
export function planCommand(world: World): Command {
  const command = new Command('plan').description('What the next runs of stock and prices would write into KeyCRM, and which SKUs are left alone').argument('<tenant>', 'name of the tenant');
  return verb(command, world, async ({ read }, tenant: string) => {
    const plan = await read((ledger) => loadPlan(ledger, tenant));
    return { json: plan, text: (screen) => textOf(plan, screen) };
  });
}

function textOf({ tenant, mode, read, stock, prices, leftAlone }: TenantPlan, { width, now }: Screen): string {
  const age = (moment: Date | null) => (moment === null ? 'not yet' : `${ageOf(moment, now)} ago`);
  const written = mode === 'shadow' ? 'would be written if it were live' : 'are to be written';
  return [
    ...wrapped(`${tenant} is ${mode}. Read: KeyCRM's catalogue ${age(read.keycrm)}, balances ${age(read.balances)}, prices ${age(read.prices)}.`, width),
    '',
    ...section(`Stock: ${stock.rows} rows ${written}.`, { problem: stock.problem, table: stock.rows === 0 ? '' : tableOf(stockColumns, stock.largest, width), width }),
    ...section(`Prices: ${prices.rows} rows ${written}.`, { problem: prices.problem, table: prices.rows === 0 ? '' : tableOf(priceColumns, prices.largest, width), width }),
    ...section(leftAlone.length === 0 ? 'No SKU is left alone.' : 'Left alone:', { problem: null, table: leftAlone.length === 0 ? '' : tableOf(leftColumns, leftAlone, width), width }),
  ].join('\n');
}

function section(title: string, { problem, table, width }: { readonly problem: { readonly message: string } | null; readonly table: string; readonly width: number }): readonly string[] {
  return [title, ...(problem === null ? [] : wrapped(`It would be held: ${problem.message}`, width)), table];
}

const shown = (value: string | null) => value ?? '–';

const stockColumns: readonly Column<StockChange>[] = [
  { title: 'SKU', wraps: true, cell: ({ sku }) => sku },
  { title: 'WAREHOUSE', align: 'right', cell: ({ warehouseId }) => String(warehouseId) },
  { title: 'KNOWN', align: 'right', cell: ({ known }) => shown(known) },
  { title: 'WANTED', align: 'right', cell: ({ wanted }) => wanted },
];

const priceColumns: readonly Column<PriceChange>[] = [
  { title: 'SKU', wraps: true, cell: ({ sku }) => sku },
  { title: 'PRICE', align: 'right', cell: ({ price }) => shown(price) },
  { title: 'WANTED', align: 'right', cell: ({ wantPrice }) => shown(wantPrice) },
  { title: 'COST', align: 'right', cell: ({ cost }) => shown(cost) },
  { title: 'WANTED', align: 'right', cell: ({ wantCost }) => shown(wantCost) },
];

const leftColumns: readonly Column<LeftAlone>[] = [
  { title: 'WHY', wraps: true, cell: ({ reason }) => reason },
  { title: 'COUNT', align: 'right', cell: ({ count }) => String(count) },
  { title: 'SKUS', wraps: true, cell: ({ skus, count }) => `${skus.join(', ')}${count > skus.length ? ', …' : ''}` },
];

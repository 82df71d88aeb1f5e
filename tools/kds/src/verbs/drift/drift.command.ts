import { Command, Option } from 'commander';
import { ageOf, parseSpan, shortSpan } from '../../screen/durations.js';
import { type Column, tableOf } from '../../screen/table.js';
import type { World } from '../../world.js';
import { type Screen, verb } from '../verb.js';
import { type DriftFound, type DriftReport, type DriftTotal, reportDrift } from './drift-report.js';

interface DriftOptions {
  readonly tenant?: string;
  /** Milliseconds back from now. */
  readonly since: number;
}

/** `kds drift` */
export function driftCommand(world: World): Command {
  const since = new Option('--since <span>', 'how far back').argParser(parseSpan).default(parseSpan('1d'), '1d');
  const command = new Command('drift').description('What was read back from KeyCRM and was not as known: lost writes, edits by hand').option('--tenant <name>', 'of this tenant only').addOption(since);
  return verb(command, world, async ({ read }, { tenant, since: back }: DriftOptions) => {
    const report = await read((ledger) => reportDrift(ledger, { tenant, since: new Date(world.now().getTime() - back) }));
    return { json: report, text: (screen) => textOf(report, screen) };
  });
}

export function textOf({ since, totals, newest }: DriftReport, { width, now }: Screen): string {
  const span = shortSpan(now.getTime() - since.getTime());
  if (totals.length === 0) return `No drift in the last ${span}.\n`;
  const totalColumns: readonly Column<DriftTotal>[] = [
    { title: 'CLASS', cell: (total) => total.class },
    { title: 'FIELD', cell: ({ field }) => field },
    { title: 'COUNT', align: 'right', cell: ({ count }) => String(count) },
    { title: 'SKUS', align: 'right', cell: ({ skus }) => String(skus) },
    { title: 'TENANTS', align: 'right', cell: ({ tenants }) => String(tenants) },
    { title: 'LAST', align: 'right', cell: ({ last }) => ageOf(last, now) },
  ];
  const newestColumns: readonly Column<DriftFound>[] = [
    { title: 'AGO', align: 'right', cell: ({ at }) => ageOf(at, now) },
    { title: 'TENANT', wraps: true, cell: ({ tenant }) => tenant },
    { title: 'SKU', wraps: true, cell: ({ sku }) => sku },
    { title: 'WAREHOUSE', align: 'right', cell: ({ warehouseId }) => String(warehouseId ?? '–') },
    { title: 'FIELD', cell: ({ field }) => field },
    { title: 'KNOWN', align: 'right', cell: ({ expected }) => expected ?? '–' },
    { title: 'FOUND', align: 'right', cell: ({ found }) => found ?? '–' },
    { title: 'CLASS', cell: (row) => row.class },
  ];
  return `Drift of the last ${span}:\n${tableOf(totalColumns, totals, width)}\nThe newest:\n${tableOf(newestColumns, newest, width)}`;
}

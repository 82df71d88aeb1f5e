import { parseArgs } from 'node:util';
import type { LoggedRequest } from '@kds/simulator-kit';
import { type SimulatedShop, statusIds } from '@kds/simulated-shop';
import { until } from '@kds/testing';
import { openBenchWorld } from './open-bench-world.js';

/** What one new order cost: milliseconds from the change of status to the posted document, and the API calls on the way. */
interface Sample {
  readonly total: number;
  readonly calls: readonly LoggedRequest[];
}

const bound = (apiMs: number) => 1.5 * apiMs + 250;
/** A new buyer is looked for by phone, and by its digits in the contact details and beside other numbers; an order document by its key. */
const callBounds: readonly (readonly [what: string, operation: string, most: number])[] = [
  ['look-ups of the person', 'request catalogs.persons', 3],
  ['look-up of the order', 'request documents.saleOrder', 1],
  ['create of the person', 'saveObject catalogs.persons', 1],
  ['save of the order', 'saveObject documents.saleOrder', 1],
];

const { values } = parseArgs({ options: { orders: { type: 'string', default: '20' }, keycrm: { type: 'string', default: '150' }, dilovod: { type: 'string', default: '300' } } });
const latencyMs = { keycrm: Number(values.keycrm), dilovod: Number(values.dilovod) };
const quiet = { stock: { every: '1h' }, prices: { every: '1h', retail: null, cost: 'none' } };

const world = await openBenchWorld({ name: 'bench-shop', goods: [{ sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [1_000, 0] }], latencyMs }, quiet);
try {
  await until(async () => !(await world.busy()), { timeoutMs: 60_000, describe: 'the first reading of everything to end' });
  const samples: Sample[] = [];
  for (let index = 0; index < Number(values.orders); index += 1) samples.push(await measure(world.shop, index));
  process.exitCode = report(samples) ? 0 : 1;
} finally {
  await world.close();
}

async function measure({ keycrm, dilovod }: SimulatedShop, index: number): Promise<Sample> {
  const { id } = keycrm.createOrder({ buyer: { fullName: `Покупець ${index}`, phone: `+38067${2_000_000 + index}` }, lines: [{ sku: 'BRYBPB', quantity: 1 }] });
  await until(async () => !(await world.busy()), { timeoutMs: 30_000, describe: 'the system to be idle' });
  keycrm.clearLog();
  dilovod.clearLog();
  const startedAt = Date.now();
  keycrm.moveStatus({ orderId: id, statusId: statusIds.ordered });
  const saved = await until(() => dilovod.requests().find(({ operation }) => operation === 'saveObject documents.saleOrder'), { describe: `the document of order ${id}` });
  await until(async () => !(await world.busy()), { timeoutMs: 30_000, describe: 'the system to be idle' });
  const onTheWay = [...keycrm.requests(), ...dilovod.requests()].filter(({ operation }) => operation === 'GET /order/{id}' || callBounds.some(([, bounded]) => bounded === operation));
  return { total: Date.parse(saved.at) + saved.durationMs - startedAt, calls: onTheWay };
}

function report(samples: readonly Sample[]): boolean {
  const operations = [...new Set(samples.flatMap(({ calls }) => calls.map(({ operation }) => operation)))];
  console.log(`From a change of status (webhook) to the posted document, ${samples.length} new orders of new buyers, API latencies ${latencyMs.keycrm} ms and ${latencyMs.dilovod} ms:\n`);
  console.log(row('', 'calls/order', 'median ms', 'max ms'));
  for (const operation of operations) {
    const times = samples.flatMap(({ calls }) => calls.filter((call) => call.operation === operation).map(({ durationMs }) => durationMs));
    console.log(row(operation, (times.length / samples.length).toFixed(2), quantile(times, 0.5), quantile(times, 1)));
  }
  const api = samples.map(({ calls }) => calls.reduce((sum, call) => sum + call.durationMs, 0));
  const own = samples.map(({ total }, index) => total - (api[index] ?? 0));
  console.log(row('sum of the API latencies', '', quantile(api, 0.5), quantile(api, 1)));
  console.log(row('our own part', '', quantile(own, 0.5), quantile(own, 1)));
  console.log(row('status change to document', '', quantile(samples.map(({ total }) => total), 0.5), quantile(samples.map(({ total }) => total), 1)));
  console.log(row('bound: 1.5 × API + 250 ms', '', bound(quantile(api, 0.5)), bound(quantile(api, 1))));
  const late = samples.filter(({ total }, index) => total > bound(api[index] ?? 0)).length;
  console.log(`\n${samples.length - late} of ${samples.length} orders within the bound.`);
  const wasteful = callBounds.filter(([, operation, most]) => samples.some(({ calls }) => calls.filter((call) => call.operation === operation).length > most));
  for (const [what, , most] of callBounds) console.log(`At most ${most} ${what} per order: ${wasteful.some(([name]) => name === what) ? 'NO' : 'yes'}.`);
  return late === 0 && wasteful.length === 0;
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

function row(...cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(34) : String(cell).padStart(12))).join('');
}

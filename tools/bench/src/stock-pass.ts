import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { until } from '@kds/testing';
import { openBenchWorld } from './open-bench-world.js';

/** One pass over a large catalogue in which a hundredth of the goods changed: requests to both APIs, and processor time of our three services. */
const { values } = parseArgs({ options: { goods: { type: 'string', default: '10000' }, share: { type: 'string', default: '0.01' } } });
const count = Number(values.goods);
const changed = Math.round(count * Number(values.share));
const sku = (index: number) => `SKU-${String(index).padStart(5, '0')}`;
const goods = Array.from({ length: count }, (_, index) => ({ sku: sku(index), name: `Good ${index}`, price: '100.50', cost: '61.20', stock: [10, 5] as const }));

const world = await openBenchWorld({ name: 'large-shop', goods }, { stock: { every: '1h' }, prices: { every: '1h', retail: { priceType: '1101300000001001' }, cost: 'balance' } });
try {
  console.log(`Reading the catalogue of ${count} goods for the first time …`);
  await until(async () => !(await world.busy()) && world.shop.keycrm.requests().filter(({ operation }) => operation === 'GET /offers/stocks').length >= count / 50, { timeoutMs: 300_000, describe: 'the first reading of everything to end' });
  const { keycrm, dilovod, storages } = world.shop;
  for (const storage of storages) dilovod.receiveRows({ storage, rows: goods.slice(0, changed).map((good) => ({ good: good.sku, qty: 3, cost: '61.20' })) });
  for (const good of goods.slice(0, changed)) dilovod.setPrice({ good: good.sku, price: '101.00' });
  keycrm.clearLog();
  dilovod.clearLog();
  const before = processorSeconds(world.pids);
  const startedAt = Date.now();
  await Promise.all([world.hint('documents.purchase'), world.hint('informationRegisters.goodsPrices')]);
  const written = () => keycrm.requests().filter(({ operation }) => operation.startsWith('PUT'));
  await until(() => written().length >= 3, { timeoutMs: 60_000, describe: 'the writes to both warehouses and of prices' });
  await until(async () => !(await world.busy()), { timeoutMs: 60_000, describe: 'the pass to end' });
  const used = processorSeconds(world.pids);
  const seconds = (Date.now() - startedAt) / 1_000;
  console.log(`\nA pass over ${count} SKUs × 2 warehouses, ${changed} of them changed in stock and price, took ${seconds.toFixed(1)} s:\n`);
  const counts = new Map<string, number>();
  for (const { operation } of [...dilovod.requests(), ...keycrm.requests()]) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  for (const [operation, times] of counts) console.log(`  ${operation.padEnd(34)} ${times}`);
  const total = Object.keys(used).reduce((sum, name) => sum + (used[name] ?? 0) - (before[name] ?? 0), 0);
  for (const name of Object.keys(used)) console.log(`  processor time of ${name.padEnd(16)} ${((used[name] ?? 0) - (before[name] ?? 0)).toFixed(2)} s`);
  const dilovodRequests = dilovod.requests().length;
  console.log(`\nDilovod requests: ${dilovodRequests} (at most 3). Writes to KeyCRM: ${written().length} (at most 3). Processor time: ${total.toFixed(2)} s (at most 1 s).`);
  process.exitCode = dilovodRequests <= 3 && written().length <= 3 && total <= 1 ? 0 : 1;
} finally {
  await world.close();
}

/** User and system seconds by process, from the kernel's own count. */
function processorSeconds(pids: Readonly<Record<string, number>>): Record<string, number> {
  const ticksPerSecond = 100;
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return [name, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond];
    }),
  );
}

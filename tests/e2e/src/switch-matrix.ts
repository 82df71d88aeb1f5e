import { parseArgs } from 'node:util';
import { rm } from 'node:fs/promises';
import { switchNames as dilovodNames, switchTable as dilovodTable } from '@kds/dilovod-simulator';
import { everySwitchPosition } from '@kds/keycrm-simulator';
import { compareWorlds, type ShopOptions, SimulatedShop, statusIds } from '@kds/simulated-shop';
import { openWorld, type World } from './open-world.js';

/** Runs a shop under each position of each switch of both simulators, many shops at once, and prints which end in agreement. */
const goods = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [100, 100] },
  { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [100, 100] },
  { sku: 'MAT-6', name: 'Yoga mat 6 mm', price: '33.33', cost: '10.01', stock: [100, 100] },
] as const;

const { values } = parseArgs({ options: { only: { type: 'string' }, batch: { type: 'string', default: '40' }, patience: { type: 'string', default: '120' } } });

interface Position {
  readonly label: string;
  readonly switches: NonNullable<ShopOptions['switches']>;
}

const positions: readonly Position[] = [
  ...everySwitchPosition().map((keycrm) => ({ label: `KeyCRM ${Object.entries(keycrm)[0]?.join('=')}`, switches: { keycrm } })),
  ...dilovodNames.flatMap((name) => dilovodTable[name].positions.map((position) => ({ label: `Dilovod ${name}=${position}`, switches: { dilovod: { [name]: position } } }))),
].filter(({ label }) => values.only === undefined || label.includes(values.only));

const world = await openWorld({ shops: [], spec: { stock: { every: '20s', keycrmWritesOffAt: 'shipped' }, prices: { every: '30s', retail: { priceType: '1101300000001001' }, cost: 'balance' } } });
const batch = Number(values.batch);
let failures = 0;
for (let start = 0; start < positions.length; start += batch) failures += await runBatch(world, positions.slice(start, start + batch), start);
console.log(`\n${positions.length - failures} positions agree, ${failures} do not`);
await world.close();
process.exit(failures === 0 ? 0 : 1);

async function runBatch({ keycrm, dilovod, stack, writeManifest, ledger }: World, wanted: readonly Position[], start: number): Promise<number> {
  const shops = wanted.map(({ switches }, index) => SimulatedShop.open({ keycrm, dilovod }, { name: `shop-${start + index}`, goods, switches, seed: start + index }));
  for (const shop of shops) {
    const { orders } = shop.spec();
    await writeManifest(shop, { orders: { ...orders, every: '20s' } });
    shop.subscribe(stack.ready.keycrmGateway);
  }
  for (const shop of shops) await day(shop);
  const deadline = Date.now() + Number(values.patience) * 1_000;
  let open = shops.map((shop, index) => ({ shop, label: wanted[index]?.label ?? '' }));
  while (open.length > 0 && Date.now() < deadline) {
    open = open.filter(({ shop, label }) => {
      const agreed = compareWorlds(shop).length === 0;
      if (agreed) console.log(`agrees      ${label}`);
      return !agreed;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  for (const { shop, label } of open) {
    const held = await ledger<{ order_id: string; reason: string; message: string }>(`select order_id, decision, reason, message from orders where tenant = $1 and decision <> 'nothing'`, [shop.name]);
    const runs = await ledger(`select flow, reason from held_runs where tenant = $1`, [shop.name]);
    const lanes = await ledger(`select system, failures, open_reason from lanes where tenant = $1 and open_reason is not null`, [shop.name]);
    console.log(`DISAGREES   ${label}\n            ${JSON.stringify(compareWorlds(shop).slice(0, 6))}\n            held: ${JSON.stringify(held)} ${JSON.stringify(runs)} ${JSON.stringify(lanes)}`);
  }
  await Promise.all(shops.map((shop) => rm(`${world.tenantsDir}/${shop.name}.yaml`)));
  return open.length;
}

/** What happens in one shop: every stage once, discounts of every kind, two warehouses, a change that no webhook tells of. */
async function day(shop: SimulatedShop): Promise<void> {
  const ways: readonly (readonly number[])[] = [
    [statusIds.ordered],
    [statusIds.ordered, statusIds.shipped],
    [statusIds.completed],
    [statusIds.ordered, statusIds.cancelled],
    [statusIds.ordered, statusIds.shipped, statusIds.completed],
    [statusIds.shipped, statusIds.returned],
    [statusIds.ordered, statusIds.cancelled, statusIds.ordered],
  ];
  for (const [index, way] of ways.entries()) {
    const { id } = shop.keycrm.createOrder({
      buyer: { fullName: `Покупець ${index}`, phone: `067 300 00 0${index}` },
      lines: [
        { sku: 'BRYBPB', quantity: 3, warehouseId: 1, discountPercent: index % 2 === 0 ? 7 : null },
        { sku: 'BL-45', quantity: 2, warehouseId: 2, discountAmount: index % 3 === 0 ? '10.50' : null },
        { sku: 'MAT-6', quantity: 3, warehouseId: 1, ...(index === 4 ? { discountPercent: 5, discountAmount: '1.25' } : {}) },
      ],
      discountAmount: index % 2 === 1 ? '13.37' : null,
      discountPercent: index === 2 ? 3 : null,
      shippingPrice: '85.50',
    });
    for (const [step, statusId] of way.entries()) shop.keycrm.moveStatus({ orderId: id, statusId, silently: index === 4 && step > 0 });
  }
}

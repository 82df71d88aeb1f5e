import { seededRandom } from '@kds/simulator-kit';
import { type SimulatedShop, statusIds } from '@kds/simulated-shop';
import { agreement } from './agreement.js';
import { openWorld, type World } from './open-world.js';

const goods = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [9_000, 9_000] },
  { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [9_000, 9_000] },
  { sku: 'MAT-6', name: 'Yoga mat 6 mm', price: '33.33', cost: '10.01', stock: [9_000, 9_000] },
] as const;

const stages = [statusIds.ordered, statusIds.shipped, statusIds.completed, statusIds.cancelled, statusIds.returned];
/** Of the three shops together. */
const orderCount = 201;

/** Every way through one, two or three statuses, and then longer ones at random: `orderCount` in all. */
function journeys(random: () => number): readonly (readonly number[])[] {
  const longer = (ways: readonly (readonly number[])[]) => ways.flatMap((way) => stages.filter((stage) => stage !== way.at(-1)).map((stage) => [...way, stage]));
  const one = stages.map((stage) => [stage]);
  const all = [...one, ...longer(one), ...longer(longer(one))];
  const pick = () => stages[Math.floor(random() * stages.length)] ?? statusIds.ordered;
  while (all.length < orderCount) all.push(Array.from({ length: 4 + Math.floor(random() * 4) }, pick));
  return all.slice(0, orderCount);
}

async function walk(shop: SimulatedShop, way: readonly number[], { index, random }: { readonly index: number; readonly random: () => number }): Promise<void> {
  const { keycrm } = shop;
  const line = () => ({ sku: goods[Math.floor(random() * goods.length)]?.sku, quantity: 1 + Math.floor(random() * 3), warehouseId: 1 + Math.floor(random() * 2), discountPercent: random() < 0.3 ? 7 : null });
  const { id } = keycrm.createOrder({
    buyer: { fullName: `Покупець ${index % 40}`, phone: `+38067${String(1_000_000 + (index % 40))}` },
    lines: Array.from({ length: 1 + Math.floor(random() * 3) }, line),
    discountAmount: random() < 0.3 ? '13.37' : null,
    shippingPrice: random() < 0.5 ? '85.50' : null,
  });
  for (const statusId of way) {
    keycrm.moveStatus({ orderId: id, statusId, silently: random() < 0.1 });
    await new Promise((resolve) => setTimeout(resolve, random() * 1_500));
  }
}

let world: World;
beforeAll(async () => {
  const shop = (name: string, seed: number) => ({ name, goods, seed, latencyMs: { keycrm: 5, dilovod: 5 } });
  world = await openWorld({ shops: [shop('shop-one', 11), shop('shop-two', 22), shop('shop-three', 33)] });
  for (const { keycrm, dilovod } of world.shops) {
    for (const kind of ['lost-after', 'reset-before'] as const) {
      keycrm.addFault({ fault: { kind }, probability: 0.05 });
      dilovod.addFault({ fault: { kind }, probability: 0.05 });
    }
  }
}, 120_000);
afterAll(() => world?.close(), 30_000);

test(
  `A7 A9 A11 E2: ${orderCount} orders of three shops, in every sequence of statuses, with 5 % lost answers and 5 % resets on both APIs, end with exactly the right documents`,
  async () => {
    const all = journeys(seededRandom(7));
    await Promise.all(
      world.shops.map(async (shop, shopIndex) => {
        const random = seededRandom(7 + shopIndex);
        const ways = all.filter((_, index) => index % world.shops.length === shopIndex);
        for (let start = 0; start < ways.length; start += 25) {
          await Promise.all(ways.slice(start, start + 25).map((way, index) => walk(shop, way, { index: start + index, random })));
        }
      }),
    );
    await Promise.all(world.shops.map((shop) => agreement(shop, { timeoutMs: 300_000 })));
  },
  480_000,
);

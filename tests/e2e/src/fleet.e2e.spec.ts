import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SimulatedShop, statusIds } from '@kds/simulated-shop';
import { until } from '@kds/testing';
import { agreement } from './agreement.js';
import { liveDocuments, placeOrders, plenty } from './burst.js';
import { openWorld, type World } from './open-world.js';

let world: World;
let shops: readonly [SimulatedShop, SimulatedShop, SimulatedShop];
beforeAll(async () => {
  const shop = (name: string, seed: number) => ({ name, goods: plenty, seed, latencyMs: { keycrm: 5, dilovod: 30 } });
  world = await openWorld({
    shops: [shop('shop-one', 1), shop('shop-two', 2), shop('shop-three', 3)],
    replicas: { 'sync-orchestrator': 2, 'keycrm-gateway': 3, 'dilovod-gateway': 3 },
  });
  shops = world.shops as unknown as typeof shops;
}, 150_000);
afterAll(() => world?.close(), 30_000);

test('E2 E4: two orchestrators and three of each gateway carry sixty orders of each of three shops, and break no rule of either API', async () => {
  const orders = shops.map((shop) => placeOrders(shop, 60));
  await Promise.all(shops.map((shop) => agreement(shop, { timeoutMs: 120_000 })));
  for (const [index, shop] of shops.entries()) {
    expect((orders[index] ?? []).map((orderId) => liveDocuments(shop, 'saleOrder', orderId).length)).toEqual(Array(60).fill(1));
    expect([...shop.keycrm.violations(), ...shop.dilovod.violations()]).toEqual([]);
  }
}, 180_000);

/** Milliseconds from a new order to its document; the median of some. */
async function orderLatency(shop: SimulatedShop): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    const startedAt = performance.now();
    const [orderId = 0] = placeOrders(shop, 1);
    await until(() => liveDocuments(shop, 'saleOrder', orderId).length === 1, { timeoutMs: 30_000, describe: 'the order document' });
    taken.push(performance.now() - startedAt);
  }
  return taken.sort((a, b) => a - b)[3] ?? Number.NaN;
}

test('E1: ten thousand waiting commands of one client do not slow another\'s orders down', async () => {
  const [flooded, , other] = shops;
  const idle = await orderLatency(other);
  const waiting = () => world.ledger<{ count: string }>(`select count(*) from commands where tenant = $1 and state = 'pending' and subject like 'flood %'`, [flooded.name]);
  for (const [system, command] of [['dilovod', { kind: 'read-goods', articles: ['BRYBPB'] }], ['keycrm', { kind: 'list-stocks', page: 1, skus: ['BRYBPB'] }]] as const) {
    await world.ledger(`insert into commands (tenant, system, kind, subject, priority, payload) select $1, $2, $3, 'flood ' || n, 30, $4 from generate_series(1, 10000) n`, [flooded.name, system, command.kind, JSON.stringify(command)]);
  }
  const busy = await orderLatency(other);
  const ownOrders = await orderLatency(flooded);
  expect(Number((await waiting())[0]?.count)).toBeGreaterThan(10_000);
  await world.ledger(`update commands set state = 'superseded' where tenant = $1 and state = 'pending' and subject like 'flood %'`, [flooded.name]);
  expect({ idle, busy, slower: busy > 2 * idle + 1_000 }).toMatchObject({ slower: false });
  expect({ idle, ownOrders, slower: ownOrders > 2 * idle + 2_000 }).toMatchObject({ slower: false });
}, 120_000);

describe('A6 E3: a manifest that changes counts within seconds, without a restart', () => {
  const soon = { timeoutMs: 15_000 };
  const created = (shop: SimulatedShop, orderId: number, describe: string) => until(() => liveDocuments(shop, 'saleOrder', orderId).length === 1, { ...soon, describe });
  const decided = (shop: SimulatedShop, orderId: number, reason: string) =>
    until(async () => (await world.ledger(`select 1 from orders where tenant = $1 and order_id = $2 and reason like $3`, [shop.name, orderId, reason])).length > 0, { ...soon, describe: `order ${orderId} to be decided as ${reason}` });
  const newStatus = 30;

  test('another status gets a meaning', async () => {
    const [, shop] = shops;
    shop.keycrm.createStatus({ id: newStatus, name: 'Оплачено', groupId: 2 });
    const [orderId = 0] = placeOrders(shop, 1);
    await created(shop, orderId, 'the order document');
    const fresh = shop.keycrm.createOrder({ buyer: { fullName: 'Покупець 1', phone: '+380671000001' }, lines: [{ sku: 'BL-45', quantity: 1 }], statusId: newStatus }).id;
    await decided(shop, fresh, 'status-not-mapped');
    const { orders } = shop.spec();
    await world.writeManifest(shop, { orders: { ...orders, stages: { ...orders.stages, ordered: [statusIds.ordered, newStatus] } } });
    await created(shop, fresh, 'the document of the order in the new status');
    shop.keycrm.moveStatus({ orderId: fresh, statusId: statusIds.ordered });
  }, 60_000);

  test('a suspended client rests, and goes on when it is told to', async () => {
    const [shop, other] = shops;
    await world.writeManifest(shop, { suspend: true });
    const state = async () => (await world.ledger<{ state: string }>(`select state from tenants where name = $1`, [shop.name]))[0]?.state;
    await until(async () => (await state()) === 'suspended', { ...soon, describe: 'the client to be suspended' });
    const [orderId = 0] = placeOrders(shop, 1);
    const [otherId = 0] = placeOrders(other, 1);
    await created(other, otherId, 'the other client\'s order document');
    expect(liveDocuments(shop, 'saleOrder', orderId)).toEqual([]);
    await world.writeManifest(shop);
    await created(shop, orderId, 'the order document after the rest');
  }, 60_000);

  test('in shadow mode an order is decided and nothing written; live again, it is written', async () => {
    const [shop] = shops;
    await world.writeManifest(shop, { mode: 'shadow' });
    await until(async () => (await world.ledger(`select 1 from tenants where name = $1 and spec ->> 'mode' = 'shadow'`, [shop.name])).length > 0, { ...soon, describe: 'shadow mode' });
    const [orderId = 0] = placeOrders(shop, 1);
    await decided(shop, orderId, 'shadow: would save-sale-order%');
    expect(liveDocuments(shop, 'saleOrder', orderId)).toEqual([]);
    await world.writeManifest(shop);
    await created(shop, orderId, 'the order document in live mode');
  }, 60_000);

  test('a manifest that cannot be used stops its client alone, until it is mended', async () => {
    const [shop, other] = shops;
    await writeFile(join(world.tenantsDir, `${shop.name}.yaml`), `${shop.manifest({ mode: 'loud' })}`);
    await until(async () => (await world.ledger(`select 1 from tenants where name = $1 and state = 'invalid'`, [shop.name])).length > 0, { ...soon, describe: 'the client to be told invalid' });
    const [orderId = 0] = placeOrders(shop, 1);
    const [otherId = 0] = placeOrders(other, 1);
    await created(other, otherId, 'the other client\'s order document');
    expect(liveDocuments(shop, 'saleOrder', orderId)).toEqual([]);
    expect(await world.ledger(`select problems -> 0 ->> 'path' as path from tenants where name = $1`, [shop.name])).toEqual([{ path: 'spec.mode' }]);
    await world.writeManifest(shop);
    await created(shop, orderId, 'the order document once the manifest is mended');
  }, 60_000);
});

test('A9 E2: after all that the shops agree and no rule of either API was broken', async () => {
  await Promise.all(shops.map((shop) => agreement(shop, { timeoutMs: 60_000 })));
  expect(shops.flatMap(({ keycrm, dilovod }) => [...keycrm.violations(), ...dilovod.violations()])).toEqual([]);
}, 70_000);

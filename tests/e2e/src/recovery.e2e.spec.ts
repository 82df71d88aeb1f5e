import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { seededRandom } from '@kds/simulator-kit';
import { type SimulatedShop, statusIds } from '@kds/simulated-shop';
import { until } from '@kds/testing';
import { agreement } from './agreement.js';
import { liveDocuments, placeOrders, plenty } from './burst.js';
import { openWorld, type World } from './open-world.js';

const creation = 'saveObject documents.saleOrder';

let world: World;
let shop: SimulatedShop;
beforeAll(async () => {
  world = await openWorld({ shops: [{ name: 'yoga-shop', goods: plenty, latencyMs: { keycrm: 5, dilovod: 40 } }] });
  const [first] = world.shops;
  if (!first) throw new Error('no shop');
  shop = first;
}, 120_000);
afterAll(() => world?.close(), 30_000);

const started = (count: number) => until(() => liveDocuments(shop, 'saleOrder').length >= count, { timeoutMs: 60_000, describe: `${count} order documents in all` });
const documents = () => liveDocuments(shop, 'saleOrder').length;

describe('A9 F2: a Dilovod gateway that is killed while it creates a document', () => {
  test.each([
    ['executed', undefined],
    ['cut before it was executed', 'reset-before'],
  ] as const)('leads to one live document when the request is %s', async (_name, fault) => {
    const before = shop.dilovod.requests().at(-1)?.seq ?? 0;
    if (fault) shop.dilovod.addFault({ fault: { kind: fault }, operation: creation, times: 1 });
    shop.dilovod.setLatency({ ms: 1_500 });
    const [orderId = 0] = placeOrders(shop, 1);
    await until(() => shop.dilovod.executing().some((operation) => operation.startsWith(creation)), { timeoutMs: 40_000, describe: 'the creation to be with Dilovod' });
    world.stack.kill('dilovod-gateway', 'SIGKILL');
    shop.dilovod.setLatency({ ms: 40 });
    await until(() => liveDocuments(shop, 'saleOrder', orderId).length > 0 && shop.dilovod.executing().length === 0, { timeoutMs: 90_000, describe: 'the order document' });
    const looks = () => world.ledger(`select 1 from commands where subject = $1 and kind = 'find-documents' and state = 'done'`, [`order:${orderId}`]);
    await until(async () => (await looks()).length > 0, { timeoutMs: 90_000, describe: 'the look after the doubt' });
    await agreement(shop, { timeoutMs: 90_000 });
    expect(liveDocuments(shop, 'saleOrder', orderId)).toHaveLength(1);
    const creations = shop.dilovod.requests({ since: before }).filter(({ operation }) => operation === creation);
    expect(creations.filter(({ executed }) => executed)).toHaveLength(1);
    expect(creations).toHaveLength(fault ? 2 : 1);
  }, 160_000);
});

test('F2: an orchestrator that is killed at ten random moments of a burst loses nothing and repeats nothing', async () => {
  const random = seededRandom(5);
  const before = documents();
  const orders = placeOrders(shop, 60);
  for (let kill = 0; kill < 10; kill += 1) {
    const pid = world.stack.pids()['sync-orchestrator'];
    const moment = Date.now() + random() * 2_500;
    await until(() => Date.now() >= moment, { describe: 'a random moment' });
    if (kill === 5) for (const orderId of orders.slice(0, 30)) shop.keycrm.moveStatus({ orderId, statusId: statusIds.shipped, silently: true });
    world.stack.kill('sync-orchestrator', 'SIGKILL');
    await until(() => world.stack.pids()['sync-orchestrator'] !== pid, { timeoutMs: 20_000, describe: 'the orchestrator to be started again' });
  }
  await agreement(shop, { timeoutMs: 120_000 });
  expect(documents()).toBe(before + 60);
}, 240_000);

test('F1: a bus that forgets everything in the middle of a burst costs time and nothing else', async () => {
  const before = documents();
  const orders = placeOrders(shop, 40);
  await started(before + 10);
  const connection = await connect({ servers: world.stack.ready.natsUrl });
  const { streams } = await jetstreamManager(connection);
  for await (const { config } of streams.list()) await streams.delete(config.name);
  await connection.close();
  for (const orderId of orders.slice(0, 20)) shop.keycrm.moveStatus({ orderId, statusId: statusIds.shipped });
  await agreement(shop, { timeoutMs: 150_000 });
  expect(documents()).toBe(before + 40);
}, 240_000);

test('F2 E4: everything ended in the middle of a burst and started again goes on with nothing twice', async () => {
  const before = documents();
  const orders = placeOrders(shop, 40);
  await started(before + 5);
  await world.restartStack();
  for (const orderId of orders.slice(0, 20)) shop.keycrm.moveStatus({ orderId, statusId: statusIds.shipped });
  await agreement(shop, { timeoutMs: 120_000 });
  expect(documents()).toBe(before + 40);
}, 200_000);

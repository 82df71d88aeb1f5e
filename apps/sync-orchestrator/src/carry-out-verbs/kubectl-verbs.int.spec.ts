import { itUnless, kubeMissing, startTestKube, startTestServers, type TestKube, type TestServers } from '@kds/testing';
import { KubeWorld } from '../spec-support/kube-world.js';
import { TestLedger } from '../spec-support/test-ledger.js';

const itWithKube = itUnless(kubeMissing());

let servers: TestServers;
let kube: TestKube;
let ledger: TestLedger;
let world: KubeWorld;

beforeAll(async () => {
  if (kubeMissing() !== undefined) return;
  [servers, kube] = await Promise.all([startTestServers(), startTestKube()]);
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  if (kubeMissing() !== undefined) return;
  await ledger.clear();
  world = await KubeWorld.open(kube, ledger);
  await world.create('shop');
  await ledger.execute(`update schedules set due_at = now() + interval '1 hour'`);
});
afterEach(() => world?.close());
afterAll(async () => {
  await ledger?.close();
  await Promise.all([servers?.stop(), kube?.stop()]);
});

/** `kubectl annotate`; null takes an annotation away. */
async function annotate(annotations: Readonly<Record<string, string | null>>): Promise<void> {
  await world.patch('shop', { metadata: { annotations: Object.fromEntries(Object.entries(annotations).map(([verb, value]) => [`kds.io/${verb}`, value])) } });
}

const due = async () => (await ledger.rows<{ flow: string }>(`select flow from schedules where due_at <= clock_timestamp() order by flow`)).map(({ flow }) => flow);

async function handled(): Promise<readonly string[]> {
  await world.report();
  const { handled: verbs = [] } = (await world.shop.read('shop')).status as { handled?: { verb: string; value: string; result: string }[] };
  return verbs.map(({ verb, value, result }) => `${verb} ${value}: ${result}`);
}

async function hold(orderId: number): Promise<void> {
  await ledger.saveOrder('shop', orderId);
  await ledger.execute(`update orders set decision = 'park', reason = 'sku-unknown', message = 'm', decided_at = now(), dirty_since = null where order_id = $1`, [orderId]);
}

describe('annotations', () => {
  for (const [verb, flows] of [['run-orders', ['orders-recent', 'orders-updated']], ['run-stock', ['stock']], ['run-prices', ['prices']], ['run-read-back', ['catalogue']]] as const) {
    itWithKube(`${verb} has ${flows.join(' and ')} due at once, once a value`, async () => {
      await annotate({ [verb]: 'a' });
      expect(await world.carryOut()).toBe(1);
      expect(await due()).toEqual(flows);
      expect(await handled()).toEqual([`${verb} a: due now`]);
      await ledger.execute(`update schedules set due_at = now() + interval '1 hour'`);
      expect(await world.carryOut()).toBe(0);
      expect(await due()).toEqual([]);
      await annotate({ [verb]: 'b' });
      expect(await world.carryOut()).toBe(1);
      expect(await due()).toEqual(flows);
    });
  }

  itWithKube('are carried out once by several instances, and told in an event', async () => {
    await annotate({ 'run-stock': '1', 'run-prices': '1' });
    expect(await world.carryOut(5)).toBe(2);
    await world.report(3);
    const told = (await world.shop.events('shop')).filter(({ reason }) => reason === 'Handled').map(({ message, count }) => `${message} ${count}`);
    expect(told.sort()).toEqual(['kds.io/run-prices: due now 1', 'kds.io/run-stock: due now 1']);
  });

  itWithKube('are not carried out again by an instance that still sees an older value', async () => {
    await annotate({ 'run-stock': 'old' });
    const late = world.objects.all();
    await world.carryOut();
    await annotate({ 'run-stock': 'new' });
    await world.carryOut();
    await ledger.execute(`update schedules set due_at = now() + interval '1 hour'`);
    const stale = { all: () => late, read: (name: string) => world.objects.read(name) };
    expect(await world.carryOut(1, stale)).toBe(0);
    expect(await due()).toEqual([]);
  });

  itWithKube('wait for a suspended tenant, and say so', async () => {
    await world.patch('shop', { spec: { suspend: true } });
    await annotate({ 'run-stock': '1' });
    await world.carryOut();
    expect(await handled()).toEqual(['run-stock 1: due as soon as the tenant is active; it is suspended']);
  });

  itWithKube('release what is held, and say what could not be done', async () => {
    await hold(9051);
    await ledger.execute(`insert into held_runs (tenant, flow, reason, message) values ('shop', 'stock', 'too-many-zeroed', 'm')`);
    await annotate({ release: 'order/9051, stock, prices, nonsense' });
    await world.carryOut();
    expect(await handled()).toEqual([
      'release order/9051, stock, prices, nonsense: order 9051 is released; the stock run is released; The prices run of shop is not held. `kds held list --tenant shop` shows what is.; nonsense: write order/<number>, stock or prices; for an order after its shipment also order/<number>=return or =reverse',
    ]);
    expect(await ledger.rows(`select dirty_since is not null as dirty from orders`)).toEqual([{ dirty: true }]);
    expect(await ledger.rows(`select released_at is not null as released from held_runs`)).toEqual([{ released: true }]);
    expect(await due()).toEqual(['stock']);
    expect(await ledger.rows(`select entry, detail from order_journal`)).toEqual([{ entry: 'released', detail: { by: 'kubectl annotate kds.io/release' } }]);
  });

  itWithKube('say with a release how a shipment is undone', async () => {
    await hold(9051);
    await ledger.execute(`update orders set reason = 'cancelled-after-shipment' where order_id = 9051`);
    await annotate({ release: '9051=return' });
    await world.carryOut();
    expect(await handled()).toEqual(['release 9051=return: order 9051 is released']);
    expect(await ledger.rows(`select released ->> 'as' as how from orders`)).toEqual([{ how: 'return' }]);
  });

  itWithKube('drop what is held; the same again once they were taken away', async () => {
    await hold(9051);
    await annotate({ drop: '9051' });
    await world.carryOut();
    expect(await handled()).toEqual(['drop 9051: order 9051 is dropped']);
    await ledger.execute(`update orders set dropped_essence = null`);
    expect(await world.carryOut()).toBe(0);
    await annotate({ drop: null });
    expect(await world.carryOut()).toBe(0);
    expect(await handled()).toEqual([]);
    await annotate({ drop: '9051' });
    expect(await world.carryOut()).toBe(1);
    expect(await ledger.rows(`select dropped_essence from orders`)).toEqual([{ dropped_essence: 'e' }]);
  });
});

describe('deletion', () => {
  const finalizers = async () => (await world.shop.read('shop')).metadata.finalizers ?? [];

  itWithKube('stops the work, waits for what is under way, and keeps what was done', async () => {
    await world.finishDeletions();
    expect(await finalizers()).toEqual(['kds.io/stop-work']);
    await ledger.saveOrder('shop', 9051);
    await ledger.enqueue({ tenant: 'shop', system: 'dilovod', subject: 'balances', priority: 0, command: { kind: 'read-balances', storages: ['1100700000001001'] } });
    await ledger.enqueue({ tenant: 'shop', system: 'dilovod', subject: 'goods', priority: 0, command: { kind: 'read-goods', articles: null } });
    await ledger.openAccounts();
    const [sent] = await ledger.dispatch();
    if (sent === undefined) throw new Error('nothing was dispatched');

    await world.shop.delete('shop');
    await world.see();
    await world.finishDeletions();
    expect(await ledger.rows(`select name, state from tenants`)).toEqual([{ name: 'shop', state: 'removed' }]);
    expect(await finalizers()).toEqual(['kds.io/stop-work']);

    await ledger.settle(sent, { outcome: 'failed', failure: { code: 'timeout', message: 'm' } });
    expect(await ledger.dispatch()).toEqual([]);
    await world.finishDeletions();
    await expect(world.shop.read('shop')).rejects.toMatchObject({ status: 404 });
    expect(await ledger.rows(`select order_id from orders`)).toHaveLength(1);
    expect(await ledger.rows(`select * from tenant_verbs`)).toEqual([]);
  });

  itWithKube('leaves other finalizers alone, and is final at once where nothing was under way', async () => {
    await world.patch('shop', { metadata: { finalizers: ['example.org/other'] } });
    await world.finishDeletions();
    expect(await finalizers()).toEqual(['example.org/other', 'kds.io/stop-work']);
    await world.shop.delete('shop');
    await world.follow();
    await world.finishDeletions();
    expect(await finalizers()).toEqual(['example.org/other']);
  });

  itWithKube('lets a tenant come back with what the ledger knows of it', async () => {
    await world.finishDeletions();
    await annotate({ 'run-stock': '1' });
    await world.carryOut();
    await ledger.saveOrder('shop', 9051);
    await world.shop.delete('shop');
    await world.follow();
    await world.finishDeletions();
    await world.create('shop');
    expect(await ledger.rows(`select name, state from tenants`)).toEqual([{ name: 'shop', state: 'active' }]);
    expect(await ledger.rows(`select order_id from orders`)).toHaveLength(1);
    expect(await handled()).toEqual([]);
  });
});

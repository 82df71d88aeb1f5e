import { itUnless, kubeMissing, startTestKube, startTestServers, type TestKube, type TestServers } from '@kds/testing';
import { KubeWorld } from '../spec-support/kube-world.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { testSpec as tenantSpec } from '../spec-support/test-order.js';

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
});
afterEach(() => world?.close());
afterAll(async () => {
  await ledger?.close();
  await Promise.all([servers?.stop(), kube?.stop()]);
});

interface Shown {
  readonly observedGeneration: number;
  readonly reportedAt: string;
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string; readonly message: string; readonly lastTransitionTime: string; readonly observedGeneration: number }[];
  readonly held: object;
}

async function status(name = 'shop'): Promise<Shown> {
  return (await world.shop.read(name)).status as Shown;
}

/** As `kubectl wait --for=condition` sees it: what it says of the present generation. */
async function conditions(name = 'shop'): Promise<Readonly<Record<string, string>>> {
  const { metadata } = await world.shop.read(name);
  const shown = await status(name);
  expect(shown.observedGeneration).toBe(metadata.generation);
  return Object.fromEntries(shown.conditions.map((condition) => [condition.type, `${condition.status} ${condition.reason}`]));
}

const events = async (name = 'shop') => (await world.shop.events(name)).map(({ type, reason, count }) => `${type} ${reason} ${count}`);

async function prove(): Promise<void> {
  await ledger.execute(`update schedules set proved_at = now() where flow in ('orders-updated', 'stock', 'prices')`);
}

const bad = { timeZone: 'Europe/Kiyv' };

describe('the status of a Tenant', () => {
  itWithKube('follows it from its start to being in step, with the times of the transitions', async () => {
    await world.create('shop');
    await world.report();
    expect(await conditions()).toEqual({ Ready: 'False Starting', Reconciling: 'True Starting', Stalled: 'False Starting' });
    const started = (await status()).conditions;
    await prove();
    await world.report();
    expect(await conditions()).toEqual({ Ready: 'True InStep', Reconciling: 'False InStep', Stalled: 'False InStep' });
    const [ready, reconciling, stalled] = (await status()).conditions;
    expect(Date.parse(ready?.lastTransitionTime ?? '')).toBeGreaterThan(Date.parse(started[0]?.lastTransitionTime ?? ''));
    expect(reconciling?.lastTransitionTime).not.toBe(started[1]?.lastTransitionTime);
    expect(stalled?.lastTransitionTime).toBe(started[2]?.lastTransitionTime);
    expect(await events()).toEqual(['Normal Ready 1']);
  });

  itWithKube('says nothing of a manifest before the ledger has taken it over', async () => {
    await world.create('shop');
    await prove();
    await world.report();
    await world.shop.patch('shop', { spec: { suspend: true } });
    await world.see();
    await ledger.execute(`insert into drift (tenant, sku, field, class) values ('shop', 'A', 'price', 'lost-write')`);
    await world.reportUnfollowed();
    expect(await status()).toMatchObject({ observedGeneration: 1, drift: 0, conditions: [{ reason: 'InStep' }, {}, {}] });
    await world.report();
    expect(await conditions()).toMatchObject({ Ready: 'False Suspended', Stalled: 'False Suspended' });
    expect((await status()).observedGeneration).toBe(2);
  });

  itWithKube('tells what is wrong with a manifest that only the services can judge, and that it was mended', async () => {
    await world.create('shop', bad);
    await world.report();
    expect(await conditions()).toEqual({ Ready: 'False InvalidManifest', Reconciling: 'False InvalidManifest', Stalled: 'True InvalidManifest' });
    expect((await status()).conditions[0]?.message).toMatch(/^spec.timeZone: write an IANA/);
    await world.patch('shop', { spec: { timeZone: 'Europe/Kyiv' } });
    await prove();
    await world.report();
    expect(await conditions()).toMatchObject({ Ready: 'True InStep' });
    await world.patch('shop', { spec: bad });
    await world.report();
    expect((await events()).sort()).toEqual(['Normal Ready 1', 'Warning InvalidManifest 2']);
  });

  itWithKube('names a rejected key and an outage, once a cause, and what is held', async () => {
    await world.create('shop');
    await prove();
    await world.report();
    await ledger.execute(`update lanes set failures = 1, open_reason = 'bad-key' where system = 'dilovod'`);
    for (const [id, reason] of [[7, 'sku-unknown'], [5, 'sku-unknown'], [9, 'no-lines']] as const) {
      await ledger.saveOrder('shop', id);
      await ledger.execute(`update orders set decision = 'park', reason = $2, message = 'Create it.', decided_at = now() where order_id = $1`, [id, reason]);
    }
    await ledger.execute(`update orders set refusals = '[{"code":"x","message":"Олена"}]', message = 'Олена' where order_id = 9`);
    await ledger.execute(`insert into held_runs (tenant, flow, reason, message) values ('shop', 'stock', 'too-many-zeroed', 'Eight of ten.')`);
    await ledger.execute(`insert into drift (tenant, sku, field, class) values ('shop', 'A', 'price', 'lost-write'), ('shop', 'B', 'price', 'lost-write')`);
    for (let turn = 0; turn < 3; turn += 1) await world.report();
    expect(await conditions()).toMatchObject({ Ready: 'False KeyRejected', Stalled: 'True KeyRejected' });
    expect((await status()).conditions[0]?.message).toContain('Dilovod refuses the key dilovod of the Secret keys');
    expect((await status()).held).toEqual({
      items: 4,
      orders: [{ reason: 'sku-unknown', count: 2, first: '5', message: 'Create it.' }, { reason: 'no-lines', count: 1, first: '9' }],
      runs: [{ flow: 'stock', reason: 'too-many-zeroed', message: 'Eight of ten.' }],
    });
    expect((await events()).sort()).toEqual(['Normal Ready 1', 'Warning DriftFound 1', 'Warning KeyRejected 1', 'Warning OrdersHeld 1', 'Warning OrdersHeld 1', 'Warning RunHeld 1']);

    await ledger.execute(`update lanes set failures = 0`);
    await ledger.execute(`update orders set decision = 'nothing' where order_id in (5, 7)`);
    await ledger.execute(`delete from held_runs`);
    await world.report();
    expect(await conditions()).toMatchObject({ Ready: 'True InStep', Stalled: 'False InStep' });
    expect(await events()).toEqual(expect.arrayContaining(['Normal Ready 2', 'Normal OrdersGo 1', 'Normal RunGoes 1']));
  });

  itWithKube('is shown in columns', async () => {
    await world.create('shop', { pool: 'big' });
    await world.create('broken', bad);
    await prove();
    await ledger.execute(`insert into held_runs (tenant, flow, reason, message) values ('shop', 'stock', 'too-many-zeroed', 'Eight of ten.')`);
    await world.report();
    const [broken, shop] = [...(await world.shop.columns())].sort((a, b) => String(a['Name']).localeCompare(String(b['Name'])));
    expect(Object.keys(shop ?? {})).toEqual(['Name', 'Mode', 'Ready', 'Reason', 'Orders', 'Stock', 'Prices', 'Held', 'Drift', 'Age', 'Pool', 'Left', 'Message']);
    expect(shop).toMatchObject({ Name: 'shop', Mode: 'live', Ready: 'True', Reason: 'InStep', Held: 1, Drift: 0, Pool: 'big', Left: 60, Message: expect.stringContaining('proved') });
    for (const flow of ['Orders', 'Stock', 'Prices']) expect(shop?.[flow]).toMatch(/^\d+s$|^<invalid>$/);
    expect(broken).toMatchObject({ Name: 'broken', Ready: 'False', Reason: 'InvalidManifest', Orders: null, Message: expect.stringMatching(/^spec.timeZone/) });
  });

  itWithKube('is written once by several instances, and not again while nothing changes', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => world.shop.create({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: `shop-${index}` }, spec: tenantSpec })));
    await world.follow();
    await prove();
    await world.report(3);
    const versions = async () => Promise.all(Array.from({ length: 12 }, async (_, index) => (await world.shop.read(`shop-${index}`)).metadata.resourceVersion));
    const written = await versions();
    await world.report(3);
    await ledger.execute(`update schedules set proved_at = now() + interval '1 second'`);
    await world.report(3);
    expect(await versions()).toEqual(written);
    for (let index = 0; index < 12; index += 1) expect(await events(`shop-${index}`)).toEqual(['Normal Ready 1']);
  });
});

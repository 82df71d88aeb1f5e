import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prometheusPrograms } from '@kds/embedded';
import { SERVICES } from '@kds/kds';
import { type SimulatedShop, statusIds } from '@kds/simulated-shop';
import type { TenantCondition, TenantStatus } from '@kds/tenancy';
import { itUnless, kubeMissing, startTestKube, TenantNamespace, type TestKube, until } from '@kds/testing';
import { parseAllDocuments } from 'yaml';
import { liveDocuments, plenty } from './burst.js';
import { openWorld, type World } from './open-world.js';
import { type Watch, watchWithPrometheus } from './watch-with-prometheus.js';

const workspace = join(import.meta.dirname, '..', '..', '..');
const programs = await prometheusPrograms(process.env);
const itWithKube = itUnless(kubeMissing());
const itWithAlarms = itUnless(kubeMissing() ?? (typeof programs === 'string' ? programs : undefined));

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface ExampleTenant extends Manifest {
  readonly spec: { readonly keycrm: object; readonly dilovod: { readonly apiKeyRef: object } };
}

let kube: TestKube;
let cluster: TenantNamespace;
let world: World;
let watch: Watch | undefined;
let yoga: SimulatedShop;
let tea: SimulatedShop;

beforeAll(async () => {
  if (kubeMissing() !== undefined) return;
  kube = await startTestKube();
  cluster = await TenantNamespace.open(kube);
  const shop = (name: string, seed: number) => ({ name, goods: plenty, seed, latencyMs: { keycrm: 5, dilovod: 20 } });
  world = await openWorld({ shops: [shop('yoga-shop', 1), shop('tea-shop', 2)], serviceEnv: await accountsOfServices(), webhooks: false });
  [yoga, tea] = world.shops as unknown as [SimulatedShop, SimulatedShop];
  // An alarm must hold for two seconds here; by itself it waits for minutes, so that people are not called for what passes.
  if (typeof programs !== 'string') watch = await watchWithPrometheus(programs.prometheus, world.stack, { holdsFor: '2s' });
}, 150_000);
afterAll(async () => {
  await watch?.stop();
  await world?.close();
  await kube?.stop();
}, 60_000);

/** Each service takes its tenants from the namespace, with the rights of its own Role and no other. */
async function accountsOfServices() {
  const accounts = SERVICES.map(async (service) => {
    const role = (await readYaml<Manifest & { readonly rules: readonly object[] }>('k8s', 'base', service, 'access.yaml')).find(({ kind }) => kind === 'Role');
    return [service, { KDS_TENANTS_SOURCE: 'kubernetes', KDS_NAMESPACE: cluster.name, KUBECONFIG: await kube.serviceAccount(cluster.name, role?.rules ?? []) }] as const;
  });
  return Object.fromEntries(await Promise.all(accounts));
}

async function readYaml<Document>(...path: readonly string[]): Promise<readonly Document[]> {
  return parseAllDocuments(await readFile(join(workspace, ...path), 'utf8')).map((document) => document.toJS() as Document);
}

/** The Tenant of the README's example, with what is this shop's own filled in. The mode is left out, as there. */
async function manifestOf(shop: SimulatedShop): Promise<object> {
  const example = (await readYaml<ExampleTenant>('k8s', 'examples', 'two-shops.yaml')).find(({ metadata }) => metadata.name === shop.name);
  if (example === undefined) throw new Error(`the example has no ${shop.name}`);
  const { mode: _, keycrm, dilovod: { webhookTokenRef: __, ...dilovod }, orders, ...spec } = shop.spec();
  return {
    ...example,
    spec: {
      ...spec,
      keycrm: { ...example.spec.keycrm, baseUrl: keycrm.baseUrl, requestsPerMinute: keycrm.requestsPerMinute },
      dilovod: { ...dilovod, apiKeyRef: example.spec.dilovod.apiKeyRef },
      orders: { ...orders, cancelAfterShipment: 'review' },
    },
  };
}

const keysOf = ({ name, keycrm, webhookToken }: SimulatedShop) => ({ 'keycrm-api-key': keycrm.apiKey, 'keycrm-webhook-token': webhookToken, 'dilovod-api-key': `${name}-dilovod-key` });
const statusOf = async ({ name }: SimulatedShop) => (await cluster.read(name)).status as TenantStatus;
const rowOf = async ({ name }: SimulatedShop) => (await cluster.columns()).find(({ Name }) => Name === name);
const keyAlarms = async () => (await watch?.rules())?.find(({ name }) => name === 'KdsKeyRejected')?.alerts ?? [];

interface Wanted {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly withinMs?: number;
}

/** As `kubectl wait --for=condition=Ready` does it: only a condition that speaks of the manifest as it is now counts. */
async function standing(shop: SimulatedShop, { withinMs = 100_000, ...wanted }: Wanted): Promise<TenantCondition> {
  return until(
    async () => {
      const { metadata, status } = await cluster.read(shop.name);
      const ready = (status as TenantStatus | undefined)?.conditions.find(({ type }) => type === 'Ready');
      if (ready?.status === wanted.status && ready.reason === wanted.reason && ready.observedGeneration === metadata.generation) return ready;
      throw new Error(`generation ${metadata.generation}, ${JSON.stringify(ready)}`);
    },
    { timeoutMs: withinMs, describe: `${shop.name} to be Ready=${wanted.status}, ${wanted.reason}` },
  );
}

/** An event comes a moment after the status that it is about. */
function warned({ name }: SimulatedShop, wanted: string, words: string): Promise<unknown> {
  const holds = async () => (await cluster.events(name)).some(({ type, reason, message }) => type === 'Warning' && reason === wanted && message.includes(words));
  return until(holds, { timeoutMs: 30_000, describe: `the event ${wanted} of ${name}` });
}

function order({ keycrm }: SimulatedShop, statusId: number = statusIds.ordered): number {
  return keycrm.createOrder({ buyer: { fullName: 'Олена Коваль', phone: '067 123 45 67' }, lines: [{ sku: 'BRYBPB', quantity: 2, warehouseId: 1 }], statusId }).id;
}

const documented = (shop: SimulatedShop, orderId: number, type: 'saleOrder' | 'sale' = 'saleOrder') =>
  until(() => liveDocuments(shop, type, orderId)[0], { timeoutMs: 60_000, describe: `the ${type} of order ${orderId} of ${shop.name}` });

describe('a new engineer, from the README alone,', () => {
  const ready = { status: 'True', reason: 'InStep' } as const;
  let heldOrder: number;

  it('finds there every command of this test', async () => {
    const readme = await readFile(join(workspace, 'README.md'), 'utf8');
    const commands = [
      'kubectl create secret generic yoga-shop-keys --from-literal=keycrm-api-key=… --from-literal=keycrm-webhook-token=… --from-literal=dilovod-api-key=…',
      'kubectl apply -f k8s/examples/two-shops.yaml', 'kubectl wait --for=condition=Ready tenant --all', 'kubectl get tenants', 'kubectl edit tn yoga-shop',
      'kubectl describe tn yoga-shop', 'kubectl edit secret yoga-shop-keys', './kds held show', './kds order show', 'kds.io/release=order/9051=return', 'kubectl delete tn yoga-shop',
    ];
    expect(commands.filter((command) => !readme.includes(command))).toEqual([]);
  });

  itWithKube('E3: applies two clients with their keys; a mistake is refused with its path, and both become ready in shadow mode', async () => {
    const [yogaManifest, teaManifest] = [await manifestOf(yoga), await manifestOf(tea)];
    await expect(cluster.create({ ...yogaManifest, spec: { ...(yogaManifest as ExampleTenant).spec, mode: 'alive' } })).rejects.toThrow(/spec\.mode: .*"shadow", "pilot", "live"/);
    for (const shop of [yoga, tea]) await cluster.putSecret(`${shop.name}-keys`, keysOf(shop));
    for (const manifest of [yogaManifest, teaManifest]) await cluster.create(manifest);
    for (const shop of [yoga, tea]) expect((await standing(shop, ready)).message).toContain('nothing is written in shadow mode');
  }, 210_000);

  itWithKube('E3: has them work, and sees who stands how in a row each', async () => {
    for (const shop of [yoga, tea]) await cluster.patch(shop.name, { spec: { mode: 'live' } });
    for (const shop of [yoga, tea]) await standing(shop, ready);
    const proved = expect.stringMatching(/^\d+[sm]/) as unknown;
    for (const shop of [yoga, tea]) expect(await rowOf(shop)).toMatchObject({ Mode: 'live', Ready: 'True', Reason: 'InStep', Orders: proved, Stock: proved, Prices: proved, Held: 0, Drift: 0, Pool: 'shared' });
  }, 210_000);

  itWithKube('A1 E3: sees an order become a document: one that a webhook tells of, and one of a client without', async () => {
    yoga.subscribe(world.stack.ready);
    const [told, polled] = [order(yoga), order(tea)];
    await documented(yoga, told);
    await documented(tea, polled);
  }, 130_000);

  itWithKube('E1 E3: breaks the key of one client, and is told what to do; the other goes on as if nothing were', async () => {
    const before = await standing(yoga, ready);
    await cluster.putSecret('tea-shop-keys', { ...keysOf(tea), 'keycrm-api-key': 'mistyped' });
    const { message } = await standing(tea, { status: 'False', reason: 'KeyRejected' });
    expect(message).toBe('KeyCRM refuses the key keycrm-api-key of the Secret tea-shop-keys: put a valid one there; it is tried every minute');
    expect(await rowOf(tea)).toMatchObject({ Ready: 'False', Reason: 'KeyRejected', Message: message });
    expect((await statusOf(tea)).conditions).toContainEqual(expect.objectContaining({ type: 'Stalled', status: 'True' }));
    await warned(tea, 'KeyRejected', message);
    await documented(yoga, order(yoga));
    expect(await standing(yoga, ready)).toEqual(before);
  }, 180_000);

  itWithAlarms('E5: is called by one alarm, for this client alone, which leads to what to do', async () => {
    const [alarm, ...others] = await until(async () => {
      const alarms = await keyAlarms();
      return alarms.length > 0 && alarms.every(({ state }) => state === 'firing') ? alarms : undefined;
    }, { timeoutMs: 60_000, describe: 'the alarm' });
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ labels: { tenant: 'tea-shop', system: 'keycrm' }, annotations: { summary: 'keycrm rejects the key of tea-shop' } });
    expect(await readFile(join(workspace, alarm?.annotations['runbook_url'] ?? ''), 'utf8')).toContain('kubectl create secret generic <name>');
  }, 80_000);

  itWithKube('E1 E3: puts the right key back, and the client goes on with what came meanwhile', async () => {
    const missed = order(tea);
    await cluster.putSecret('tea-shop-keys', keysOf(tea));
    await standing(tea, { ...ready, withinMs: 30_000 }); // a lane rests for a minute because of its key
    await documented(tea, missed);
    if (watch !== undefined) await until(async () => (await keyAlarms()).length === 0, { timeoutMs: 60_000, describe: 'the alarm to end' });
  }, 240_000);

  itWithKube('A4 E3 E6 E7: finds why an order is held', async () => {
    heldOrder = order(yoga, statusIds.shipped);
    await documented(yoga, heldOrder, 'sale');
    yoga.keycrm.moveStatus({ orderId: heldOrder, statusId: statusIds.cancelled });
    const [held] = await until(async () => {
      const { orders } = (await statusOf(yoga)).held;
      return orders.length > 0 ? orders : undefined;
    }, { timeoutMs: 60_000, describe: 'the order to be held' });
    expect(held).toEqual({ reason: 'cancelled-after-shipment', count: 1, first: String(heldOrder), message: expect.stringContaining('«return» if they come back') as unknown });
    expect(await rowOf(yoga)).toMatchObject({ Ready: 'True', Held: 1 });
    await warned(yoga, 'OrdersHeld', `order ${heldOrder}`);
    expect(await world.kds('held', 'show', 'yoga-shop', String(heldOrder))).toMatch(/is held .*\(cancelled-after-shipment\)[^]*«return»/);
    expect(await world.kds('order', 'show', 'yoga-shop', String(heldOrder))).toMatch(/held \(cancelled-after-shipment\)[^]*«return»[^]*Dilovod holds: order .*; shipment /);
  }, 140_000);

  itWithKube('A4 E3 E7: releases it with an annotation: that is acknowledged, and the return stands in Dilovod', async () => {
    const release = `order/${heldOrder}=return`;
    await cluster.patch('yoga-shop', { metadata: { annotations: { 'kds.io/release': release } } });
    const returns = () => yoga.dilovod.documents({ type: 'documents.saleReturn' });
    await until(() => returns().length > 0, { timeoutMs: 60_000, describe: 'the return' });
    expect(returns()).toMatchObject([{ posted: true, delMark: false, remark: `KeyCRM #${heldOrder}`, rows: [{ qty: '2.000', amountCur: '1780.00' }] }]);
    await until(() => liveDocuments(yoga, 'saleOrder', heldOrder).length === 0, { timeoutMs: 60_000, describe: 'the order document to be marked' });
    await until(async () => (await statusOf(yoga)).handled.some(({ verb, value, result }) => verb === 'release' && value === release && result === `order ${heldOrder} is released`), { timeoutMs: 30_000, describe: 'status.handled' });
    await until(async () => (await rowOf(yoga))?.['Held'] === 0, { timeoutMs: 60_000, describe: 'nothing to be held' });
  }, 220_000);

  itWithKube('E3: lets a client go; its documents stay, and so does the other client', async () => {
    expect((await cluster.read('yoga-shop')).metadata.finalizers).toEqual(['kds.io/stop-work']);
    const before = yoga.dilovod.documents();
    await cluster.delete('yoga-shop');
    await until(async () => (await cluster.columns()).length === 1, { timeoutMs: 60_000, describe: 'the Tenant to be gone' });
    expect(yoga.dilovod.documents()).toEqual(before);
    await documented(tea, order(tea));
    expect(await world.ledger(`select name, state from tenants order by name`)).toEqual([{ name: 'tea-shop', state: 'active' }, { name: 'yoga-shop', state: 'removed' }]);
    await standing(tea, ready);
  }, 240_000);
});

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatedShop } from '@kds/simulated-shop';
import { until } from '@kds/testing';
import { liveDocuments, placeOrders, plenty } from './burst.js';
import { openWorld, type World } from './open-world.js';

let world: World;
let shops: Readonly<Record<'owner' | 'guest' | 'visitor' | 'busy' | 'twin' | 'crowded', SimulatedShop>>;
/** A second firm in the owner's base. */
let otherFirm: string;

const soon = { timeoutMs: 20_000 };
const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000));
const names = ['owner', 'guest', 'visitor', 'busy', 'twin', 'crowded'] as const;

/** One shop keeps its books in another's base, with a Secret of its own that holds the same key. */
async function moveInto(
  guest: SimulatedShop,
  owner: SimulatedShop,
  { firm, baseUrl = owner.spec().dilovod.baseUrl }: { readonly firm: string; readonly baseUrl?: string },
): Promise<void> {
  const { warehouses, orders, dilovod } = owner.spec();
  const { apiKeyRef, webhookTokenRef } = guest.spec().dilovod;
  const manifest = guest.manifest({
    dilovod: { ...dilovod, apiKeyRef, webhookTokenRef, firm, baseUrl },
    warehouses,
    orders,
  });
  await writeFile(
    join(world.tenantsDir, `${guest.name}.yaml`),
    manifest.replace(`${guest.name}-dilovod-key`, `${owner.name}-dilovod-key`),
  );
}

/** Enough that reading them back takes a good part of a minute's requests. */
const many = [
  ...plenty,
  ...Array.from({ length: 600 }, (_, index) => ({
    sku: `MANY-${index}`,
    name: `Товар ${index}`,
    price: '10',
    cost: '5',
    stock: [9, 9] as const,
  })),
];

const lanesOf = async (system: string) =>
  (
    JSON.parse(await world.kds('lanes', '--json')) as {
      tenant: string;
      system: string;
      account: string | null;
      perMinute: number | null;
      declaredPerMinute: number | null;
    }[]
  ).filter((lane) => lane.system === system);
const tenantNamed = async (name: string) =>
  (
    JSON.parse(await world.kds('tenants', '--json')) as {
      name: string;
      state: string;
      standing: { ready: boolean; reason: string; message: string };
      problems: { path: string; reason: string }[];
      notes: string[];
    }[]
  ).find((tenant) => tenant.name === name);
const accountOf = async ({ name }: SimulatedShop, system: string) =>
  (await lanesOf(system)).find(({ tenant }) => tenant === name)?.account;

function documentsOf(base: SimulatedShop, { firm, orderId }: { readonly firm: string; readonly orderId: number }) {
  return liveDocuments(base, 'saleOrder', orderId).filter(({ header }) => header['firm'] === firm);
}

const blockedIn = ({ dilovod }: SimulatedShop) =>
  dilovod.requests().filter(({ answer }) => JSON.stringify(answer ?? '').includes('multithread'));

beforeAll(async () => {
  const limits: Partial<Record<(typeof names)[number], number>> = { busy: 20, twin: 20, crowded: 60 };
  world = await openWorld({
    shops: names.map((name, index) => ({
      name: `${name}-shop`,
      goods: name === 'crowded' ? many : plenty,
      seed: index + 1,
      latencyMs: { keycrm: 5, dilovod: 30 },
      ...(limits[name] === undefined ? {} : { requestsPerMinute: limits[name] }),
    })),
    replicas: { 'sync-orchestrator': 2, 'dilovod-gateway': 2 },
  });
  shops = Object.fromEntries(names.map((name, index) => [name, world.shops[index]])) as unknown as typeof shops;
  otherFirm = shops.owner.dilovod.createFirm({ name: 'Друга фірма' });
}, 150_000);
afterAll(() => world?.close(), 30_000);

test('E8 E2: two firms of one base have one request at a time between them, and both get their orders', async () => {
  const { owner, guest } = shops;
  const { firm, baseUrl } = owner.spec().dilovod;
  await moveInto(guest, owner, { firm: otherFirm, baseUrl: `${baseUrl}/api/` });
  await until(async () => (await accountOf(guest, 'dilovod')) === (await accountOf(owner, 'dilovod')), {
    ...soon,
    describe: 'the two keys to be known as one',
  });
  const [ofOwner, ofGuest] = [placeOrders(owner, 25), placeOrders(guest, 25)];
  const made = () => [
    ...ofOwner.map((orderId) => documentsOf(owner, { firm, orderId })),
    ...ofGuest.map((orderId) => documentsOf(owner, { firm: otherFirm, orderId })),
  ];
  await until(() => made().every((documents) => documents.length === 1), {
    timeoutMs: 90_000,
    describe: 'one order document for each order of both',
  });
  expect(blockedIn(owner)).toEqual([]);
  expect(owner.dilovod.violations().filter(({ rule }) => rule === 'concurrent')).toEqual([]);
}, 150_000);

test('E8: of two tenants on one firm the later is refused, each is named, until the cause is gone', async () => {
  const { owner, visitor } = shops;
  await moveInto(visitor, owner, { firm: owner.spec().dilovod.firm });
  await until(async () => (await tenantNamed(visitor.name))?.standing.reason === 'FirmTaken', {
    ...soon,
    describe: 'the later to be refused',
  });
  const [orderId = 0] = placeOrders(visitor, 1);
  await seconds(6);
  const asked = visitor.keycrm.requests().length;
  await seconds(6);
  expect(visitor.keycrm.requests()).toHaveLength(asked);
  expect(await tenantNamed(visitor.name)).toMatchObject({
    state: 'invalid',
    problems: [{ path: 'spec.dilovod.firm', reason: expect.stringContaining(owner.name) }],
  });
  expect((await tenantNamed(owner.name))?.notes.join(' ')).toContain(visitor.name);
  expect(
    world.log.some(
      (record) => record.includes('is not served') && record.includes(visitor.name) && record.includes(owner.name),
    ),
  ).toBe(true);
  await world.writeManifest(visitor);
  await until(() => liveDocuments(visitor, 'saleOrder', orderId).length === 1, {
    ...soon,
    describe: 'the order of the later in its own base',
  });
  expect((await tenantNamed(owner.name))?.notes).toEqual([]);
}, 90_000);

test('E8 E2: two tenants on one KeyCRM key keep its requests a minute together', async () => {
  const { busy, twin } = shops;
  const manifest = twin.manifest({ keycrm: { ...twin.spec().keycrm } });
  await writeFile(
    join(world.tenantsDir, `${twin.name}.yaml`),
    manifest.replace(`${twin.name}-keycrm-key`, `${busy.name}-keycrm-key`),
  );
  await until(async () => (await accountOf(twin, 'keycrm')) === (await accountOf(busy, 'keycrm')), {
    ...soon,
    describe: 'the two keys to be known as one',
  });
  const before = busy.keycrm.requests().length;
  await seconds(75);
  expect(busy.keycrm.requests().length - before).toBeGreaterThan(15);
  expect(busy.keycrm.violations().filter(({ rule }) => rule === 'throttled')).toEqual([]);
  await rm(join(world.tenantsDir, `${twin.name}.yaml`));
}, 150_000);

test('K8 E8: while another program uses the key, live orders go on with small waits, and it is said', async () => {
  const { crowded } = shops;
  crowded.keycrm.useKeyElsewhere({ requestsPerMinute: 40 });
  const waits: number[] = [];
  try {
    await until(() => crowded.keycrm.requests().some(({ status }) => status === 429), {
      timeoutMs: 120_000,
      everyMs: 500,
      describe: 'the limit to be used up',
    });
    // What was sent before it was known that others use the key fills a minute.
    await seconds(60);
    for (let time = 0; time < 8; time += 1) {
      const startedAt = performance.now();
      const [orderId = 0] = placeOrders(crowded, 1);
      await until(() => liveDocuments(crowded, 'saleOrder', orderId).length === 1, {
        timeoutMs: 60_000,
        describe: 'the order document',
      });
      waits.push(Math.round((performance.now() - startedAt) / 1_000));
      await seconds(6);
    }
    const lane = (await lanesOf('keycrm')).find(({ tenant }) => tenant === crowded.name);
    expect(lane?.declaredPerMinute).toBe(60);
    expect(lane?.perMinute).toBeLessThan(60);
    expect((await tenantNamed(crowded.name))?.notes.join(' ')).toContain('limit-shared');
    expect({ waits, small: waits.every((wait) => wait < 12) }).toMatchObject({ small: true });
  } finally {
    crowded.keycrm.useKeyElsewhere({ requestsPerMinute: 0 });
  }
}, 400_000);

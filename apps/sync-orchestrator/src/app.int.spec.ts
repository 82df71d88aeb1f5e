import { NestFactory } from '@nestjs/core';
import { Bus } from '@kds/messaging';
import { createLogger } from '@kds/observability';
import { openDatabase } from '@kds/persistence';
import { openTenantSource } from '@kds/tenancy';
import { freshDatabase, itUnless, kubeMissing, startTestKube, startTestServers, TenantNamespace, type TestKube, type TestServers, until } from '@kds/testing';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { Jobs } from './jobs.js';
import { OrchestratorMetrics } from './measure-ledger/orchestrator-metrics.js';
import { migrations } from './migrations/index.js';
import { testSpec } from './spec-support/test-order.js';

/** All that the orchestrator's Role has to permit. It never sees a Secret. */
const rules = [
  { apiGroups: ['kds.io'], resources: ['tenants'], verbs: ['get', 'list', 'watch', 'patch'] },
  { apiGroups: ['kds.io'], resources: ['tenants/status'], verbs: ['update'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'get', 'patch'] },
];

const logger = createLogger({ service: 'test', level: 'silent' });
const itWithKube = itUnless(kubeMissing());

let servers: TestServers;
let kube: TestKube;
let stop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  if (kubeMissing() === undefined) [servers, kube] = await Promise.all([startTestServers(), startTestKube()]);
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
});
afterAll(() => Promise.all([servers?.stop(), kube?.stop()]));

/** The service, as `main.ts` puts it together, with the rights of its Role; its ledger. */
async function start(namespace: string): Promise<DataSource> {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = await kube.serviceAccount(namespace, rules);
  const { source, objects } = await openTenantSource({ place: { kind: 'kubernetes' }, secrets: 'left-alone', allowedHosts: ['127.0.0.1'], log: logger }).finally(() => {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  });
  const [database, bus] = await Promise.all([
    openDatabase({ url: await freshDatabase(servers), migrations, applicationName: 'test' }),
    Bus.connect({ url: servers.natsUrl, name: 'test' }),
    source.start(),
  ]);
  const app = await NestFactory.createApplicationContext(AppModule.with({ database, bus, source, objects, logger, metrics: new OrchestratorMetrics({ version: 'test', lastTenantLook: () => source.lastLook() }) }), { logger: false });
  stop = async () => {
    await app.get(Jobs).stop();
    await app.close();
    await source.close();
    await bus.close();
    await database.destroy();
  };
  return database;
}

const manifest = (name: string) => ({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name }, spec: testSpec });

describe('the orchestrator in a cluster', () => {
  itWithKube('finds tenants, tells how they stand, does what annotations ask, and lets a deleted one go', async () => {
    const shop = await TenantNamespace.open(kube);
    await shop.create(manifest('early'));
    const database = await start(shop.name);
    await shop.create(manifest('late'));
    const ready = async (name: string) => ((await shop.read(name)).status as { conditions?: { reason: string }[] } | undefined)?.conditions?.[0]?.reason;
    await until(async () => (await ready('early')) === 'Starting' && (await ready('late')) === 'Starting', { timeoutMs: 20_000, describe: 'both tenants to have a status' });

    await shop.patch('late', { metadata: { annotations: { 'kds.io/run-stock': 'now' } } });
    await until(async () => (await shop.events('late')).some(({ reason, message }) => reason === 'Handled' && message === 'kds.io/run-stock: due now'), { timeoutMs: 20_000, describe: 'the annotation to be handled' });

    await until(async () => (await shop.read('late')).metadata.finalizers?.length === 1, { describe: 'the finalizer' });
    await shop.delete('early');
    // There is no gateway here that would answer what was sent before.
    await database.query(`update attempts set lease_until = clock_timestamp() where settled_at is null`);
    await until(async () => (await shop.columns()).length === 1, { timeoutMs: 20_000, describe: 'the deleted tenant to be gone' });
  });
});

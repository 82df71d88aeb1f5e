import { itUnless, until } from '@kds/testing';
import { findEngine } from './find-engine.js';
import { type Service, services, Stack } from './stack.js';

const engine = await findEngine();
const itInContainers = itUnless(engine.kind === 'none' ? engine.reason : undefined);
const minutes = (count: number) => count * 60_000;

let stack: Stack;
beforeAll(async () => {
  if (engine.kind === 'engine') stack = await Stack.plan(engine.env);
});
afterAll(async () => {
  if (engine.kind === 'engine') await stack.compose('down', '--volumes', '--timeout', '5');
}, minutes(2));

async function isHealthy(service: Service): Promise<boolean> {
  const { status, health } = await stack.state(service);
  return status === 'running' && health === 'healthy';
}

async function arrives(order: number): Promise<void> {
  await until(async () => (await stack.documentsOf(order)).length > 1, { timeoutMs: minutes(2), describe: `the documents of order ${order}` });
  expect(await stack.documentsOf(order)).toEqual(['documents.sale', 'documents.saleOrder']);
}

// One story: each test goes on where the one before it ended.
itInContainers('the images are built', () => stack.compose('build').then(() => undefined), minutes(20));

itInContainers('every service becomes healthy', async () => {
  await stack.compose('up', '--detach', '--wait', '--wait-timeout', '240');
  for (const service of services) expect(await isHealthy(service)).toBe(true);
}, minutes(5));

itInContainers('services run as nobody of importance, in images that they cannot write to', async () => {
  for (const service of services) {
    const { id } = await stack.state(service);
    expect((await stack.docker('exec', id, 'id', '-u')).trim()).toBe('1000');
    expect(await stack.docker('exec', id, 'sh', '-c', 'touch /kds/file /tmp/file 2>&1 || true')).toMatch(/(Read-only file system[\s\S]*){2}/);
  }
}, minutes(1));

itInContainers('an order of the simulated shop is booked in Dilovod', async () => arrives(await stack.shipOrder()), minutes(3));

itInContainers("the operator's program answers in the orchestrator's container", async () => {
  const { id } = await stack.state('sync-orchestrator');
  expect(await stack.docker('exec', id, 'kds', 'tenants')).toContain('simulated-shop');
}, minutes(1));

itInContainers('the migrations of a roll-out end beside running services', async () => {
  await stack.compose('run', '--rm', '--no-deps', 'sync-orchestrator', 'node', 'apps/sync-orchestrator/dist/migrate.js');
}, minutes(1));

itInContainers('F2: services that are killed are started again, and go on', async () => {
  const before = await stack.shipOrder();
  for (const service of services) await stack.crash(service);
  const during = await stack.shipOrder();
  for (const service of services) {
    await until(async () => (await stack.state(service)).restarts > 0 && (await isHealthy(service)), { timeoutMs: minutes(2), describe: `${service} to be back` });
  }
  const after = await stack.shipOrder();
  for (const order of [before, during, after]) await arrives(order);
}, minutes(8));

itInContainers('E4: services end in order when they are told to', async () => {
  await stack.compose('stop', ...services);
  for (const service of services) expect(await stack.state(service)).toMatchObject({ status: 'exited', exitCode: 0 });
}, minutes(2));

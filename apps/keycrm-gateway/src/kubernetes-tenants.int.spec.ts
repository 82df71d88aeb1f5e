import type { RunningGateway } from '@kds/gateway';
import { itUnless, kubeMissing, startTestKube, startTestServers, TenantNamespace, type TestKube, type TestServers, until } from '@kds/testing';
import { startKeycrmGateway } from './index.js';

/** All that a gateway's Role has to permit. */
const rules = [
  { apiGroups: ['kds.io'], resources: ['tenants'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
];

const itWithKube = itUnless(kubeMissing());

let servers: TestServers;
let kube: TestKube;
let gateway: RunningGateway | undefined;

beforeAll(async () => {
  if (kubeMissing() === undefined) [servers, kube] = await Promise.all([startTestServers(), startTestKube()]);
});
afterAll(async () => {
  await gateway?.app.close();
  await Promise.all([servers?.stop(), kube?.stop()]);
});

/** The gateway with the rights of its Role. */
async function start(namespace: string): Promise<RunningGateway> {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = await kube.serviceAccount(namespace, rules);
  const tenants = { kind: 'kubernetes', namespace } as const;
  return startKeycrmGateway({ natsUrl: servers.natsUrl, tenants, allowedHosts: ['127.0.0.1'], httpHost: '127.0.0.1', httpPort: 0, pools: ['shared'], logLevel: 'silent', version: 'test', traces: false, concurrency: 10 }).finally(() => {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  });
}

const manifest = {
  apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: 'yoga-shop' },
  spec: {
    keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, webhookTokenRef: { name: 'keys', key: 'hook' } },
    dilovod: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'dilovod' }, firm: '1100400000001001', currency: '1101200000001001' },
    warehouses: [{ keycrm: 1, dilovod: '1100700000000001' }],
    orders: { since: '2026-01-01T00:00:00Z', stages: { ordered: [2] } },
  },
};

itWithKube('serves tenants of a cluster: a Secret that comes, and one that is rotated, count within seconds', async () => {
  const shop = await TenantNamespace.open(kube);
  await shop.create(manifest);
  gateway = await start(shop.name);
  const knock = async (token: string) => (await fetch(`${gateway?.url}/webhooks/keycrm/yoga-shop/${token}`, { method: 'POST', body: '{"event":"order.change_order_status","context":{"id":1}}' })).status;
  expect(await knock('first')).toBe(404);
  await shop.putSecret('keys', { keycrm: 'a', dilovod: 'b', hook: 'first' });
  await until(async () => (await knock('first')) === 202, { timeoutMs: 3_000, describe: 'the token to count' });
  await shop.putSecret('keys', { keycrm: 'a', dilovod: 'b', hook: 'second' });
  await until(async () => (await knock('second')) === 202, { timeoutMs: 3_000, describe: 'the new token to count' });
  expect(await knock('first')).toBe(404);
});

import { readFile } from 'node:fs/promises';
import { KubeApi } from '@kds/kube';
import { itUnless, kubeMissing, kubeRestartMissing, startTestKube, TenantNamespace, type TestKube, until } from '@kds/testing';
import { defaultAllowedHosts, KubernetesTenantSource, type KubernetesTenantSourceOptions, type TenantChange } from '../index.js';
import { FreezingProxy } from '../spec-support/freezing-proxy.js';
import { leastMembers, manifest, type Plain } from '../spec-support/manifest-cases.js';

const itWithKube = itUnless(kubeMissing());
const itWithServer = itUnless(kubeRestartMissing());

let kube: TestKube;
let shop: TenantNamespace;
let source: KubernetesTenantSource | undefined;
let changes: string[];
let warnings: string[];

beforeAll(async () => {
  if (kubeMissing() === undefined) kube = await startTestKube();
});
beforeEach(async () => {
  if (kubeMissing() !== undefined) return;
  shop = await TenantNamespace.open(kube);
  changes = [];
  warnings = [];
});
afterEach(async () => {
  await source?.close();
  source = undefined;
});
afterAll(() => kube?.stop());

const create = (name: string, changes: Plain = {}) => shop.create(manifest({ ...changes, 'metadata.name': name }, leastMembers));

function open(options: Partial<KubernetesTenantSourceOptions> = {}): KubernetesTenantSource {
  const log = { debug: () => undefined, warn: (_: object, text: string) => void warnings.push(text), error: () => undefined };
  source = new KubernetesTenantSource({ api: kube.api, namespace: shop.name, secrets: 'followed', allowedHosts: defaultAllowedHosts, log, ...options });
  source.onChange((change: TenantChange) => void changes.push(`${change.kind} ${'tenant' in change ? change.tenant.name : change.name}`));
  return source;
}

async function heard(...expected: readonly string[]): Promise<void> {
  await until(() => expected.every((change) => changes.includes(change)), { describe: `${expected.join(', ')}; heard so far: ${changes.join(', ')}` });
  expect(changes.sort()).toEqual([...expected].sort());
  changes = [];
}

describe('tenants of a namespace', () => {
  itWithKube('are found at the start, with their keys, and followed from then on', async () => {
    await create('a');
    await shop.putSecret('k', { crm: 'one', books: 'two' });
    const opened = open();
    expect(opened.lastLook()).toBeUndefined();
    await opened.start();
    await heard('added a');
    expect(opened.find('a')).toMatchObject({ name: 'a', uid: expect.any(String), generation: 1, spec: { mode: 'shadow' } });
    expect(opened.secret({ name: 'k', key: 'crm' })?.reveal()).toBe('one');
    expect(opened.lastLook()?.getTime()).toBeGreaterThan(Date.now() - 5_000);

    await create('b');
    await heard('added b');
    await shop.patch('a', { spec: { mode: 'live' } });
    await heard('changed a');
    expect(opened.find('a')).toMatchObject({ generation: 2, spec: { mode: 'live' } });
    await shop.delete('b');
    await heard('removed b');
    expect(opened.tenants()).toHaveLength(1);
  });

  itWithKube('have a changed key within a second, and lose one that goes', async () => {
    await create('a');
    await shop.putSecret('k', { crm: 'one', books: 'two' });
    await shop.putSecret('others', { crm: 'three' });
    await open().start();
    await heard('added a');
    const rotated = Date.now();
    await shop.putSecret('k', { crm: 'fresh', books: 'two' });
    await heard('secret-changed a');
    expect(Date.now() - rotated).toBeLessThan(1_000);
    expect(source?.secret({ name: 'k', key: 'crm' })?.reveal()).toBe('fresh');
    await shop.putSecret('others', { crm: 'four' });
    await kube.api.request({ method: 'DELETE', path: `/api/v1/namespaces/${shop.name}/secrets/k` });
    await heard('secret-changed a');
    expect(source?.secret({ name: 'k', key: 'crm' })).toBeUndefined();
  });

  itWithKube('are refused where only the services know better, and mended', async () => {
    await create('a', { 'spec.timeZone': 'Europe/Kiyv' });
    await open().start();
    await heard('invalid a');
    expect(source?.tenants()).toEqual([{ state: 'invalid', name: 'a', file: `tenants.kds.io ${shop.name}/a`, problems: [{ path: 'spec.timeZone', reason: expect.stringContaining('IANA') }], uid: expect.any(String), generation: 1 }]);
    await shop.patch('a', { spec: { timeZone: 'Europe/Kyiv' } });
    await heard('added a');
  });

  itWithKube('stop as soon as they are being deleted, and are not disturbed by labels and the like', async () => {
    await create('a');
    await shop.patch('a', { metadata: { finalizers: ['kds.io/test'] } });
    await open().start();
    await heard('added a');
    await shop.patch('a', { metadata: { labels: { city: 'lviv' }, annotations: { note: 'x' } } });
    await shop.delete('a');
    await heard('removed a');
    expect(source?.objects()).toMatchObject([{ metadata: { name: 'a', deletionTimestamp: expect.any(String), finalizers: ['kds.io/test'] } }]);
    await shop.patch('a', { metadata: { finalizers: null } });
    await until(() => source?.objects().length === 0, { describe: 'the object to go' });
    expect(changes).toEqual([]);
  });
});

describe('rights', () => {
  const tenants = { apiGroups: ['kds.io'], resources: ['tenants'], verbs: ['get', 'list', 'watch'] };

  itWithKube('to Secrets are not needed by a service that leaves them alone', async () => {
    await create('a');
    await shop.putSecret('k', { crm: 'one', books: 'two' });
    const api = await KubeApi.connect(await kube.serviceAccount(shop.name, [tenants]));
    await expect(api.request({ method: 'GET', path: `/api/v1/namespaces/${shop.name}/secrets` })).rejects.toMatchObject({ status: 403 });
    await open({ api, secrets: 'left-alone' }).start();
    await heard('added a');
    expect(source?.secret({ name: 'k', key: 'crm' })).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  itWithKube('that are missing are named, and waited for', async () => {
    await create('a');
    const api = await KubeApi.connect(await kube.serviceAccount(shop.name, [tenants]));
    const started = open({ api }).start();
    await until(() => warnings.length > 0 && source?.objects().length === 1, { describe: 'a warning, and the tenant' });
    expect(warnings[0]).toMatch(/^their Secrets stay as they were: secrets is forbidden: .*give this service's Role get, list and watch/);
    await source?.close();
    await started;
    expect(changes).toEqual(['added a']);
  });
});

describe('a watch that is lost', () => {
  itWithServer('goes on when the API server comes back', async () => {
    await create('a');
    await open({ relistMs: 600_000 }).start();
    await heard('added a');
    await kube.stopServer();
    await until(() => warnings.some((warning) => /cannot be reached/.test(warning)), { describe: 'a warning' });
    expect(source?.find('a')).toBeDefined();
    await kube.startServer();
    await create('b');
    await until(() => changes.includes('added b'), { timeoutMs: 40_000, describe: 'the new tenant to be seen' });
    await shop.patch('a', { spec: { mode: 'live' } });
    await heard('added b', 'changed a');
  });

  itWithServer('begins with a list where the server no longer knows what it should go on from', async () => {
    await kube.stopServer();
    await kube.startServer();
    await create('a');
    let stale = 0;
    const api: KubernetesTenantSourceOptions['api'] = {
      request: (wanted) => kube.api.request(wanted),
      watch: (wanted) => (stale++ === 0 ? kube.api.watch({ ...wanted, query: { ...wanted.query, resourceVersion: '1' } }) : kube.api.watch(wanted)),
    };
    await expect(kube.api.watch({ path: `/apis/kds.io/v1alpha1/namespaces/${shop.name}/tenants`, query: { resourceVersion: '1' }, signal: AbortSignal.timeout(5_000) }).next()).rejects.toMatchObject({ status: 410 });
    await open({ api, secrets: 'left-alone', relistMs: 600_000 }).start();
    await until(() => stale > 1, { describe: 'another watch' });
    await create('b');
    await heard('added a', 'added b');
    expect(warnings).toEqual([]);
  });

  itWithServer('without a word is found out by the next list', async () => {
    const server = Number(/127\.0\.0\.1:(\d+)/.exec(await readFile(kube.kubeconfig, 'utf8'))?.[1]);
    const proxy = new FreezingProxy(server);
    try {
      await create('a');
      await open({ api: await KubeApi.connect(await kube.kubeconfigVia(await proxy.listen())), relistMs: 1_000 }).start();
      await heard('added a');
      proxy.freezeOpen();
      await create('b');
      await until(() => changes.includes('added b'), { timeoutMs: 30_000, describe: 'the new tenant to be seen' });
    } finally {
      await source?.close();
      await proxy.close();
    }
  });

  itWithKube('is begun again in peace where the server ends it', async () => {
    await create('a');
    await open({ relistMs: 700 }).start();
    await heard('added a');
    const first = source?.lastLook()?.getTime() ?? NaN;
    await until(() => (source?.lastLook()?.getTime() ?? 0) > first + 1_500, { describe: 'later looks' });
    await create('b');
    await heard('added b');
    expect(warnings).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeApi } from '@kds/kube';
import { KubernetesTenantSource, TenantObjects } from '@kds/tenancy';
import { itUnless, kubeMissing, startTestKube, TenantNamespace, type TestKube, until } from '@kds/testing';
import { installations } from './installations.js';
import { type Manifest, ofKind, type Role, type Rule } from './manifest.js';
import { readYaml, rendererMissing, workspace } from './render.js';

const itRendered = itUnless(rendererMissing);
const itWithKube = itUnless(rendererMissing ?? kubeMissing());

interface Binding extends Manifest {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[];
}

const readsTenants: Rule = { apiGroups: ['kds.io'], resources: ['tenants'], verbs: ['get', 'list', 'watch'] };
const readsSecrets: Rule = { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] };

/** Who may do what: all of it. A dedicated pool's gateways may what the shared ones may. */
const allowed: Readonly<Record<string, readonly Rule[]>> = {
  'keycrm-gateway': [readsTenants, readsSecrets],
  'dilovod-gateway': [readsTenants, readsSecrets],
  'sync-orchestrator': [
    { apiGroups: ['kds.io'], resources: ['tenants'], verbs: ['get', 'list', 'watch', 'patch'] },
    { apiGroups: ['kds.io'], resources: ['tenants/status'], verbs: ['update'] },
    { apiGroups: [''], resources: ['events'], verbs: ['get', 'create', 'patch'] },
  ],
};

describe.each(Object.entries(installations))('%s', (_, manifests) => {
  itRendered('grants what the table above says, within its namespace, to one account each', () => {
    expect(ofKind(manifests, 'ClusterRole', 'ClusterRoleBinding')).toEqual([]);
    const roles = ofKind<Role>(manifests, 'Role');
    expect(roles.length).toBeGreaterThan(2);
    for (const { metadata, rules } of roles) expect(rules).toEqual(allowed[metadata.name.replace(/-big-shop$/, '')]);
    const bindings = ofKind<Binding>(manifests, 'RoleBinding');
    expect(bindings.map(({ roleRef, subjects }) => [roleRef.name, subjects])).toEqual(roles.map(({ metadata: { name } }) => [name, [{ kind: 'ServiceAccount', name, namespace: 'kds' }]]));
  });

  itRendered('F3: shows Secrets to gateways alone', () => {
    const seers = ofKind<Role>(manifests, 'Role').filter(({ rules }) => rules.some(({ resources }) => resources.some((resource) => resource === '*' || resource.startsWith('secrets'))));
    expect(seers.filter(({ metadata }) => !/^(keycrm|dilovod)-gateway(-big-shop)?$/.test(metadata.name))).toEqual([]);
    expect(seers.length).toBeGreaterThan(1);
  });
});

describe('what is granted is enough, and no more', () => {
  const log = { debug: () => undefined, warn: () => undefined, error: () => undefined };
  const tenant = readYaml(readFileSync(join(workspace, 'k8s', 'examples', 'two-shops.yaml'), 'utf8'))[0] as Manifest;
  const name = tenant.metadata.name;
  let kube: TestKube;
  let shop: TenantNamespace;
  let source: KubernetesTenantSource | undefined;

  beforeAll(async () => {
    if ((rendererMissing ?? kubeMissing()) !== undefined) return;
    kube = await startTestKube();
    shop = await TenantNamespace.open(kube);
    await shop.create(tenant);
    await shop.putSecret('yoga-shop-keys', { 'keycrm-api-key': 'K', 'dilovod-api-key': 'D', 'keycrm-webhook-token': 'T' });
  });
  afterEach(() => source?.close());
  afterAll(() => kube?.stop());

  /** As the account of a service, by the rules of its rendered Role. */
  async function actAs(service: string): Promise<KubeApi> {
    const role = ofKind<Role>(installations.production ?? [], 'Role').find(({ metadata }) => metadata.name === service);
    return KubeApi.connect(await kube.serviceAccount(shop.name, role?.rules ?? []));
  }

  async function open(api: KubeApi, secrets: 'followed' | 'left-alone'): Promise<KubernetesTenantSource> {
    source = new KubernetesTenantSource({ api, namespace: shop.name, secrets, allowedHosts: ['openapi.keycrm.app', 'api.dilovod.ua'], log });
    await source.start();
    return source;
  }

  const change = (api: KubeApi, path: string, method: 'PUT' | 'PATCH' | 'POST' | 'DELETE', body?: object) =>
    api.request({ method, path: `/apis/kds.io/v1alpha1/namespaces/${shop.name}/${path}`, ...(body === undefined ? {} : { body }), ...(method === 'PATCH' ? { contentType: 'application/merge-patch+json' } : {}) });

  for (const service of ['keycrm-gateway', 'dilovod-gateway']) {
    itWithKube(`${service} follows tenants and their keys, and changes nothing`, async () => {
      const api = await actAs(service);
      const followed = await open(api, 'followed');
      expect(followed.find(name)?.name).toBe(name);
      expect(followed.secret({ name: 'yoga-shop-keys', key: 'keycrm-api-key' })).toBeDefined();
      await shop.patch(name, { metadata: { annotations: { seen: service } } });
      await until(() => followed.objects().some(({ metadata }) => metadata.annotations?.seen === service), { describe: 'the change to be seen' });
      const [object] = followed.objects();
      await expect(new TenantObjects({ api, namespace: shop.name, followed }).writeStatus(object as never, {} as never)).rejects.toMatchObject({ status: 403 });
      await expect(change(api, `tenants/${name}`, 'PATCH', { spec: { suspend: true } })).rejects.toMatchObject({ status: 403 });
      await expect(api.request({ method: 'DELETE', path: `/api/v1/namespaces/${shop.name}/secrets/yoga-shop-keys` })).rejects.toMatchObject({ status: 403 });
    });
  }

  itWithKube('E3 F3: sync-orchestrator follows tenants, reports, and sees no Secret', async () => {
    const api = await actAs('sync-orchestrator');
    const followed = await open(api, 'left-alone');
    const objects = new TenantObjects({ api, namespace: shop.name, followed });
    const now = async () => (await objects.read(name)) as NonNullable<Awaited<ReturnType<typeof objects.read>>>;
    expect(await objects.writeStatus(await now(), { observedGeneration: 1 } as never)).toBe('written');
    expect(await objects.writeFinalizers(await now(), ['kds.io/stop-work'])).toBe('written');
    expect(await objects.writeFinalizers(await now(), [])).toBe('written');
    const event = { type: 'Normal', reason: 'Tried', cause: 'a test', message: 'twice' } as const;
    await objects.record(await now(), event);
    await objects.record(await now(), event);
    expect((await shop.events(name)).map(({ reason, count }) => [reason, count])).toEqual([['Tried', 2]]);
    for (const path of ['secrets', 'secrets/yoga-shop-keys']) await expect(api.request({ method: 'GET', path: `/api/v1/namespaces/${shop.name}/${path}` })).rejects.toMatchObject({ status: 403 });
    await expect(change(api, 'tenants', 'POST', { ...tenant, metadata: { name: 'another' } })).rejects.toMatchObject({ status: 403 });
    await expect(change(api, `tenants/${name}`, 'DELETE')).rejects.toMatchObject({ status: 403 });
  });
});

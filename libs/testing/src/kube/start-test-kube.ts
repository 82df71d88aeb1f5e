import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeApi } from '@kds/kube';
import { parse, stringify } from 'yaml';
import { until } from '../until.js';
import { startEnvtest } from './envtest.js';
import { findKube, type KubePlace, workspace } from './kube-place.js';
import { type KubeProcess, startFromScript } from './kube-process.js';

/** A real API server that knows our custom resource. */
export interface TestKube {
  /** Path of the administrator's kubeconfig file. */
  readonly kubeconfig: string;
  /** As administrator. */
  readonly api: KubeApi;
  /** A namespace of its own, which goes with the server; in a cluster that is not ours, when the suite ends. */
  freshNamespace(): Promise<string>;
  /** A kubeconfig file of a service account that may do what the rules of a Role say, and nothing else. */
  serviceAccount(namespace: string, rules: readonly object[]): Promise<string>;
  /** The administrator's kubeconfig with another address, e.g. that of a proxy before the server. */
  kubeconfigVia(port: number): Promise<string>;
  stopServer(): Promise<void>;
  /** With the data and the address that it had. */
  startServer(): Promise<void>;
  /** Ends what was started, and throws it away. */
  stop(): Promise<void>;
}

/** Starts or finds the API server; see `kubeMissing` for when there is none. */
export async function startTestKube(): Promise<TestKube> {
  const place = findKube();
  const folder = await mkdtemp(join(tmpdir(), 'kds-kube-'));
  let running = await launch(place, folder);
  const kubeconfig = running.kubeconfig;
  const api = await KubeApi.connect(kubeconfig);
  const namespaces: string[] = [];
  try {
    await installDefinition(api);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return {
    kubeconfig,
    api,
    async freshNamespace() {
      const name = `kds-${randomBytes(5).toString('hex')}`;
      await api.request({ method: 'POST', path: '/api/v1/namespaces', body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } });
      namespaces.push(name);
      return name;
    },
    serviceAccount: (namespace, rules) => createServiceAccount({ api, kubeconfig, folder, namespace, rules }),
    async kubeconfigVia(port) {
      const text = (await readFile(kubeconfig, 'utf8')).replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`);
      return keep(folder, text);
    },
    stopServer: () => running.stop(),
    async startServer() {
      running = await launch(place, folder);
      await servesTenants(api);
    },
    async stop() {
      if (place.kind === 'cluster') for (const name of namespaces) await api.request({ method: 'DELETE', path: `/api/v1/namespaces/${name}` });
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(place: KubePlace, folder: string): Promise<KubeProcess> {
  switch (place.kind) {
    case 'cluster':
      return { kubeconfig: place.kubeconfig, stop: async () => undefined };
    case 'envtest':
      return startEnvtest(place.binaries, join(folder, 'server'));
    case 'script':
      return startFromScript(place.script, join(folder, 'server'));
    case 'none':
      throw new Error(place.reason);
  }
}

async function installDefinition(api: KubeApi): Promise<void> {
  const definition: unknown = parse(await readFile(join(workspace, 'k8s', 'crd', 'tenants.kds.io.yaml'), 'utf8'), { merge: true });
  await api.request({
    method: 'PATCH',
    path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/tenants.kds.io',
    query: { fieldManager: 'kds-tests', force: 'true', fieldValidation: 'Strict' },
    body: definition,
    contentType: 'application/apply-patch+yaml',
  });
  await servesTenants(api);
}

/** The definition is read a moment after the server is ready. */
async function servesTenants(api: KubeApi): Promise<void> {
  await until(() => api.request({ method: 'GET', path: '/apis/kds.io/v1alpha1/tenants' }), { timeoutMs: 30_000, describe: 'Tenants to be served' });
}

interface ServiceAccountPlan {
  readonly api: KubeApi;
  readonly kubeconfig: string;
  readonly folder: string;
  readonly namespace: string;
  readonly rules: readonly object[];
}

async function createServiceAccount({ api, kubeconfig, folder, namespace, rules }: ServiceAccountPlan): Promise<string> {
  const name = `robot-${randomBytes(4).toString('hex')}`;
  const metadata = { name };
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const post = <Answer>(path: string, body: object) => api.request<Answer>({ method: 'POST', path, body });
  await post(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata });
  await post(`${rbac}/roles`, { metadata, rules });
  await post(`${rbac}/rolebindings`, { metadata, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name }, subjects: [{ kind: 'ServiceAccount', name, namespace }] });
  const { status } = await post<{ status: { token: string } }>(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, { spec: {} });
  const admin = parse(await readFile(kubeconfig, 'utf8')) as { clusters: unknown[]; contexts: { context: object }[]; users: { name: string }[] };
  const user = 'robot';
  const context = { ...admin.contexts[0]?.context, user, namespace };
  return keep(folder, stringify({ ...admin, users: [{ name: user, user: { token: status.token } }], contexts: [{ name: user, context }], 'current-context': user }));
}

async function keep(folder: string, kubeconfig: string): Promise<string> {
  const file = join(folder, `kubeconfig-${randomBytes(4).toString('hex')}`);
  await writeFile(file, kubeconfig, { mode: 0o600 });
  return file;
}

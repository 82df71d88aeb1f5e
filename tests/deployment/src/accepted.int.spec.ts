import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeApi } from '@kds/kube';
import { KubeApiError } from '@kds/kube';
import { itUnless, kubeMissing, startTestKube, type TestKube } from '@kds/testing';
import { installations } from './installations.js';
import { type Manifest, nameOf } from './manifest.js';
import { operatorOf } from './operators.js';
import { readYaml, render, rendererMissing, workspace } from './render.js';

const itWithKube = itUnless(rendererMissing ?? kubeMissing());

let kube: TestKube;
let namespace: string;
beforeAll(async () => {
  if ((rendererMissing ?? kubeMissing()) !== undefined) return;
  kube = await startTestKube();
  namespace = await kube.freshNamespace();
});
afterAll(() => kube?.stop());

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Where the server takes objects of this kind. */
async function pathOf(api: KubeApi, { apiVersion, kind }: Manifest): Promise<string> {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { resources } = await api.request<{ resources: readonly Resource[] }>({ method: 'GET', path: base });
  const found = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  if (found === undefined) throw new Error(`the server knows no ${kind}`);
  return found.namespaced ? `${base}/namespaces/${namespace}/${found.name}` : `${base}/${found.name}`;
}

/** What the server says to `kubectl apply --server-side --dry-run=server --validate=strict`; nothing when it accepts. */
async function refusalOf(manifest: Manifest): Promise<string | undefined> {
  const namespaced = manifest.metadata.namespace === undefined ? manifest.metadata : { ...manifest.metadata, namespace };
  const path = `${await pathOf(kube.api, manifest)}/${manifest.metadata.name}`;
  try {
    await kube.api.request({ method: 'PATCH', path, query: { fieldManager: 'tests', fieldValidation: 'Strict', dryRun: 'All' }, body: { ...manifest, metadata: namespaced }, contentType: 'application/apply-patch+yaml' });
    return undefined;
  } catch (error) {
    if (error instanceof KubeApiError && error.status > 0) return `${nameOf(manifest)}: ${error.message}`;
    throw error;
  }
}

async function refusalsOf(manifests: readonly Manifest[]): Promise<readonly (string | undefined)[]> {
  return (await Promise.all(manifests.map(refusalOf))).filter((refusal) => refusal !== undefined);
}

describe('a real API server, with strict field validation', () => {
  for (const [name, manifests] of Object.entries(installations)) {
    itWithKube(`accepts ${name}`, async () => {
      const own = manifests.filter((manifest) => operatorOf(manifest) === undefined);
      expect(own.length).toBeGreaterThan(15);
      expect(await refusalsOf(own)).toEqual([]);
    });
  }

  itWithKube('E3: accepts the namespace, the definition of Tenants, and the two shops of the example', async () => {
    const read = (...path: readonly string[]) => readYaml(readFileSync(join(workspace, 'k8s', ...path), 'utf8'));
    const manifests = [...read('namespace.yaml'), ...render('k8s/crd'), ...read('examples', 'two-shops.yaml')];
    expect(manifests.map(({ kind }) => kind)).toEqual(['Namespace', 'CustomResourceDefinition', 'Tenant', 'Tenant']);
    expect(await refusalsOf(manifests)).toEqual([]);
  });

  itWithKube('refuses what is misspelt or missing', async () => {
    const deployment = installations.local?.find(({ kind }) => kind === 'Deployment') as Manifest;
    expect(await refusalOf({ ...deployment, spec: { ...deployment.spec, replica: 2 } })).toMatch(/replica/);
    const { template: _, ...rest } = deployment.spec ?? {};
    expect(await refusalOf({ ...deployment, spec: rest })).toMatch(/template/);
  });
});

import type { KubeApi } from '@kds/kube';
import type { TestKube } from '@kds/testing';
import type { TenantObject } from '../index.js';
import { leastMembers, manifest, type Plain } from './manifest-cases.js';

/** A namespace of its own, and what a person does in it with kubectl. */
export class TenantNamespace {
  private constructor(
    readonly name: string,
    private readonly api: KubeApi,
  ) {}

  static async open(kube: TestKube): Promise<TenantNamespace> {
    return new TenantNamespace(await kube.freshNamespace(), kube.api);
  }

  create(name: string, changes: Plain = {}): Promise<TenantObject> {
    const body = manifest({ ...changes, 'metadata.name': name }, leastMembers);
    return this.api.request({ method: 'POST', path: this.tenants(), query: { fieldValidation: 'Strict' }, body });
  }

  read(name: string): Promise<TenantObject> {
    return this.api.request({ method: 'GET', path: `${this.tenants()}/${name}` });
  }

  /** A merge patch: members of it that are null go. */
  patch(name: string, body: object): Promise<TenantObject> {
    return this.api.request({ method: 'PATCH', path: `${this.tenants()}/${name}`, body, contentType: 'application/merge-patch+json' });
  }

  delete(name: string): Promise<unknown> {
    return this.api.request({ method: 'DELETE', path: `${this.tenants()}/${name}` });
  }

  /** Creates the Secret, or gives it other values. */
  putSecret(name: string, stringData: Readonly<Record<string, string>>): Promise<unknown> {
    return this.api.request({
      method: 'PATCH',
      path: `/api/v1/namespaces/${this.name}/secrets/${name}`,
      query: { fieldManager: 'tests', force: 'true' },
      body: { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')])) },
      contentType: 'application/apply-patch+yaml',
    });
  }

  private tenants(): string {
    return `/apis/kds.io/v1alpha1/namespaces/${this.name}/tenants`;
  }
}

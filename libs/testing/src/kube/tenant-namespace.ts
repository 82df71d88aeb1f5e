import type { KubeApi, KubeObject } from '@kds/kube';
import type { TestKube } from './start-test-kube.js';

/** A Tenant as the server answers it. */
export interface AnsweredTenant extends KubeObject {
  readonly spec: unknown;
  readonly status?: unknown;
}

export interface AnsweredEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly lastTimestamp: string;
}

interface Table {
  readonly columnDefinitions: readonly { readonly name: string }[];
  readonly rows: readonly { readonly cells: readonly unknown[] }[];
}

/** A namespace of its own, and what a person does in it with kubectl. */
export class TenantNamespace {
  private constructor(
    readonly name: string,
    private readonly api: KubeApi,
  ) {}

  static async open(kube: TestKube): Promise<TenantNamespace> {
    return new TenantNamespace(await kube.freshNamespace(), kube.api);
  }

  /** As `kubectl apply` does it: what the definition does not know is refused. */
  create(body: object): Promise<AnsweredTenant> {
    return this.api.request({ method: 'POST', path: this.tenants(), query: { fieldValidation: 'Strict' }, body });
  }

  read(name: string): Promise<AnsweredTenant> {
    return this.api.request({ method: 'GET', path: `${this.tenants()}/${name}` });
  }

  /** A merge patch: members of it that are null go. */
  patch(name: string, body: object): Promise<AnsweredTenant> {
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

  /** The events of one tenant, the latest last. */
  async events(name: string): Promise<readonly AnsweredEvent[]> {
    const query = { fieldSelector: `involvedObject.name=${name}` };
    const { items } = await this.api.request<{ items: AnsweredEvent[] }>({ method: 'GET', path: `/api/v1/namespaces/${this.name}/events`, query });
    return items.sort((a, b) => a.lastTimestamp.localeCompare(b.lastTimestamp));
  }

  /** What `kubectl get tenants -o wide` prints: a row by column for each tenant. */
  async columns(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const table = await this.api.request<Table>({ method: 'GET', path: this.tenants(), accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    return table.rows.map(({ cells }) => Object.fromEntries(table.columnDefinitions.map(({ name }, index) => [name, cells[index]])));
  }

  private tenants(): string {
    return `/apis/kds.io/v1alpha1/namespaces/${this.name}/tenants`;
  }
}

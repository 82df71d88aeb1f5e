import { type KubeApi, KubeApiError, type KubeRequest } from '@kds/kube';
import type { TenantStatus } from '../tenant-status.js';
import type { TenantObject } from '../watch-kubernetes/tenant-object.js';
import { againPatch, eventName, type TenantEvent, toKubeEvent } from './tenant-event.js';

export interface TenantObjectsOptions {
  readonly api: Pick<KubeApi, 'request'>;
  readonly namespace: string;
  /** Who keeps the objects as they were last seen. */
  readonly followed: { objects(): readonly TenantObject[] };
}

/** Whether a write was made; `outdated`: the object is another by now, or gone, and whoever changed it will be seen. */
export type Written = 'written' | 'outdated';

/** The Tenant objects of a namespace: to be looked at, and written to. Every write is made on the version that was seen, so two writers cannot undo each other. */
export class TenantObjects {
  constructor(private readonly options: TenantObjectsOptions) {}

  /** As they were last seen, also those that are being deleted. */
  all(): readonly TenantObject[] {
    return this.options.followed.objects();
  }

  /** As it is at this moment. */
  async read(name: string): Promise<TenantObject | undefined> {
    try {
      return await this.options.api.request<TenantObject>({ method: 'GET', path: this.path(name) });
    } catch (error) {
      if (error instanceof KubeApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  async writeStatus({ metadata }: TenantObject, status: TenantStatus): Promise<Written> {
    const { name, namespace, resourceVersion } = metadata;
    const body = { apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name, namespace, resourceVersion }, status };
    return this.write({ method: 'PUT', path: `${this.path(name)}/status`, body });
  }

  async writeFinalizers({ metadata }: TenantObject, finalizers: readonly string[]): Promise<Written> {
    const body = { metadata: { resourceVersion: metadata.resourceVersion, uid: metadata.uid, finalizers } };
    return this.write({ method: 'PATCH', path: this.path(metadata.name), body, contentType: 'application/merge-patch+json' });
  }

  /** Writes an event that stands once for its cause: what happens again is counted. */
  async record(object: TenantObject, event: TenantEvent): Promise<void> {
    const { api, namespace } = this.options;
    const path = `/api/v1/namespaces/${namespace}/events`;
    const now = new Date().toISOString();
    try {
      await api.request({ method: 'POST', path, body: toKubeEvent(object, event, now) });
    } catch (error) {
      if (!(error instanceof KubeApiError) || error.reason !== 'AlreadyExists') throw error;
      const known = `${path}/${eventName(object, event)}`;
      const { count = 1 } = await api.request<{ count?: number }>({ method: 'GET', path: known });
      await api.request({ method: 'PATCH', path: known, body: againPatch(event, { count, now }), contentType: 'application/merge-patch+json' });
    }
  }

  private async write(wanted: KubeRequest): Promise<Written> {
    try {
      await this.options.api.request(wanted);
      return 'written';
    } catch (error) {
      if (error instanceof KubeApiError && (error.status === 409 || error.status === 404)) return 'outdated';
      throw error;
    }
  }

  private path(name: string): string {
    return `/apis/kds.io/v1alpha1/namespaces/${this.options.namespace}/tenants/${name}`;
  }
}

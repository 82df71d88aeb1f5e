import { KubeApi } from '@kds/kube';
import { TenantObjects } from '../tenant-objects/tenant-objects.js';
import type { TenancyLog, TenantSource } from '../tenant-source.js';
import { DirectoryTenantSource } from '../watch-directory/directory-tenant-source.js';
import { KubernetesTenantSource, type KubernetesTenantSourceOptions } from '../watch-kubernetes/kubernetes-tenant-source.js';
import type { TenantsPlace } from './tenants-place.js';

export interface TenantSourceWanted {
  readonly place: TenantsPlace;
  /** What a service does with Secrets of the cluster; in a directory they are always read along. */
  readonly secrets: KubernetesTenantSourceOptions['secrets'];
  readonly allowedHosts: readonly string[];
  readonly log: TenancyLog;
}

export interface OpenedTenants {
  readonly source: TenantSource;
  /** The objects behind the tenants, where there are any: to report to, and to take requests from. */
  readonly objects?: TenantObjects;
}

/** The source that the environment asks for, not yet started. Throws when no namespace or no cluster is to be found. */
export async function openTenantSource({ place, secrets, allowedHosts, log }: TenantSourceWanted): Promise<OpenedTenants> {
  if (place.kind === 'directory') return { source: new DirectoryTenantSource({ directory: place.directory, allowedHosts, log }) };
  const api = await KubeApi.connect();
  const namespace = place.namespace ?? api.namespace;
  if (namespace === undefined) throw new Error('KDS_NAMESPACE: write the namespace of the tenants; neither a pod nor a kubeconfig names one');
  const source = new KubernetesTenantSource({ api, namespace, secrets, allowedHosts, log });
  return { source, objects: new TenantObjects({ api, namespace, followed: source }) };
}

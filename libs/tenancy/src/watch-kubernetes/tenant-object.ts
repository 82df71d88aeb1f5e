import type { KubeObject } from '@kds/kube';
import { parseTenant, type TenantRules } from '../parse-tenant/parse-tenant.js';
import type { TenantRecord } from '../tenant-record.js';
import type { TenantStatus } from '../tenant-status.js';

/** A Tenant as the API server keeps it; `spec` unchecked. */
export interface TenantObject extends KubeObject {
  readonly spec?: unknown;
  readonly status?: Partial<TenantStatus>;
}

/** What an object says. One that is being deleted says nothing any more. */
export function toTenantRecord(object: TenantObject, rules: TenantRules): TenantRecord | undefined {
  const { name, namespace, uid, generation, deletionTimestamp } = object.metadata;
  if (deletionTimestamp !== undefined) return undefined;
  const file = `tenants.kds.io ${namespace}/${name}`;
  const parsed = parseTenant({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name, generation }, spec: object.spec }, rules);
  return parsed.ok ? { state: 'valid', tenant: { ...parsed.value, uid }, file } : { state: 'invalid', name, file, problems: parsed.error, uid, generation };
}

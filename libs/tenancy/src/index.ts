export { type OpenedTenants, openTenantSource } from './choose-source/open-tenant-source.js';
export { readTenantsPlace, type TenantsPlace } from './choose-source/tenants-place.js';
export { defaultAllowedHosts, loopbackHosts, parseAllowedHosts } from './parse-tenant/allowed-hosts.js';
export { parseTenant, type TenantRules } from './parse-tenant/parse-tenant.js';
export { type Manifests, readManifests } from './read-manifests/read-manifests.js';
export type { SecretManifest } from './read-manifests/secret-manifest.js';
export { sameSecret, Secret } from './secret.js';
export type { TenantEvent } from './tenant-objects/tenant-event.js';
export { TenantObjects, type Written } from './tenant-objects/tenant-objects.js';
export { changesBetween, nothingSeen, type TenantChange, type TenantsSeen } from './tenant-change.js';
export { nameOf, type Problem, type TenantRecord } from './tenant-record.js';
export type { TenancyLog, TenantSource } from './tenant-source.js';
export {
  type DilovodAccount, type Guards, type KeycrmAccount, type OrderRules, type PerStage, type SecretRef, secretRefsOf,
  type SkuOverride, type Tenant, type TenantSpec, type WarehouseMapping,
} from './tenant-spec.js';
export type { HandledVerb, HeldOrders, HeldRun, HeldSummary, TenantCondition, TenantStatus } from './tenant-status.js';
export { DirectoryTenantSource, type DirectoryTenantSourceOptions } from './watch-directory/directory-tenant-source.js';
export { KubernetesTenantSource, type KubernetesTenantSourceOptions } from './watch-kubernetes/kubernetes-tenant-source.js';
export type { TenantObject } from './watch-kubernetes/tenant-object.js';

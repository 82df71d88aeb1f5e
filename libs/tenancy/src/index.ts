export { defaultAllowedHosts, loopbackHosts, parseAllowedHosts } from './parse-tenant/allowed-hosts.js';
export { parseTenant, type TenantRules } from './parse-tenant/parse-tenant.js';
export { type Manifests, readManifests } from './read-manifests/read-manifests.js';
export type { SecretManifest } from './read-manifests/secret-manifest.js';
export { sameSecret, Secret } from './secret.js';
export { changesBetween, nothingSeen, type TenantChange, type TenantsSeen } from './tenant-change.js';
export { nameOf, type Problem, type TenantRecord } from './tenant-record.js';
export type { TenancyLog, TenantSource } from './tenant-source.js';
export {
  type DilovodAccount, type Guards, type KeycrmAccount, type OrderRules, type PerStage, type SecretRef, secretRefsOf,
  type SkuOverride, type Tenant, type TenantSpec, type WarehouseMapping,
} from './tenant-spec.js';
export type { TenantCondition, TenantStatus } from './tenant-status.js';
export { DirectoryTenantSource, type DirectoryTenantSourceOptions } from './watch-directory/directory-tenant-source.js';

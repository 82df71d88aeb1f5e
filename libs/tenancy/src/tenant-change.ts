import { sameSecret, type Secret } from './secret.js';
import { nameOf, type Problem, type TenantRecord } from './tenant-record.js';
import { type SecretRef, secretRefsOf, type Tenant } from './tenant-spec.js';

/**
 * What became different. `added`: valid now and not before (also a mended manifest). `changed`: valid before and now, with another spec.
 * `secret-changed`: a value that the tenant refers to came, went or differs. `invalid`: must not run, also when it ran before. `removed`: gone.
 */
export type TenantChange =
  | { readonly kind: 'added' | 'changed' | 'secret-changed'; readonly tenant: Tenant }
  | { readonly kind: 'removed'; readonly name: string }
  | { readonly kind: 'invalid'; readonly name: string | undefined; readonly file: string; readonly problems: readonly Problem[] };

/** Everything a source knows at one moment. */
export interface TenantsSeen {
  readonly tenants: readonly TenantRecord[];
  readonly secret: (ref: SecretRef) => Secret | undefined;
}

export const nothingSeen: TenantsSeen = { tenants: [], secret: () => undefined };

/** The changes that lead from `before` to `after`: what stops first, then what starts or goes on differently. */
export function changesBetween(before: TenantsSeen, after: TenantsSeen): readonly TenantChange[] {
  const earlier = validByName(before.tenants);
  const running = [...validByName(after.tenants).values()];
  return [
    ...removed(before.tenants, after.tenants),
    ...newlyInvalid(before.tenants, after.tenants),
    ...running.flatMap((tenant): TenantChange[] => {
      const old = earlier.get(tenant.name);
      if (old === undefined) return [{ kind: 'added', tenant }];
      return [
        ...(old.revision !== tenant.revision || old.generation !== tenant.generation || old.uid !== tenant.uid ? [{ kind: 'changed', tenant } as const] : []),
        ...(secretsDiffer(tenant, before, after) ? [{ kind: 'secret-changed', tenant } as const] : []),
      ];
    }),
  ];
}

function removed(before: readonly TenantRecord[], after: readonly TenantRecord[]): TenantChange[] {
  const left = new Set(after.map(nameOf));
  const gone = new Set(before.map(nameOf).filter((name) => name !== undefined && !left.has(name)));
  return [...gone].map((name) => ({ kind: 'removed', name: name as string }));
}

function newlyInvalid(before: readonly TenantRecord[], after: readonly TenantRecord[]): TenantChange[] {
  const known = new Set(before.filter((record) => record.state === 'invalid').map((record) => JSON.stringify(record)));
  return after
    .filter((record) => record.state === 'invalid')
    .filter((record) => !known.has(JSON.stringify(record)))
    .map(({ name, file, problems }) => ({ kind: 'invalid', name, file, problems }));
}

function secretsDiffer(tenant: Tenant, before: TenantsSeen, after: TenantsSeen): boolean {
  return secretRefsOf(tenant).some((ref) => {
    const [old, now] = [before.secret(ref), after.secret(ref)];
    return old !== now && (old === undefined || now === undefined || !sameSecret(old.reveal(), now.reveal()));
  });
}

function validByName(records: readonly TenantRecord[]): ReadonlyMap<string, Tenant> {
  return new Map(records.flatMap((record) => (record.state === 'valid' ? [[record.tenant.name, record.tenant] as const] : [])));
}

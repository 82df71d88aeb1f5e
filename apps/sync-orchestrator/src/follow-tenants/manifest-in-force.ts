import { type Db, row } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';

interface Read {
  readonly revision: string;
  readonly spec: TenantSpec;
}

/** By tenant, as read last: a spec is read again only when its revision has changed. */
const read = new Map<string, Read>();

/**
 * The manifest of a tenant that is in force at this moment, in the caller's transaction: what the ledger holds, not what this instance sees, which may be
 * older. `undefined` when the tenant is gone or its manifest is broken.
 */
export async function findSpec(db: Db, tenant: string): Promise<TenantSpec | undefined> {
  const found = await row<{ revision: string; spec: TenantSpec | null }>(db, findSql, [tenant, read.get(tenant)?.revision ?? null]);
  if (found === undefined) return undefined;
  if (found.spec !== null) read.set(tenant, { revision: found.revision, spec: found.spec });
  return read.get(tenant)?.spec;
}

const findSql = `select revision, case when revision is distinct from $2 then spec end as spec from tenants where name = $1 and state in ('active', 'suspended')`;

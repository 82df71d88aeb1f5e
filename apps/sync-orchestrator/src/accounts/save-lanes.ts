import { accountAddress } from '@kds/contracts';
import { type Db, execute } from '@kds/persistence';
import type { Tenant } from '@kds/tenancy';

/** KeyCRM answers a few requests at a time quickly; Dilovod takes one at a time, ever. */
const keycrmInFlight = 4;

/**
 * Puts a manifest's lanes in force, in the caller's transaction, which holds the tenant. A lane whose address is
 * another has no account until a gateway tells it; a tenant with another firm or base is not served until it is known
 * that nobody has the same.
 *
 * Whoever locks several of them locks in this order, so that nobody waits in a circle: tenants, accounts, lanes, and of
 * one table by id.
 */
export async function saveLanes(db: Db, { name, spec }: Pick<Tenant, 'name' | 'spec'>): Promise<void> {
  const [keycrm, dilovod] = [accountAddress(spec.keycrm), accountAddress(spec.dilovod)];
  await execute(db, claimSql, [name, spec.dilovod.firm, dilovod]);
  await execute(db, tryAgainSql, [name]);
  const { requestsPerMinute } = spec.keycrm;
  await execute(db, lanesSql, [
    name,
    spec.pool,
    requestsPerMinute,
    Math.min(keycrmInFlight, requestsPerMinute),
    keycrm,
    dilovod,
  ]);
}

/** A tenant that is new, or that was removed, gets in line behind the others. */
const claimSql = `
  update tenants t set firm = $2, served = false, claim = claim + 1
  where name = $1 and (first_seen_at = now() or firm is distinct from $2 or not exists (
    select 1 from lanes l where l.tenant = t.name and l.system = 'dilovod' and l.address = $3))`;

/** The cause of an account's rest may be gone with the old manifest. */
const tryAgainSql = `
  with resting as (
    select id from accounts where id in (select account from lanes where tenant = $1) and failures > 0 order by id for update
  )
  update accounts a set open_until = null, open_reason = null, failures = 0 from resting where a.id = resting.id`;

const lanesSql = `
  insert into lanes (tenant, system, pool, per_minute, max_in_flight, address)
  values ($1, 'keycrm', $2, $3, $4, $5), ($1, 'dilovod', $2, null, 1, $6)
  on conflict (tenant, system) do update set pool = excluded.pool, per_minute = excluded.per_minute,
    max_in_flight = excluded.max_in_flight, address = excluded.address,
    account = case when lanes.address = excluded.address then lanes.account end,
    told_at = case when lanes.address = excluded.address then lanes.told_at end,
    open_until = null, open_reason = null, failures = 0`;

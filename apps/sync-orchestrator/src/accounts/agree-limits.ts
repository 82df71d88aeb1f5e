import { type Db, execute } from '@kds/persistence';

/** Of what the active tenants of an account declare, the smallest counts. Of every account, or of one. */
export async function agreeLimits(db: Db, account: string | null = null): Promise<void> {
  await execute(db, agreeSql, [account]);
}

const agreeSql = `
  with declared as (
    select l.account, min(l.per_minute) as per_minute, min(l.max_in_flight) as max_in_flight
    from lanes l join tenants t on t.name = l.tenant and t.state = 'active'
    where l.account is not null and ($1::text is null or l.account = $1) group by l.account
  ), other as (
    select a.id, d.per_minute, d.max_in_flight from accounts a join declared d on d.account = a.id
    where (a.per_minute, a.max_in_flight) is distinct from (d.per_minute, d.max_in_flight) order by a.id for update of a
  )
  update accounts a set per_minute = o.per_minute, max_in_flight = o.max_in_flight,
    learned_per_minute = case when a.learned_per_minute < o.per_minute then a.learned_per_minute end
  from other o where a.id = o.id`;

import type { Ledger } from '@kds/persistence';
import { requireTenant, type TenantState, usedSql } from '@kds/sync-orchestrator';

/** The single file in which one tenant's commands wait for one system. */
export interface LaneOverview {
  readonly tenant: string;
  readonly tenantState: TenantState['state'];
  readonly system: 'keycrm' | 'dilovod';
  readonly waiting: Readonly<Record<Urgency, number>>;
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** The account whose budget it is, by a name that tells nothing of the key; null while no gateway has told it. */
  readonly account: string | null;
  /** Other tenants of the same account. */
  readonly sharedWith: readonly string[];
  /** Requests of the account in the last minute, those in flight too; `perMinute` is null where only places are limited. */
  readonly used: number;
  readonly perMinute: number | null;
  /** What manifests declare; `perMinute` is less while others use the limit as well. */
  readonly declaredPerMinute: number | null;
  /** Until when nothing is sent, and the failure that is the cause; null when the lane runs. */
  readonly rest: { readonly until: Date; readonly reason: string } | null;
  readonly oldestWaitingSince: Date | null;
}

/** What a command's priority stands for, by the highest number that still means it; what comes first goes first. */
const urgencies = [
  { urgency: 'orders', upTo: 9 },
  { urgency: 'stockAndPrices', upTo: 19 },
  { urgency: 'readBack', upTo: 29 },
  { urgency: 'backFill', upTo: 32_767 },
] as const;

export type Urgency = (typeof urgencies)[number]['urgency'];

interface LaneRow {
  readonly tenant: string;
  readonly tenant_state: TenantState['state'];
  readonly system: LaneOverview['system'];
  readonly waiting: Readonly<Partial<Record<Urgency, number>>>;
  readonly in_flight: number;
  readonly max_in_flight: number;
  readonly account: string | null;
  readonly shared_with: readonly string[];
  readonly used: number;
  readonly per_minute: number | null;
  readonly declared_per_minute: number | null;
  readonly open_until: Date | null;
  readonly open_reason: string | null;
  readonly oldest: Date | null;
}

export async function listLanes(ledger: Ledger, tenant?: string): Promise<readonly LaneOverview[]> {
  if (tenant !== undefined) await requireTenant(ledger, tenant);
  return (await ledger.rows<LaneRow>(lanesSql, [tenant ?? null])).map((row) => ({
    tenant: row.tenant,
    tenantState: row.tenant_state,
    system: row.system,
    waiting: { orders: 0, stockAndPrices: 0, readBack: 0, backFill: 0, ...row.waiting },
    inFlight: row.in_flight,
    maxInFlight: row.max_in_flight,
    account: row.account,
    sharedWith: row.shared_with,
    used: row.used,
    perMinute: row.per_minute,
    declaredPerMinute: row.declared_per_minute,
    rest: row.open_until === null ? null : { until: row.open_until, reason: row.open_reason ?? 'unknown' },
    oldestWaitingSince: row.oldest,
  }));
}

const urgencySql = `case ${urgencies.map(({ urgency, upTo }) => `when c.priority <= ${upTo} then '${urgency}'`).join(' ')} end`;

const lanesSql = `
  select l.tenant, case when t.firm_taken_by is null then t.state else 'invalid' end as tenant_state, l.system,
    l.account, l.max_in_flight, l.per_minute, l.declared_per_minute, l.open_reason,
    case when l.open_until > now() then l.open_until end as open_until,
    (select coalesce(jsonb_object_agg(urgency, waiting), '{}')
      from (select ${urgencySql} as urgency, count(*) as waiting from commands c where c.tenant = l.tenant and c.system = l.system and c.state = 'pending' group by 1) w) as waiting,
    (select min(c.created_at) from commands c where c.tenant = l.tenant and c.system = l.system and c.state = 'pending') as oldest,
    (select count(*) from attempts a where a.tenant = l.tenant and a.system = l.system and a.settled_at is null)::int as in_flight,
    coalesce((select ${usedSql} from accounts a where a.id = l.account), 0)::int as used,
    array(
      select o.tenant from lanes o join tenants s on s.name = o.tenant and s.state <> 'removed'
      where o.account = l.account and o.tenant <> l.tenant order by o.tenant) as shared_with
  from lane_states l join tenants t on t.name = l.tenant and t.state <> 'removed'
  where $1::text is null or l.tenant = $1
  order by l.tenant, l.system desc`;

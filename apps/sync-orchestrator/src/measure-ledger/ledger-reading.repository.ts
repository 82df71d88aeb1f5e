import type { System } from '@kds/contracts';
import { type Db, rows } from '@kds/persistence';
import {
  allowanceSql, inFlightSql, laneRunsSql, placesSql, tooSoonSql, usedSql,
} from '../dispatch-commands/pick-commands.js';

/** How the ledger stands at one moment, over every tenant that is not removed. Ages are in seconds. */
export interface LedgerReading {
  readonly tenants: readonly TenantState[];
  readonly flows: readonly FlowAge[];
  readonly lanes: readonly LaneState[];
  readonly heldOrders: readonly HeldOrders[];
  readonly heldRuns: readonly HeldRun[];
  readonly drift: readonly Drift[];
}

export interface TenantState {
  readonly tenant: string;
  readonly state: 'active' | 'suspended' | 'invalid';
  readonly mode: string;
}

/** Of a flow that was never proved: the time since its tenant's manifest was taken over. */
export interface FlowAge {
  readonly tenant: string;
  readonly flow: string;
  readonly age: number;
}

export interface LaneState {
  readonly tenant: string;
  readonly system: System;
  readonly pool: string;
  /** What its account is taken to have a minute, and what manifests declare; null where only places are limited. */
  readonly perMinute: number | null;
  readonly declaredPerMinute: number | null;
  /** By all tenants of the account. */
  readonly used: number;
  readonly inFlight: number;
  /** Failures of the lane in a row, and the last one's code. */
  readonly failures: number;
  readonly reason: string | null;
  readonly waiting: number;
  readonly oldestWaiting: number | null;
  readonly runnable: number;
  /** Since the oldest could have gone: it was due, and the lane had a place, budget and no rest. */
  readonly oldestRunnable: number | null;
}

export interface HeldOrders {
  readonly tenant: string;
  readonly reason: string;
  readonly count: number;
}

export interface HeldRun {
  readonly tenant: string;
  readonly flow: string;
  readonly reason: string;
}

/** Differences that were read back in the last hour. */
export interface Drift {
  readonly tenant: string;
  readonly class: string;
  readonly count: number;
}

export async function loadLedgerReading(db: Db): Promise<LedgerReading> {
  return {
    tenants: await rows(db, tenantsSql),
    flows: await rows(db, flowsSql),
    lanes: await rows(db, lanesSql),
    heldOrders: await rows(db, heldOrdersSql),
    heldRuns: await rows(db, `select h.tenant, h.flow, h.reason from held_runs h join tenants t on t.name = h.tenant and t.state <> 'removed' where h.released_at is null`),
    drift: await rows(db, driftSql),
  };
}

/** One whose firm is another's stands as one whose manifest is wrong. */
const tenantsSql = `
  select name as tenant, case when firm_taken_by is null then state else 'invalid' end as state,
    coalesce(spec ->> 'mode', 'none') as mode
  from tenants where state <> 'removed'`;

const flowsSql = `
  select s.tenant, s.flow, extract(epoch from clock_timestamp() - coalesce(s.proved_at, t.changed_at))::float8 as age
  from schedules s join tenants t on t.name = s.tenant and t.state = 'active' and t.firm_taken_by is null`;

const heldOrdersSql = `
  select o.tenant, coalesce(o.held_reason, o.reason) as reason, count(*)::int as count
  from orders o join tenants t on t.name = o.tenant and t.state <> 'removed'
  where o.decision = 'park' or o.held_reason is not null group by 1, 2`;

const driftSql = `
  select t.name as tenant, d.class, count(*)::int as count
  from tenants t cross join lateral (select class from drift where tenant = t.name and at > now() - interval '1 hour') d
  where t.state <> 'removed' group by t.name, d.class`;

/**
 * Runnable is what the dispatcher would let go now, in its own words: the first due commands of an account's lanes, as
 * far as places, budget and circuit allow. Only so many are looked at, since a lane may hold tens of thousands.
 */
const lanesSql = `
  with account as (
    select a.*, ${usedSql}::int as used, ${inFlightSql}::int as in_flight, ${placesSql} as places,
      (select max(x.settled_at) from attempts x where x.account = a.id and x.called) as last_ended
    from accounts a
  ), due as (
    select l.tenant, l.system, c.since, c.priority, a.places - a.in_flight as free,
      a.used, a.id, a.per_minute, a.learned_per_minute,
      row_number() over (partition by a.id order by c.priority, c.place, l.turn_at) as place
    from account a
    join lanes l on l.account = a.id
    join tenants t on t.name = l.tenant
    cross join lateral (
      select c.priority, greatest(c.created_at, c.not_before) as since,
        row_number() over (order by c.priority, c.id) as place
      from (
        select * from commands c
        where c.tenant = l.tenant and c.system = l.system and c.state = 'pending' and c.not_before <= clock_timestamp()
        order by c.priority, c.id limit greatest(0, a.places - a.in_flight)
      ) c
    ) c
    where ${laneRunsSql} and (a.open_until is null or a.open_until <= clock_timestamp())
  ), runnable as (
    select a.tenant, a.system, count(*)::int as count, min(a.since) as since
    from due a cross join lateral (select a.priority) c
    where a.place <= a.free and (a.per_minute is null or (a.used + a.place <= ${allowanceSql} and not ${tooSoonSql}))
    group by a.tenant, a.system
  )
  select l.tenant, l.system, l.pool, l.per_minute as "perMinute",
    l.declared_per_minute as "declaredPerMinute", l.failures, l.open_reason as reason,
    coalesce(a.used, 0) as used,
    (select count(*) from attempts x
      where x.tenant = l.tenant and x.system = l.system and x.settled_at is null)::int as "inFlight",
    w.count as waiting, w.oldest as "oldestWaiting",
    coalesce(r.count, 0) as runnable,
    extract(epoch from clock_timestamp() - greatest(r.since, l.turn_at, l.open_until, a.last_ended))::float8 as "oldestRunnable"
  from lane_states l
  join tenants t on t.name = l.tenant and t.state <> 'removed'
  left join account a on a.id = l.account
  left join runnable r on r.tenant = l.tenant and r.system = l.system
  cross join lateral (
    select count(*)::int as count, extract(epoch from clock_timestamp() - min(c.created_at))::float8 as oldest
    from commands c where c.tenant = l.tenant and c.system = l.system and c.state = 'pending'
  ) w`;

import { type Command, startWithinMs, type System, workingTimeMs, type CommandKind } from '@kds/contracts';
import { type Db, execute, row, rows } from '@kds/persistence';
import { budgetShares, urgentUpTo } from '@kds/sync-domain';
import { type PrepareCommand } from './prepare-command.js';

export interface DispatchedCommand {
  readonly commandId: string;
  readonly attempt: string;
  readonly tenant: string;
  readonly system: System;
  readonly pool: string;
  readonly account: string;
  readonly startBefore: string;
  readonly workingTimeMs: number;
  readonly command: Command;
  /** Of the trace that asked for it. */
  readonly traceparent: string | null;
}

interface Candidate {
  readonly id: string;
  readonly tenant: string;
  readonly system: System;
  readonly pool: string;
  readonly account: string;
  readonly kind: CommandKind;
  readonly payload: Command;
  readonly traceparent: string | null;
}

/** On the bus or being reported, beyond the working time. */
const leaseMarginMs = startWithinMs + 5_000;

export interface PickOptions {
  readonly prepare: PrepareCommand;
  /** That have their turn at most. */
  readonly accounts: number;
}

export interface Picked {
  readonly dispatched: readonly DispatchedCommand[];
  readonly found: number;
}

/**
 * One turn of the accounts: locks accounts that may run (longest since their last turn first; those that another
 * instance holds are passed over), takes for each the most urgent command that its budget allows, and marks it
 * dispatched with a lease. Tenants of one account take turns. To be called in a transaction; what it returns is
 * published after the commit. `found` counts accounts that had a turn, so that the caller knows whether another may
 * bring more.
 */
export async function pickCommands(db: Db, { prepare, accounts }: PickOptions): Promise<Picked> {
  const locked = await rows<{ id: string }>(db, lockAccountsSql, [accounts]);
  if (locked.length === 0) return { dispatched: [], found: 0 };
  // A second statement, so that it sees what the former holder of an account committed.
  const candidates = await rows<Candidate>(db, candidatesSql, [locked.map(({ id }) => id)]);
  const dispatched: DispatchedCommand[] = [];
  for (const candidate of candidates) {
    const command = await prepare(db, candidate.tenant, candidate.payload);
    if (command === 'later') await execute(db, `update commands set not_before = clock_timestamp() + interval '1 second' where id = $1`, [candidate.id]);
    else if (command === undefined) await execute(db, `update commands set state = 'done', settled_at = clock_timestamp() where id = $1`, [candidate.id]);
    else dispatched.push(await markDispatched(db, candidate, command));
  }
  return { dispatched, found: candidates.length };
}

async function markDispatched(db: Db, { id, tenant, system, pool, account, kind, traceparent }: Candidate, command: Command): Promise<DispatchedCommand> {
  const marked = await row<{ attempt: string; start_before: string }>(db, markSql, [id, JSON.stringify(command), workingTimeMs[kind] + leaseMarginMs, startWithinMs, account]);
  if (marked === undefined) throw new Error(`command ${id} vanished while its account was locked`);
  return { commandId: id, attempt: marked.attempt, tenant, system, pool, account, startBefore: marked.start_before, workingTimeMs: workingTimeMs[kind], command, traceparent };
}

/** Requests of account `a` that are under way. */
export const inFlightSql = `(select count(*) from attempts x where x.account = a.id and x.settled_at is null)`;

/**
 * Those that still count because they ended within the window, a little longer than a minute, since clocks differ. What
 * was refused for the limit used nothing up.
 */
const recentSql = `case when a.per_minute is null then 0 else (
  select count(*) from attempts x
  where x.account = a.id and x.called and x.settled_at > clock_timestamp() - interval '61 seconds'
    and x.failure ->> 'code' is distinct from 'throttled') end`;

export const usedSql = `(${inFlightSql} + ${recentSql})`;

/** While it is not known that an account takes requests again, one goes at a time. */
export const placesSql = `case when a.open_reason = 'throttled' then 1 else a.max_in_flight end`;

const shareSql = `case ${budgetShares.map(({ upTo, share }) => `when c.priority <= ${upTo} then ${share}`).join(' ')} end`;

/** Of what the account has a minute, as much as a command `c` of its priority may use up. */
export const allowanceSql = `greatest(1, floor(coalesce(a.learned_per_minute, a.per_minute) * ${shareSql}))`;

/**
 * Seconds in which account `a` sends one command like `c`, where it is paced; at least one, in which it may send
 * several.
 */
const paceSql = `greatest(1, 60.0 / ${allowanceSql})`;

/**
 * Whether account `a` has sent so lately that command `c`, being paced, has to wait: while others use the limit too,
 * and only what is not urgent.
 */
export const tooSoonSql = `(a.learned_per_minute is not null and c.priority > ${urgentUpTo} and ${inFlightSql} + (
  select count(*) from attempts x
  where x.account = a.id and x.called and x.settled_at > clock_timestamp() - ${paceSql} * interval '1 second'
) >= ceil(${allowanceSql} * ${paceSql} / 60))`;

/** May account `a` let its next command `c` go? */
const mayGoSql = `${inFlightSql} < ${placesSql}
    and (a.per_minute is null or (${usedSql} < ${allowanceSql} and not ${tooSoonSql}))`;

/**
 * May lane `l` of tenant `t` send anything? A base that has another key now may still be at work on what the old one
 * asked.
 */
export const laneRunsSql = `t.state = 'active' and t.served
    and (l.open_until is null or l.open_until <= clock_timestamp())
    and (l.system <> 'dilovod' or not exists (
      select 1 from attempts x
      where x.tenant = l.tenant and x.system = 'dilovod' and x.settled_at is null and x.account is distinct from l.account))`;

/**
 * The most urgent command of account `a`; of tenants that have equally urgent ones, the one whose turn was longest ago.
 */
const nextSql = `
  select c.id, c.priority, l.tenant, l.system
  from lanes l
  join tenants t on t.name = l.tenant
  cross join lateral (
    select c.id, c.priority from commands c
    where c.tenant = l.tenant and c.system = l.system and c.state = 'pending' and c.not_before <= clock_timestamp()
    order by c.priority, c.id limit 1
  ) c
  where l.account = a.id and ${laneRunsSql}
  order by c.priority, l.turn_at limit 1`;

const lockAccountsSql = `
  select a.id
  from accounts a
  cross join lateral (${nextSql}) c
  where (a.open_until is null or a.open_until <= clock_timestamp()) and ${mayGoSql}
  order by a.turn_at
  limit $1
  for update of a skip locked`;

/**
 * A command that is being replaced or withdrawn at this moment is passed over, and so is a lane that is given another
 * account.
 */
const candidatesSql = `
  with chosen as (
    select a.id as account, c.id, c.tenant, c.system
    from accounts a cross join lateral (${nextSql}) c
    where a.id = any ($1) and ${mayGoSql}
  ), turn as (
    update accounts a set turn_at = clock_timestamp() where a.id = any ($1)
  ), lane as (
    update lanes l set turn_at = clock_timestamp() from chosen
    where l.tenant = chosen.tenant and l.system = chosen.system and l.account = chosen.account
    returning chosen.id, l.tenant, l.system, l.pool, l.account
  )
  select lane.*, c.kind, c.payload, c.traceparent
  from lane
  cross join lateral (select * from commands c where c.id = lane.id and c.state = 'pending' for update skip locked) c`;

const markSql = `
  with marked as (
    update commands set state = 'dispatched', tries = tries + 1, payload = $2 where id = $1 returning id, tenant, system
  )
  insert into attempts (command_id, tenant, system, account, lease_until)
  select id, tenant, system, $5, clock_timestamp() + $3 * interval '1 millisecond' from marked
  returning id as attempt, to_char((clock_timestamp() + $4 * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start_before`;

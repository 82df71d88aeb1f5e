import { type Command, startWithinMs, type System, workingTimeMs, type CommandKind } from '@kds/contracts';
import { type Db, execute, row, rows } from '@kds/persistence';
import { type PrepareCommand } from './prepare-command.js';

export interface DispatchedCommand {
  readonly commandId: string;
  readonly attempt: string;
  readonly tenant: string;
  readonly system: System;
  readonly pool: string;
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
  readonly kind: CommandKind;
  readonly payload: Command;
  readonly traceparent: string | null;
}

/** The share of a lane's requests a minute that a priority may use up; the rest is kept for what matters more. */
const budgetShares = [
  { upTo: 9, share: 1 },
  { upTo: 19, share: 0.9 },
  { upTo: 29, share: 0.6 },
  { upTo: 99, share: 0.5 },
] as const;

/** On the bus or being reported, beyond the working time. */
const leaseMarginMs = startWithinMs + 5_000;

/**
 * One turn of the lanes: locks lanes that may run (longest since their last turn first; lanes that another instance holds are passed over), takes from
 * each the first command that its budget allows, and marks it dispatched with a lease. To be called in a transaction; what it returns is published
 * after the commit. `found` counts lanes that had a turn, so that the caller knows whether another may bring more.
 */
export async function pickCommands(db: Db, { prepare, lanes }: { readonly prepare: PrepareCommand; readonly lanes: number }): Promise<{ readonly dispatched: readonly DispatchedCommand[]; readonly found: number }> {
  const locked = await rows<{ tenant: string; system: System }>(db, lockLanesSql, [lanes]);
  if (locked.length === 0) return { dispatched: [], found: 0 };
  // A second statement, so that it sees what the former holder of a lane committed.
  const candidates = await rows<Candidate>(db, candidatesSql, [locked.map((lane) => lane.tenant), locked.map((lane) => lane.system)]);
  const dispatched: DispatchedCommand[] = [];
  for (const candidate of candidates) {
    const command = await prepare(db, candidate.tenant, candidate.payload);
    if (command === 'later') await execute(db, `update commands set not_before = clock_timestamp() + interval '1 second' where id = $1`, [candidate.id]);
    else if (command === undefined) await execute(db, `update commands set state = 'done', settled_at = clock_timestamp() where id = $1`, [candidate.id]);
    else dispatched.push(await markDispatched(db, candidate, command));
  }
  return { dispatched, found: candidates.length };
}

async function markDispatched(db: Db, { id, tenant, system, pool, kind, traceparent }: Candidate, command: Command): Promise<DispatchedCommand> {
  const marked = await row<{ attempt: string; start_before: string }>(db, markSql, [id, JSON.stringify(command), workingTimeMs[kind] + leaseMarginMs, startWithinMs]);
  if (marked === undefined) throw new Error(`command ${id} vanished while its lane was locked`);
  return { commandId: id, attempt: marked.attempt, tenant, system, pool, startBefore: marked.start_before, workingTimeMs: workingTimeMs[kind], command, traceparent };
}

/** Requests of lane `l` that are under way, or still count because they ended within the window; a little longer than a minute, since clocks differ. */
export const usedSql = `(
  select count(*) from attempts a
  where a.tenant = l.tenant and a.system = l.system and (a.settled_at is null or (l.per_minute is not null and a.called and a.settled_at > clock_timestamp() - interval '61 seconds')))`;

/** Requests of lane `l` that are under way. */
export const inFlightSql = `(select count(*) from attempts a where a.tenant = l.tenant and a.system = l.system and a.settled_at is null)`;

/** The share of the minute that command `c` may use up. */
export const shareSql = `case ${budgetShares.map(({ upTo, share }) => `when c.priority <= ${upTo} then ${share}`).join(' ')} end`;

/** May lane `l` let its first command `c` go? */
const mayGoSql = `${inFlightSql} < l.max_in_flight and (l.per_minute is null or ${usedSql} < greatest(1, floor(l.per_minute * ${shareSql})))`;

const firstWaitingSql = `
  select c.* from commands c
  where c.tenant = l.tenant and c.system = l.system and c.state = 'pending' and c.not_before <= clock_timestamp()
  order by c.priority, c.id limit 1`;

const lockLanesSql = `
  select l.tenant, l.system
  from lanes l
  join tenants t on t.name = l.tenant and t.state = 'active'
  cross join lateral (${firstWaitingSql}) c
  where (l.open_until is null or l.open_until <= clock_timestamp()) and ${mayGoSql}
  order by l.turn_at
  limit $1
  for update of l skip locked`;

/** A command that is being replaced or withdrawn at this moment is passed over; its lane is due again at once. */
const candidatesSql = `
  with lane as (
    select l.* from unnest($1::text[], $2::text[]) as want(tenant, system) join lanes l on l.tenant = want.tenant and l.system = want.system
  ), turn as (
    update lanes l set turn_at = clock_timestamp() from lane where l.tenant = lane.tenant and l.system = lane.system
  )
  select c.id, c.tenant, c.system, l.pool, c.kind, c.payload, c.traceparent
  from lane l
  cross join lateral (${firstWaitingSql} for update skip locked) c
  where ${mayGoSql}`;

const markSql = `
  with marked as (
    update commands set state = 'dispatched', tries = tries + 1, payload = $2 where id = $1 returning id, tenant, system
  )
  insert into attempts (command_id, tenant, system, lease_until)
  select id, tenant, system, clock_timestamp() + $3 * interval '1 millisecond' from marked
  returning id as attempt, to_char((clock_timestamp() + $4 * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start_before`;

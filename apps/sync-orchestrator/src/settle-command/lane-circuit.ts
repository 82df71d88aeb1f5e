import { failureRule } from '@kds/contracts';
import { type Db, execute, row } from '@kds/persistence';
import { lowerLimit } from '@kds/sync-domain';
import type { Failure, SettledCommand } from './settled-command.js';

/** A vendor's window clears within a minute, whatever it claims. */
const restAtMostMs = 60_000;

interface Trip {
  readonly settled: SettledCommand;
  readonly failure: Failure;
  readonly retryAfterMs?: number;
}

/**
 * What the failure means for others: `rests` when account or lane do, so that the command is not to blame; `limit` when
 * it may go again as soon as they run.
 */
export type Tripped = 'no' | 'rests' | 'limit';

/**
 * Has the account rest when the failure is the account's, or the lane when it is the tenant's or a gateway's. Locks
 * accounts before lanes.
 */
export async function tripCircuit(db: Db, trip: Trip): Promise<Tripped> {
  const { settled, failure, retryAfterMs } = trip;
  const { fault, trouble, restMs } = failureRule(failure.code, settled.command.kind);
  if (fault === 'command' || fault === 'order') return 'no';
  const { account } = settled;
  if (fault !== 'account' || account === null) await tripLane(db, trip, restMs);
  else {
    const asked = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, restAtMostMs);
    await tripAccount(db, {
      account,
      failure,
      rest: (inARow) =>
        failure.code === 'throttled' ? (asked ?? restMs(inARow)) : Math.max(restMs(inARow), asked ?? 0),
    });
    if (failure.code === 'throttled') await learnLimit(db, { account, settled });
  }
  return trouble === 'limit' ? 'limit' : 'rests';
}

async function tripAccount(
  db: Db,
  {
    account,
    failure,
    rest,
  }: { readonly account: string; readonly failure: Failure; readonly rest: (inARow: number) => number },
): Promise<void> {
  const found = await row<{ failures: number }>(db, `select failures from accounts where id = $1 for update`, [
    account,
  ]);
  const inARow = (found?.failures ?? 0) + 1;
  await execute(
    db,
    `update accounts set failures = $2, open_reason = $3,
       open_until = greatest(open_until, clock_timestamp() + $4 * interval '1 millisecond')
     where id = $1`,
    [account, inARow, failure.code, rest(inARow)],
  );
}

async function tripLane(
  db: Db,
  { settled: { tenant, system }, failure }: Trip,
  restMs: (inARow: number) => number,
): Promise<void> {
  const found = await row<{ failures: number }>(
    db,
    `select failures from lanes where tenant = $1 and system = $2 for update`,
    [tenant, system],
  );
  const inARow = (found?.failures ?? 0) + 1;
  await execute(
    db,
    `update lanes set failures = $3, open_reason = $4,
       open_until = greatest(open_until, clock_timestamp() + $5 * interval '1 millisecond')
     where tenant = $1 and system = $2`,
    [tenant, system, inARow, failure.code, restMs(inARow)],
  );
}

/** Less is left than was assumed. What was sent before that became known says nothing new. */
async function learnLimit(
  db: Db,
  { account, settled }: { readonly account: string; readonly settled: SettledCommand },
): Promise<void> {
  const limit = await row<{ declared: number; current: number; passed: number }>(db, limitSql, [
    account,
    settled.dispatchedAt,
  ]);
  if (limit === undefined) return;
  await execute(db, `update accounts set learned_per_minute = $2, learned_at = clock_timestamp() where id = $1`, [
    account,
    lowerLimit(limit, limit.passed),
  ]);
}

const limitSql = `
  select per_minute as declared, coalesce(learned_per_minute, per_minute) as current,
    (
      select count(*) from attempts x
      where x.account = a.id and x.called and x.settled_at > clock_timestamp() - interval '1 minute'
        and x.failure ->> 'code' is distinct from 'throttled')::int as passed
  from accounts a where id = $1 and per_minute is not null and (learned_at is null or learned_at < $2)`;

/** After an answer that is one: nothing rests any more, except where the API has asked for patience. */
export async function resetCircuit(
  db: Db,
  { tenant, system, account }: Pick<SettledCommand, 'tenant' | 'system' | 'account'>,
): Promise<void> {
  const tripped = await row<{ account: boolean; lane: boolean }>(db, trippedSql, [tenant, system, account]);
  if (tripped?.account === true)
    await execute(
      db,
      `update accounts set failures = 0, open_until = null, open_reason = null where id = $1 and not ${patientSql}`,
      [account],
    );
  if (tripped?.lane === true)
    await execute(
      db,
      `update lanes set failures = 0, open_until = null, open_reason = null where tenant = $1 and system = $2`,
      [tenant, system],
    );
}

const patientSql = `coalesce(open_reason = 'throttled' and open_until > clock_timestamp(), false)`;

const trippedSql = `
  select l.failures > 0 or l.open_until is not null as lane,
    coalesce(a.failures > 0 or a.open_until is not null, false) as account
  from lanes l left join accounts a on a.id = $3 where l.tenant = $1 and l.system = $2`;

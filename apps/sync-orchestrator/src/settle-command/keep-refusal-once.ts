import { type Db, execute, row } from '@kds/persistence';
import type { Failure, SettledCommand } from './settled-command.js';

/** Attempts count in the budget of a KeyCRM lane for a minute. */
const replaceableSql = `(c.system = 'dilovod' or c.settled_at < clock_timestamp() - interval '2 minutes')`;

/**
 * What was refused with the same words before, of the same kind and about the same thing, is replaced by the refusal of this moment, which takes over how often
 * that was and when for the first time.
 */
export async function keepRefusalOnce(db: Db, { id, tenant, system, subject, command }: SettledCommand, { code, message }: Failure): Promise<void> {
  const before = await row<{ ids: string[] | null; times: number; first: Date }>(db, beforeSql, [tenant, system, subject, command.kind, id, code, message]);
  if (before?.ids == null) return;
  await execute(db, `delete from attempts where command_id = any ($1::bigint[])`, [before.ids]);
  await execute(db, `delete from commands where id = any ($1::bigint[])`, [before.ids]);
  await execute(db, `update commands set times = times + $2, first_settled_at = $3 where id = $1`, [id, before.times, before.first]);
}

const beforeSql = `
  select array_agg(c.id) as ids, sum(c.times)::int as times, min(coalesce(c.first_settled_at, c.settled_at)) as first from commands c
  where c.tenant = $1 and c.system = $2 and c.subject = $3 and c.kind = $4 and c.id <> $5 and c.state = 'rejected'
    and c.failure ->> 'code' = $6 and c.failure ->> 'message' = $7 and ${replaceableSql}`;

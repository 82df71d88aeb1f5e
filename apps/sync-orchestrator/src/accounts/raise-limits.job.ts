import { raiseLimit } from '@kds/sync-domain';
import { execute, rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';

interface LearnedLimit {
  readonly id: string;
  readonly declared: number;
  readonly current: number;
}

/**
 * Raises, after each quiet minute, the limit of accounts of which less is assumed than is declared; and forgets
 * accounts that nobody uses any more.
 */
export async function raiseLimits(database: DataSource): Promise<boolean> {
  const db = database.manager;
  for (const { id, declared, current } of await rows<LearnedLimit>(db, quietSql)) {
    const raised = raiseLimit({ declared, current });
    await execute(
      db,
      `update accounts set learned_per_minute = $2, learned_at = clock_timestamp()
       where id = $1 and learned_per_minute = $3`,
      [id, raised < declared ? raised : null, current],
    );
  }
  await execute(db, unusedSql);
  return false;
}

const quietSql = `
  select id, per_minute as declared, learned_per_minute as current from accounts
  where learned_per_minute < per_minute and learned_at < clock_timestamp() - interval '1 minute'
    and open_reason is distinct from 'throttled'`;

const unusedSql = `
  delete from accounts a where created_at < now() - interval '1 day'
    and not exists (select 1 from lanes l where l.account = a.id)
    and not exists (select 1 from attempts x where x.account = a.id and x.settled_at is null)`;

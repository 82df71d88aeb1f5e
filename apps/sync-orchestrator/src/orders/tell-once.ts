import { type Db, row } from '@kds/persistence';
import { type JournalEntry, writeJournal } from './orders.repository.js';

/** So many lines back; a round of tries and refusals has three or four. */
const linesBack = 12;

/**
 * Adds a line to an order's story, unless it stands there since the order last got on: then it is told once more by its count. Rounds of «decided,
 * refused, held» that repeat every few minutes stay as long as one round. An edit, a release, or something that went through begins anew.
 */
export async function tellOnce(db: Db, line: JournalEntry): Promise<void> {
  const { tenant, orderId, entry, reason = null, detail } = line;
  const message = (detail as { readonly message?: string } | undefined)?.message ?? null;
  const again = await row(db, againSql, [tenant, orderId, entry, reason, message, detail === undefined ? null : JSON.stringify(detail)]);
  if (again === undefined) await writeJournal(db, line);
}

/** Decisions to do something or to hold, and refusals. */
const ofARoundSql = `(j.entry like 'decided: %' and j.entry <> 'decided: nothing' or j.entry not like 'decided: %' and j.entry <> 'observed' and j.reason is not null and j.reason not in ('done', 'unknown'))`;

const againSql = `
  with latest as (
    select * from order_journal where tenant = $1 and order_id = $2 order by id desc limit ${linesBack}
  ), round as (
    select j.*, bool_and(${ofARoundSql}) over (order by j.id desc) as goes_on from latest j
  )
  update order_journal j set times = j.times + 1, last_at = clock_timestamp(), detail = $6
  where j.id = (select max(r.id) from round r where r.goes_on and r.entry = $3 and r.reason is not distinct from $4 and r.detail ->> 'message' is not distinct from $5)
  returning j.id`;

import { type Db, execute } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { enqueueReadBack, readSoonAtMost } from '../read-back/enqueue-read-back.js';
import type { Position } from './positions.js';

/** What is not known by then is written unread. */
const answerWithinMs = 60_000;

/**
 * Is position `alias` of tenant `$1` to be read before it is written? So where KeyCRM moved it after our last write, and most probably holds what it should.
 * Not where it cannot be asked for by name, or was and is not known in spite of that; nor where there are so many that to write them takes fewer requests.
 */
export function unreadSql(alias: string): string {
  return `(${movedSql(alias)} and (select count(distinct other.sku) from positions other where other.tenant = $1 and ${movedSql('other')}) <= ${readSoonAtMost})`;
}

function movedSql(alias: string): string {
  return `coalesce(
    ${alias}.known is null and ${alias}.moved_at > coalesce(${alias}.written_at, '-infinity') and strpos(${alias}.sku, ',') = 0
      and (${alias}.asked_at is null or ${alias}.asked_at < ${alias}.known_at or ${alias}.asked_at > clock_timestamp() - interval '${answerWithinMs} milliseconds'), false)`;
}

/** Has positions read before they are written. The reading plans again where it finds a difference. */
export async function readFirst(db: Db, { tenant, unread }: { readonly tenant: string; readonly unread: readonly Position[] }): Promise<void> {
  if (unread.length === 0) return;
  const skus = [...new Set(unread.map(({ sku }) => sku))];
  await execute(db, noteAskedSql, [tenant, skus]);
  await enqueueReadBack(db, { tenant, skus, subject: 'unread', priority: priorities.stockAndPrices, delayMs: 0 });
  for (const warehouseId of new Set(unread.map((position) => position.warehouseId))) {
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: `stocks-unread:${warehouseId}`, command: { kind: 'write-stocks', warehouseId, rows: [] }, priority: priorities.stockAndPrices, delayMs: answerWithinMs });
  }
}

/** One that somebody holds is about to be known or written: to wait for it could make two wait for each other. */
const noteAskedSql = `
  with due as (
    select warehouse_id, sku from positions where tenant = $1 and sku = any ($2) and known is null and (asked_at is null or asked_at < known_at) for update skip locked
  )
  update positions p set asked_at = clock_timestamp() from due where p.tenant = $1 and p.sku = due.sku and p.warehouse_id = due.warehouse_id`;

import { rowsNamedIn, splitRefused } from '@kds/sync-domain';
import type { Db } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import type { CommandOf, EffectContext, Failure, SettledCommand } from '../settle-command/settled-command.js';

type BulkWrite = CommandOf<'write-stocks'> | CommandOf<'write-prices'>;

export interface RefusedWrite<C extends BulkWrite> {
  readonly settled: SettledCommand<C>;
  readonly failure: Failure;
  /** Keeps rows that are to blame, so that they wait and are shown to a person. */
  readonly blame: (db: Db, rows: C['rows']) => Promise<void>;
}

/** KeyCRM finds something in the content invalid; every other refusal is about the request as a whole. */
const aboutRows = 'invalid';

/** A refused batch is taken apart until what is to blame stands alone; the parts name their rows and are computed again as they leave. */
export async function settleRefused<C extends BulkWrite>({ db, logger }: EffectContext, { settled, failure, blame }: RefusedWrite<C>): Promise<void> {
  const { tenant, id, command } = settled;
  const rows: readonly { readonly sku: string }[] = command.rows;
  if (rows.length <= 1 || failure.code !== aboutRows) {
    logger.warn({ tenant, kind: command.kind, skus: rows.map(({ sku }) => sku), code: failure.code, reason: failure.message }, 'KeyCRM refuses rows; they wait, and `kds held show <tenant> rows` lists them');
    return blame(db, command.rows);
  }
  for (const [index, part] of splitRefused(rows, rowsNamedIn(failure.detail)).entries()) {
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: `${command.kind}:${id}.${index}`, command: { ...command, rows: part } as C, priority: priorities.stockAndPrices });
  }
}

import type { Db } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';

const skusPerRequest = 50;
/** More SKUs than this are left to the pass over the whole catalogue. */
export const readSoonAtMost = 200;
/** Time for a write that KeyCRM only queued to arrive. */
const settleMs = 10_000;

export interface RowsToRead {
  readonly tenant: string;
  readonly skus: readonly string[];
  readonly subject?: string;
  readonly priority?: number;
  readonly delayMs?: number;
  readonly atMost?: number;
}

/** Has rows read soon; unless told otherwise, rows that were just written. A SKU with a comma cannot be asked for by name. */
export async function enqueueReadBack(
  db: Db,
  { tenant, skus, subject = 'read-back', priority = priorities.readBack, delayMs = settleMs, atMost = readSoonAtMost }: RowsToRead,
): Promise<void> {
  const askable = [...new Set(skus)].filter((sku) => !sku.includes(',')).slice(0, atMost);
  for (let start = 0; start < askable.length; start += skusPerRequest) {
    const part = askable.slice(start, start + skusPerRequest);
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: `${subject}:${part[0]}`, command: { kind: 'list-stocks', page: 1, skus: part }, priority, delayMs });
  }
}

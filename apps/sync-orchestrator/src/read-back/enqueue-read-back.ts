import type { Db } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';

const skusPerRequest = 50;
/** More changed rows than this are left to the pass over the whole catalogue. */
const soonReadAtMost = 200;
/** Time for a write that KeyCRM only queued to arrive. */
const settleMs = 10_000;

/** Has rows that were just written read back soon. A SKU with a comma cannot be asked for by name. */
export async function enqueueReadBack(db: Db, { tenant, skus, delayMs = settleMs }: { readonly tenant: string; readonly skus: readonly string[]; readonly delayMs?: number }): Promise<void> {
  const askable = [...new Set(skus)].filter((sku) => !sku.includes(',')).slice(0, soonReadAtMost);
  for (let start = 0; start < askable.length; start += skusPerRequest) {
    const part = askable.slice(start, start + skusPerRequest);
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: `read-back:${part[0]}`, command: { kind: 'list-stocks', page: 1, skus: part }, priority: priorities.readBack, delayMs });
  }
}

import type { Command } from '@kds/contracts';
import { type Db, rows } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { askAgainSql } from './folded-sql.js';
import type { TwinsOf } from './keep-twins.js';

const namesPerRequest = 50;

/**
 * Asks a system for SKUs that it may take for one another, each by its name and no two of a kind in one request. One
 * with a comma cannot be asked for in KeyCRM.
 */
export async function askForTwins(db: Db, { tenant, system }: TwinsOf): Promise<void> {
  const due = await rows<{ sku: string; turn: number }>(db, dueSql, [tenant, system]);
  for (const turn of new Set(due.map((each) => each.turn))) {
    const names = due.filter((each) => each.turn === turn).map(({ sku }) => sku);
    for (let start = 0; start < names.length; start += namesPerRequest) {
      const part = names.slice(start, start + namesPerRequest);
      const subject = `twins:${turn}:${start}`;
      const command: Command =
        system === 'keycrm' ? { kind: 'list-stocks', page: 1, skus: part } : { kind: 'read-goods', articles: part };
      await enqueueCommand(db, { tenant, system, subject, command, priority: priorities.stockAndPrices });
    }
  }
}

const dueSql = `
  select sku, turn from (
    select sku, folds, read_at, (row_number() over (partition by folded order by sku))::int as turn
    from sku_twins where tenant = $1 and system = $2
  ) t
  where (folds is null or read_at < clock_timestamp() - ${askAgainSql}) and ($2 = 'dilovod' or strpos(sku, ',') = 0)
  order by turn, sku`;

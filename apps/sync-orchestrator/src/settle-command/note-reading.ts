import type { CommandKind } from '@kds/contracts';
import { type Db, execute } from '@kds/persistence';
import type { Failure, SettledCommand } from './settled-command.js';

/** The flow that a reading belongs to; passes over orders are named by their subject. */
const flowOf: Readonly<Partial<Record<CommandKind, string>>> = {
  'read-goods': 'goods',
  'read-balances': 'stock',
  'read-prices': 'prices',
  'list-stocks': 'catalogue',
  'list-documents': 'documents',
  'read-sources': 'sources',
  'list-cards': 'prices',
  'read-stock-history': 'stock-history',
};

/** Keeps for a flow why its last reading was refused for good (a right that is missing, a storage that is unknown), or that it no longer is: `null`. */
export async function noteReading(db: Db, { tenant, command, subject }: SettledCommand, failure: Failure | null): Promise<void> {
  const flow = command.kind === 'list-orders' ? subject : flowOf[command.kind];
  if (flow === undefined) return;
  const refused = failure === null ? null : JSON.stringify({ code: failure.code, message: failure.message });
  await execute(db, `update schedules set refused = $3 where tenant = $1 and flow = $2 and refused is distinct from $3::jsonb`, [tenant, flow, refused]);
}

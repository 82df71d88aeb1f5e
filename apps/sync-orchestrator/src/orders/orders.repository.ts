import type { Observation, OrderBinding, Refusal } from '@kds/sync-domain';
import { type Db, execute, row } from '@kds/persistence';

/** What is kept of one KeyCRM order: the latest observation, what Dilovod is known to hold, and what was decided last. */
export interface OrderRecord {
  readonly tenant: string;
  readonly order_id: string;
  readonly observation: Observation;
  readonly binding: OrderBinding;
  /** A person decided to leave the order as it is, as long as nothing in it changes. */
  readonly dropped: boolean;
  readonly doubt_attempt: string | null;
  readonly refusals: readonly Refusal[];
  readonly decision: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly written_fields: Readonly<Record<string, string>> | null;
  /** Of the trace that asked for the next look. */
  readonly traceparent: string | null;
}

const columns = 'tenant, order_id, observation, binding, coalesce(essence = dropped_essence, false) as dropped, doubt_attempt, refusals, decision, reason, message, written_fields, traceparent';

export function lockOrder(db: Db, tenant: string, orderId: number | string): Promise<OrderRecord | undefined> {
  return row(db, `select ${columns} from orders where tenant = $1 and order_id = $2 for update`, [tenant, orderId]);
}

/** The order that has waited longest for another look, locked; orders that another instance looks at are passed over. */
export function lockDirtyOrder(db: Db, tenants: readonly string[]): Promise<OrderRecord | undefined> {
  return row(
    db,
    `select ${columns} from orders where dirty_since <= clock_timestamp() and tenant = any ($1) order by dirty_since limit 1 for update skip locked`,
    [tenants],
  );
}

export async function saveBinding(db: Db, { tenant, order_id }: Pick<OrderRecord, 'tenant' | 'order_id'>, { binding, doubtAttempt }: { readonly binding: OrderBinding; readonly doubtAttempt: string | null }): Promise<void> {
  await execute(db, `update orders set binding = $3, doubt_attempt = $4, dirty_since = clock_timestamp() where tenant = $1 and order_id = $2`, [tenant, order_id, JSON.stringify(binding), doubtAttempt]);
}

export interface JournalEntry {
  readonly tenant: string;
  readonly orderId: number | string;
  readonly entry: string;
  readonly reason?: string | null;
  readonly detail?: unknown;
}

/** Adds a line to an order's story. */
export async function writeJournal(db: Db, { tenant, orderId, entry, reason = null, detail }: JournalEntry): Promise<void> {
  await execute(db, `insert into order_journal (tenant, order_id, entry, reason, detail) values ($1, $2, $3, $4, $5)`, [tenant, orderId, entry, reason, detail === undefined ? null : JSON.stringify(detail)]);
}

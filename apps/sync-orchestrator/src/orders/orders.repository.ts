import type { Observation, OrderBinding, Refusal, Released } from '@kds/sync-domain';
import { type Db, execute, row } from '@kds/persistence';

/** What is kept of one KeyCRM order: the latest observation, what Dilovod is known to hold, and what was decided last. */
export interface OrderRecord {
  readonly tenant: string;
  readonly order_id: string;
  readonly observation: Observation;
  readonly binding: OrderBinding;
  /** A person decided to leave the order as it is, as long as nothing in it changes. */
  readonly dropped: boolean;
  /** What a person let go, as long as nothing in the order changes. */
  readonly released: Released | null;
  readonly doubt_attempt: string | null;
  readonly refusals: readonly Refusal[];
  readonly decision: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly written_fields: Readonly<Record<string, string>> | null;
  /** Of the trace that asked for the next look. */
  readonly traceparent: string | null;
  /** Since when the order is to be looked at, to the microsecond. */
  readonly dirty_since: string | null;
}

const columns = `tenant, order_id, observation, binding, coalesce(essence = dropped_essence, false) as dropped, case when released ->> 'essence' = essence then released end as released, doubt_attempt, refusals, decision, reason, message, written_fields, traceparent, dirty_since::text as dirty_since`;

export function lockOrder(db: Db, tenant: string, orderId: number | string): Promise<OrderRecord | undefined> {
  return row(db, `select ${columns} from orders where tenant = $1 and order_id = $2 for update`, [tenant, orderId]);
}

/**
 * The order that has waited longest for another look, locked; orders that another instance looks at are passed over, and those of a client of whom it is not
 * known yet which orders have documents. `except` names others to pass over, as `tenant/number`.
 */
export function lockDirtyOrder(db: Db, tenants: readonly string[], except: readonly string[] = []): Promise<OrderRecord | undefined> {
  return row(
    db,
    `select ${columns} from orders
     where dirty_since <= clock_timestamp() and tenant = any ($1) and exists (select 1 from tenants t where t.name = orders.tenant and t.adopted_at is not null)
       and tenant || '/' || order_id <> all ($2::text[])
     order by dirty_since limit 1 for update skip locked`,
    [tenants, except],
  );
}

export async function saveBinding(db: Db, { tenant, order_id }: Pick<OrderRecord, 'tenant' | 'order_id'>, { binding, doubtAttempt }: { readonly binding: OrderBinding; readonly doubtAttempt: string | null }): Promise<void> {
  await execute(db, `update orders set binding = $3, doubt_attempt = $4, dirty_since = clock_timestamp() where tenant = $1 and order_id = $2`, [tenant, order_id, JSON.stringify(binding), doubtAttempt]);
}

/** For `LookAgain.also`: nothing is known for certain of an order's documents, so that they are looked for before anything else. */
export const doubtAll = `binding = binding || '{"doubt": "all"}'`;

export interface LookAgain {
  readonly tenant: string;
  /** Of the orders `o`; `$1` is the tenant. All of the client's when left out. */
  readonly where?: string;
  readonly parameters?: readonly unknown[];
  /** What else is set, e.g. `refusals = '[]'`. */
  readonly also?: string;
}

/**
 * Has every order of a client that a condition holds of looked at again. Rows are locked in the order of their numbers, as by whoever else takes several: two
 * that took them otherwise could wait for each other.
 */
export async function lookAgain(db: Db, { tenant, where = 'true', parameters = [], also }: LookAgain): Promise<void> {
  await execute(
    db,
    `with due as (select o.order_id from orders o where o.tenant = $1 and (${where}) order by o.order_id for update)
     update orders o set dirty_since = clock_timestamp()${also === undefined ? '' : `, ${also}`} from due where o.tenant = $1 and o.order_id = due.order_id`,
    [tenant, ...parameters],
  );
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

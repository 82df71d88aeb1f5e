import { type Db, execute } from '@kds/persistence';
import { negated } from '@kds/kernel';
import type { DocumentRow, OrderBinding } from '@kds/sync-domain';

export interface BindingChange {
  readonly tenant: string;
  readonly orderId: number;
  readonly before: OrderBinding;
  readonly after: OrderBinding;
  readonly attempt: string;
  readonly doubtAttempt: string | null;
}

/**
 * Keeps what our documents moved in Dilovod's stock, numbered by the attempt that did it: a snapshot read by a later attempt of the same single-file
 * lane contains it. Where a document was found after a lost answer, the number is chosen so that doubt never shows more than can be sold.
 */
export async function recordMovements(db: Db, { tenant, orderId, before, after, attempt, doubtAttempt }: BindingChange): Promise<void> {
  const early = doubtAttempt ?? attempt;
  for (const shipment of after.shipments) {
    const was = before.shipments.find((entry) => entry.id === shipment.id);
    if (was === undefined) await move(db, { tenant, orderId, document: shipment.id, rows: shipment.rows, out: true, attempt });
    if ((was?.saleReturn ?? null) === null && shipment.saleReturn !== null) await move(db, { tenant, orderId, document: shipment.saleReturn, rows: shipment.rows, out: false, attempt: early });
    if (was?.saleReturn && shipment.saleReturn === null) await move(db, { tenant, orderId, document: was.saleReturn, rows: shipment.rows, out: true, attempt });
  }
  for (const shipment of before.shipments) {
    if (!after.shipments.some((entry) => entry.id === shipment.id)) await move(db, { tenant, orderId, document: shipment.id, rows: shipment.rows, out: false, attempt: early });
  }
}

interface Move {
  readonly tenant: string;
  readonly orderId: number;
  readonly document: string;
  readonly rows: readonly DocumentRow[];
  /** Goods left the storage. */
  readonly out: boolean;
  readonly attempt: string;
}

async function move(db: Db, { tenant, orderId, document, rows, out, attempt }: Move): Promise<void> {
  const lines = rows.map((row) => ({ good: row.good, storage: row.storage, quantity: out ? row.qty : negated(row.qty) }));
  await execute(
    db,
    `insert into movements (tenant, order_id, document, good, storage, quantity, attempt)
     select $1, $2, $3, r.good, r.storage, sum(r.quantity), $5 from jsonb_to_recordset($4::jsonb) as r(good text, storage text, quantity numeric)
     group by r.good, r.storage
     on conflict (tenant, document, good, storage, attempt) do nothing`,
    [tenant, orderId, document, JSON.stringify(lines), attempt],
  );
}

import { type Db, execute } from '@kds/persistence';
import { compare, type Decimal, isNegative, minus, negated, plus, zero } from '@kds/kernel';
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
  const [was, is] = [movedOut(before), movedOut(after)];
  const changes = [...new Set([...was.keys(), ...is.keys()])].map((key) => ({ ...(JSON.parse(key) as Moved), quantity: minus(is.get(key) ?? zero, was.get(key) ?? zero) }));
  await move(db, { tenant, orderId, attempt, moves: changes.filter(({ quantity }) => compare(quantity, zero) > 0) });
  await move(db, { tenant, orderId, attempt: early, moves: changes.filter(({ quantity }) => isNegative(quantity)) });
}

interface Moved {
  readonly document: string;
  readonly good: string;
  readonly storage: string;
}

/** What each document took out of its storages; returns took out less than nothing. Keys are `Moved` as JSON. */
function movedOut({ shipments }: OrderBinding): ReadonlyMap<string, Decimal> {
  const sums = new Map<string, Decimal>();
  const add = (document: string, rows: readonly DocumentRow[], sign: (quantity: Decimal) => Decimal) => {
    for (const { good, storage, qty } of rows) {
      const key = JSON.stringify({ document, good, storage } satisfies Moved);
      sums.set(key, plus(sums.get(key) ?? zero, sign(qty)));
    }
  };
  for (const { id, rows, saleReturn } of shipments) {
    add(id, rows, (quantity) => quantity);
    if (saleReturn !== null) add(saleReturn.id, saleReturn.rows, negated);
  }
  return sums;
}

interface Moves {
  readonly tenant: string;
  readonly orderId: number;
  readonly attempt: string;
  readonly moves: readonly (Moved & { readonly quantity: Decimal })[];
}

async function move(db: Db, { tenant, orderId, attempt, moves }: Moves): Promise<void> {
  if (moves.length === 0) return;
  await execute(
    db,
    `insert into movements (tenant, order_id, document, good, storage, quantity, attempt)
     select $1, $2, r.document, r.good, r.storage, r.quantity, $4 from jsonb_to_recordset($3::jsonb) as r(document text, good text, storage text, quantity numeric)
     on conflict (tenant, document, good, storage, attempt) do update set quantity = movements.quantity + excluded.quantity where movements.attempt = 0`,
    [tenant, orderId, JSON.stringify(moves), attempt],
  );
}

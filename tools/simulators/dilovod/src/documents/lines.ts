import { Big } from 'big.js';
import { type StoredObject } from '../base/object-store.js';
import { noReference, type StoredRecord } from '../metadata/stored-value.js';

/** What the rows of a document say about one good in one storage, taken together. */
export interface Line {
  readonly good: string;
  readonly storage: string;
  readonly qty: Big;
  readonly amountCur: Big;
  readonly qtyReserve: Big;
  readonly qtyPurchase: Big;
  readonly qtyProd: Big;
}

/** The lines of a document. A row without a storage takes the header's; quantities are in base units. */
export function linesOf(document: Pick<StoredObject, 'header' | 'parts'>): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const row of document.parts['tpGoods'] ?? []) {
    const good = reference(row, 'good');
    const storage = reference(row, 'storage') === noReference ? reference(document.header, 'storage') : reference(row, 'storage');
    const key = `${good} ${storage}`;
    lines.set(key, plusRow(lines.get(key) ?? emptyLine(good, storage), row));
  }
  return [...lines.values()];
}

/** A reference attribute, none when it was never set. */
export function reference(record: StoredRecord, name: string): string {
  return String(record[name] ?? noReference);
}

/** A decimal attribute, zero when it was never set. */
export function amount(record: StoredRecord, name: string): Big {
  return new Big(String(record[name] ?? '0'));
}

function emptyLine(good: string, storage: string): Line {
  const zero = new Big(0);
  return { good, storage, qty: zero, amountCur: zero, qtyReserve: zero, qtyPurchase: zero, qtyProd: zero };
}

function plusRow(line: Line, row: StoredRecord): Line {
  return {
    ...line,
    qty: line.qty.plus(amount(row, 'baseQty').eq(0) ? amount(row, 'qty') : amount(row, 'baseQty')),
    amountCur: line.amountCur.plus(amount(row, 'amountCur')),
    qtyReserve: line.qtyReserve.plus(amount(row, 'qtyReserve')),
    qtyPurchase: line.qtyPurchase.plus(amount(row, 'qtyPurchase')),
    qtyProd: line.qtyProd.plus(amount(row, 'qtyProd')),
  };
}

import { type DilovodDocument, type DilovodDocumentRow, remarkTailIn } from '@kds/dilovod-client';
import { minus, times, toKopeck, zero } from '@kds/kernel';
import type { DocumentFound, DocumentRow, DocumentType, OrderMembers } from '@kds/sync-domain';

/** A live document as it was read, in the orchestrator's words. A row that names no storage leaves from the header's. */
export function toDocumentFound(type: DocumentType, document: DilovodDocument): DocumentFound {
  const { id, number, state, person, storage, currency, baseDoc, contract, posted, rows } = document;
  return {
    type,
    id,
    number,
    state,
    person: person ?? '',
    storage: storage ?? '',
    baseDoc,
    contract,
    posted: posted === true,
    currency,
    rows: rows.map((row) => toDocumentRow(row, storage ?? '')),
    members: type === 'saleOrder' ? toMembers(document) : null,
  };
}

/** Of the remark only what follows the order's key is told. */
function toMembers({ business, author, tradeChanel, paymentForm, details, remarkFromPerson, remark }: DilovodDocument): OrderMembers {
  return { business, author, tradeChanel, paymentForm, details, remarkFromPerson, note: remarkTailIn(remark ?? '') };
}

/** Amounts that the base does not show follow from those that it does. */
export function toDocumentRow(row: DilovodDocumentRow, otherwiseStorage: string): DocumentRow {
  const price = row.price ?? zero;
  const priceAmount = row.priceAmount ?? toKopeck(times(price, row.qty));
  const discount = row.discount ?? zero;
  return {
    good: row.good ?? '',
    unit: row.unit ?? '',
    qty: row.qty,
    price,
    priceAmount,
    discount,
    amountCur: row.amountCur ?? minus(priceAmount, discount),
    storage: row.storage ?? otherwiseStorage,
  };
}

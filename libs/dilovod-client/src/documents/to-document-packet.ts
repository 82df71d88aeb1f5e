import type { DilovodRecord } from '../read-json.js';
import type { DilovodDocumentDraft, DilovodRowDraft } from './document-draft.js';
import { orderKey } from './order-key.js';

/** The header fields that all three kinds of document share. Nothing else of a draft gets in: no weight, no dimensions, no vendor extras. */
export function toSharedHeader({ orderId, remarkTail, date, firm, person, storage, currency, business }: DilovodDocumentDraft): DilovodRecord {
  const remark = remarkTail ? `${orderKey(orderId)} ${remarkTail}` : orderKey(orderId);
  return { date, firm, person, storage, currency, ...present({ business }), remark };
}

/** Members that rows have only where the type is known to take them: a base may refuse a row for one that it does not know. */
export type OptionalRowMember = 'discount' | 'storage';

export function toTableParts(rows: readonly DilovodRowDraft[], optional: readonly OptionalRowMember[]): { readonly tpGoods: readonly DilovodRecord[] } {
  return { tpGoods: rows.map((row, index) => ({ rowNum: index + 1, ...toRow(row), ...Object.fromEntries(optional.map((member) => [member, row[member]])) })) };
}

function toRow({ good, unit, qty, price, priceAmount, amountCur }: DilovodRowDraft): DilovodRecord {
  return { good, unit, qty, baseQty: qty, price, priceAmount, amountCur };
}

/** The fields that have a value: Dilovod takes an absent field as "leave it". */
export function present(fields: Readonly<Record<string, string | null | undefined>>): DilovodRecord {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''));
}

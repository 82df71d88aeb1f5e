import type { DilovodSavePacket } from '../dilovod-packets.js';
import type { DilovodRecord } from '../read-json.js';
import type { SaleOrderDraft } from './document-draft.js';
import { present, toSharedHeader, toTableParts } from './to-document-packet.js';

/**
 * A posted order: created, or brought to the draft when `id` names it. Of one that stands, the date, the state and, unless the draft has more to say than the
 * key, the remark are left as they are: people work with them.
 */
export function toSaleOrderPacket(draft: SaleOrderDraft, id?: string): DilovodSavePacket {
  const { date, state, remark, ...rest } = toSaleOrderHeader(draft);
  const header = id === undefined ? { id: 'documents.saleOrder', date, ...present({ state: state as string }), remark, ...rest } : { id, ...rest, ...(draft.remarkTail ? { remark } : {}) };
  return { saveType: 1, header, tableParts: toTableParts(draft.rows) };
}

export function toSaleOrderHeader(draft: SaleOrderDraft): DilovodRecord {
  const { state, author, tradeChanel, paymentForm, details, remarkFromPerson } = draft;
  return { ...toSharedHeader(draft), ...present({ state, author, tradeChanel, paymentForm, details, remarkFromPerson }) };
}

import type { DilovodSavePacket } from '../dilovod-packets.js';
import type { DilovodRecord } from '../read-json.js';
import type { SaleOrderDraft } from './document-draft.js';
import { present, toSharedHeader, toTableParts } from './to-document-packet.js';

/** A posted order: created, or brought to the draft when `id` names it. */
export function toSaleOrderPacket(draft: SaleOrderDraft, id?: string): DilovodSavePacket {
  return { saveType: 1, header: { id: id ?? 'documents.saleOrder', ...toSaleOrderHeader(draft) }, tableParts: toTableParts(draft.rows) };
}

export function toSaleOrderHeader(draft: SaleOrderDraft): DilovodRecord {
  const { state, author, tradeChanel, paymentForm, details, remarkFromPerson } = draft;
  return { ...toSharedHeader(draft), ...present({ state, author, tradeChanel, paymentForm, details, remarkFromPerson }) };
}

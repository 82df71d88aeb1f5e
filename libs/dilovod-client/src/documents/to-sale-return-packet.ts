import type { DilovodSavePacket } from '../dilovod-packets.js';
import type { SaleReturnDraft } from './document-draft.js';
import { type OptionalRowMember, toSharedHeader, toTableParts } from './to-document-packet.js';

const returnOfGoods = '1004000000000354';

/**
 * A posted return: created, or brought to the draft when `id` names it; the date of one that stands is left as it is. Rows have what clients of the API
 * send, and `optional` only where the base wants it.
 */
export function toSaleReturnPacket(draft: SaleReturnDraft, id?: string, optional: readonly OptionalRowMember[] = []): DilovodSavePacket {
  const { baseDoc, contract, rows } = draft;
  const { date, ...shared } = toSharedHeader(draft);
  const header = { ...(id === undefined ? { id: 'documents.saleReturn', date } : { id }), ...shared, docMode: returnOfGoods, baseDoc, contract };
  return { saveType: 1, header, tableParts: toTableParts(rows, optional) };
}

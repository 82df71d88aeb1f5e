import type { DilovodSavePacket } from '../dilovod-packets.js';
import type { SaleReturnDraft } from './document-draft.js';
import { toSharedHeader, toTableParts } from './to-document-packet.js';

const returnOfGoods = '1004000000000354';

/** A posted return: created, or brought to the draft when `id` names it. */
export function toSaleReturnPacket(draft: SaleReturnDraft, id?: string): DilovodSavePacket {
  const { baseDoc, contract, rows } = draft;
  const header = { id: id ?? 'documents.saleReturn', ...toSharedHeader(draft), docMode: returnOfGoods, baseDoc, contract };
  return { saveType: 1, header, tableParts: toTableParts(rows) };
}

import type { DilovodSavePacket } from '../dilovod-packets.js';
import type { SaleDraft } from './document-draft.js';
import { toSharedHeader, toTableParts } from './to-document-packet.js';

const shipmentToBuyer = '1004000000000350';

/** A posted shipment: created, or brought to the draft when `id` names it. */
export function toSalePacket(draft: SaleDraft, id?: string): DilovodSavePacket {
  const { baseDoc, contract, rows } = draft;
  const header = { id: id ?? 'documents.sale', ...toSharedHeader(draft), docMode: shipmentToBuyer, baseDoc, contract };
  // As the order's rows are, but for the storage, which no client of the API sends here: the header's counts.
  return { saveType: 1, header, tableParts: toTableParts(rows, ['discount']) };
}

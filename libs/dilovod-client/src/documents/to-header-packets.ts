import type { DilovodSavePacket } from '../dilovod-packets.js';
import { present } from './to-document-packet.js';

/** Sets an order's state and nothing else; the document stays posted. */
export function toStatePacket(id: string, state: string): DilovodSavePacket {
  return { saveType: 1, header: { id, state } };
}

/** Unposts a document and marks it for deletion in one save: a plain mark may leave register movements behind. There is no way back through the API. */
export function toMarkPacket(id: string, state?: string | null): DilovodSavePacket {
  return { saveType: 2, header: { id, ...present({ state }), delMark: 1 } };
}

/** Puts the links of a shipment or return right. */
export function toLinkPacket(id: string, { baseDoc, contract }: { readonly baseDoc: string; readonly contract: string }): DilovodSavePacket {
  return { saveType: 1, header: { id, baseDoc, contract } };
}

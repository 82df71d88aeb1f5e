import { toSalePacket, toSaleReturnPacket } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done } from '@kds/kernel';
import type { OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { findLinked } from './find-order-documents.js';
import { toSaleDraft, toSaleReturnDraft } from './to-document-drafts.js';

/** Creates a posted shipment of the present moment, unless somebody has shipped from the order document by hand: then that is what is told of. */
export async function saveSale({ draft, known }: Extract<OrderCommand, { kind: 'save-sale' }>, desk: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const byHand = await findLinked('sale', { linkedTo: [draft.saleOrder], except: known }, desk);
  if (byHand.kind !== 'done') return byHand;
  if (byHand.value.length > 0) return done({ kind: 'found', documents: byHand.value });
  const { dilovod, within, local } = desk;
  const { answer } = await dilovod.saveObject(toSalePacket(toSaleDraft(draft, { now: new Date(), local })), within());
  return turn(answer, (documentId) => ({ kind: 'saved', documentId }));
}

/** Creates a posted return of the present moment, or brings one of the same shipment to the draft. */
export async function saveSaleReturn({ draft, documentId }: Extract<OrderCommand, { kind: 'save-sale-return' }>, { dilovod, within, local }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const packet = toSaleReturnPacket(toSaleReturnDraft(draft, { now: new Date(), local }), documentId ?? undefined);
  const { answer } = await dilovod.saveObject(packet, within());
  return turn(answer, (saved) => ({ kind: 'saved', documentId: saved }));
}

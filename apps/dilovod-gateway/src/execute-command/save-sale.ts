import { toSalePacket, toSaleReturnPacket } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { toSaleDraft, toSaleReturnDraft } from './to-document-drafts.js';

/** Creates a posted shipment of the present moment. */
export async function saveSale({ draft }: Extract<OrderCommand, { kind: 'save-sale' }>, { dilovod, within, local }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const packet = toSalePacket(toSaleDraft(draft, { now: new Date(), local }));
  const { answer } = await dilovod.saveObject(packet, within());
  return turn(answer, (documentId) => ({ kind: 'saved', documentId }));
}

/** Creates a posted return of the present moment. */
export async function saveSaleReturn({ draft }: Extract<OrderCommand, { kind: 'save-sale-return' }>, { dilovod, within, local }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const packet = toSaleReturnPacket(toSaleReturnDraft(draft, { now: new Date(), local }));
  const { answer } = await dilovod.saveObject(packet, within());
  return turn(answer, (documentId) => ({ kind: 'saved', documentId }));
}

import { type DilovodSavePacket, toLinkPacket, toStatePacket } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';

export async function setOrderState({ documentId, state }: Extract<OrderCommand, { kind: 'set-order-state' }>, desk: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  return save(toStatePacket(documentId, state), desk);
}

/** Bases a shipment on another order. */
export async function relinkSale({ documentId, saleOrder }: Extract<OrderCommand, { kind: 'relink-sale' }>, desk: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  return save(toLinkPacket(documentId, { baseDoc: saleOrder, contract: saleOrder }), desk);
}

async function save(packet: DilovodSavePacket, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const { answer } = await dilovod.saveObject(packet, within());
  return turn(answer, (documentId) => ({ kind: 'saved', documentId }));
}

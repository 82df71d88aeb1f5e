import type { DilovodCommand, ResultOf } from '@kds/contracts';
import { listOrderKeys } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';

/** The orders that live documents in the base name as theirs. */
export async function listKeyedOrders(_command: Extract<DilovodCommand, { kind: 'list-order-keys' }>, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<ResultOf['list-order-keys']>> {
  const { answer } = await listOrderKeys(dilovod, within());
  return turn(answer, (orderIds) => ({ orderIds }));
}

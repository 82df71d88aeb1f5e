import { readDocument } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';

/** The number that the base gave a document. */
export async function readOrderDocument({ documentId }: Extract<OrderCommand, { kind: 'read-document' }>, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const { answer } = await readDocument(dilovod, documentId, within());
  return turn(answer, ({ number }) => ({ kind: 'read', number }));
}

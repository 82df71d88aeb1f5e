import { findDocumentsByKey, readDocument } from '@kds/dilovod-client';
import { type ApiAnswer, done } from '@kds/kernel';
import type { DocumentFound, OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { toDocumentFound } from './document-rows.js';
import { toPostPacket } from './to-post-packet.js';

/**
 * The live documents of a kind that bear the order's key, with their rows. One that a lost answer left unposted is posted before it is told of, so that
 * whatever is found counts.
 */
export async function findOrderDocuments({ orderId, type }: Extract<OrderCommand, { kind: 'find-documents' }>, desk: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const { answer } = await findDocumentsByKey(desk.dilovod, { type: `documents.${type}`, orderId }, desk.within());
  if (answer.kind !== 'done') return answer;
  const documents: DocumentFound[] = [];
  for (const { id } of answer.value) {
    const found = await readPosted(id, desk);
    if (found.kind !== 'done') return found;
    documents.push(found.value);
  }
  return done({ kind: 'found', documents });
}

async function readPosted(id: string, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<DocumentFound>> {
  const { answer } = await readDocument(dilovod, id, within());
  if (answer.kind !== 'done') return answer;
  const found = toDocumentFound(answer.value);
  if (found.posted) return done(found);
  const { answer: saved } = await dilovod.saveObject(toPostPacket(id), within());
  return saved.kind === 'done' ? done({ ...found, posted: true }) : saved;
}

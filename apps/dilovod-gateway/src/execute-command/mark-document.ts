import { readDocument, toMarkPacket } from '@kds/dilovod-client';
import { type ApiAnswer, done } from '@kds/kernel';
import type { OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { inDoubt } from './in-doubt.js';

const marked: OrderCommandDone = { kind: 'marked' };

/**
 * Unposts a document and marks it for deletion, and believes only what it then reads. A base that saves without taking the mark gets it by its own
 * action for that. Safe to repeat: a document that is marked already is done.
 */
export async function markDocument({ documentId, state }: Extract<OrderCommand, { kind: 'mark-document' }>, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const { answer: saved } = await dilovod.saveObject(toMarkPacket(documentId, state), within());
  if (saved.kind === 'failed' || saved.kind === 'unknown') return saved;
  const first = await readDocument(dilovod, documentId, within());
  if (first.answer.kind === 'done' && first.answer.value.delMark === true) return done(marked);
  if (saved.kind === 'rejected') return saved;
  if (first.answer.kind !== 'done') return inDoubt(first.answer);
  const { answer: set } = await dilovod.setDelMark(documentId, within());
  if (set.kind !== 'done') return set.kind === 'rejected' ? set : inDoubt(set);
  const second = await readDocument(dilovod, documentId, within());
  if (second.answer.kind !== 'done') return inDoubt(second.answer);
  if (second.answer.value.delMark === true) return done(marked);
  return { kind: 'rejected', failure: { code: 'not-marked', message: 'Dilovod accepted the deletion mark twice but the document has none: mark it by hand' } };
}

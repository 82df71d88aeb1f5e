import { type DilovodCommand, type ListedDocument, listedDocumentMembers, type ResultOf, toColumns } from '@kds/contracts';
import { type DilovodDocumentHeader, listDocuments, orderIdIn } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { DocumentType } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { isOfFirm } from './find-order-documents.js';
import { reportUnreadable } from './report-unreadable.js';

/** More numbers than this in one remark are no hint at an order. */
const mentionsAtMost = 10;

/** All live documents of the client's firm. Of a remark nothing leaves here but numbers: it may tell of people. */
export async function listLiveDocuments({ from }: Extract<DilovodCommand, { kind: 'list-documents' }>, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['list-documents']>> {
  const call = await listDocuments(desk.dilovod, { from }, desk.within());
  const unread = reportUnreadable(desk, 'documents', call);
  return turn(call.answer, ({ documents, closed }) => {
    const listed = documents.filter(({ header }) => isOfFirm(header, desk)).map(({ type, header }) => toListed(type.replace('documents.', '') as DocumentType, header));
    return { columns: toColumns<ListedDocument>(listed, listedDocumentMembers), whole: closed.length === 0, ...unread };
  });
}

function toListed(type: DocumentType, { id, number, person, amountCur, date, remark }: DilovodDocumentHeader): ListedDocument {
  const orderId = orderIdIn(remark ?? '') ?? null;
  return { id, type, orderId, number, person, amount: amountCur, madeOn: dayIn(date ?? ''), mentions: orderId === null ? numbersIn(remark ?? '') : [] };
}

/** A day that there is, for the ledger keeps days as such: PHP writes an empty one as `0000-00-00`. */
function dayIn(date: string): string | null {
  const [day = ''] = /^[1-9]\d{3}-\d\d-\d\d/.exec(date) ?? [];
  const moment = new Date(day);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) ? day : null;
}

function numbersIn(remark: string): readonly number[] {
  const numbers = (remark.match(/\d+/gu) ?? []).map(Number).filter((number) => Number.isSafeInteger(number) && number > 0);
  return [...new Set(numbers)].slice(0, mentionsAtMost);
}

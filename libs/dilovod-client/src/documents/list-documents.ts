import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import { readRows } from '../read-json.js';
import { type DilovodDocumentHeader, documentFields, fromDocumentFields } from './dilovod-document.js';
import type { DilovodDocumentType } from './find-documents.js';

/** Live documents, and the types that are closed for the API role: of those nothing is listed. */
export interface DocumentList {
  readonly documents: readonly { readonly type: DilovodDocumentType; readonly header: DilovodDocumentHeader }[];
  readonly closed: readonly DilovodDocumentType[];
}

const types: readonly DilovodDocumentType[] = ['documents.saleOrder', 'documents.sale', 'documents.saleReturn'];

/** The headers of all live orders, shipments and returns that are dated `from` (`YYYY-MM-DD`, in the base's calendar) or later, whoever made them. */
export async function listDocuments(client: RowsClient, { from }: { readonly from: string }, options: CallOptions): Promise<DilovodCall<DocumentList>> {
  const steps = stepsWithin(options);
  const documents: DocumentList['documents'][number][] = [];
  const closed: DilovodDocumentType[] = [];
  for (const type of types) {
    const filters = [{ alias: 'date', operator: '>=', value: from } as const, { alias: 'delMark', operator: '=', value: false } as const];
    const answer = await steps.take((left) => readAllRows(client, { query: { from: type, fields: documentFields, filters }, key: ['id'] }, left));
    if (answer.kind === 'rejected' && answer.failure.code === 'access-denied') {
      closed.push(type);
      continue;
    }
    if (answer.kind !== 'done') return steps.end(answer);
    const headers = readRows(answer.value.rows, fromDocumentFields);
    if (headers.kind !== 'done') return steps.end(headers);
    documents.push(...headers.value.filter(({ delMark }) => delMark !== true).map((header) => ({ type, header })));
  }
  return steps.end(done({ documents, closed }));
}

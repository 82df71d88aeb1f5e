import { type ApiAnswer, done } from '@kds/kernel';
import { type CallOptions, type CallSteps, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import type { DilovodFilter } from '../dilovod-packets.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { DilovodRecord } from '../read-json.js';
import { readNamedRows } from '../read-rows.js';
import { type DilovodDocumentHeader, fromDocumentFields } from './dilovod-document.js';
import type { DilovodDocumentType } from './find-documents.js';

/** Live documents, and the types that are closed for the API role: of those nothing is listed. */
export interface DocumentList {
  readonly documents: readonly { readonly type: DilovodDocumentType; readonly header: DilovodDocumentHeader }[];
  readonly closed: readonly DilovodDocumentType[];
}

const types: readonly DilovodDocumentType[] = ['documents.saleOrder', 'documents.sale', 'documents.saleReturn'];
/** What a list tells of a document: the other members of its header are `null`. */
const fields = Object.fromEntries(['id', 'number', 'date', 'remark', 'delMark', 'firm', 'person', 'amountCur'].map((name) => [name, name]));

/** All live orders, shipments and returns that are dated `from` (`YYYY-MM-DD`, in the base's calendar) or later, whoever made them. */
export async function listDocuments(client: RowsClient, { from }: { readonly from: string }, options: CallOptions): Promise<DilovodCall<DocumentList>> {
  const steps = stepsWithin(options);
  const documents: DocumentList['documents'][number][] = [];
  const closed: DilovodDocumentType[] = [];
  for (const type of types) {
    const answer = await readSpan(client, { type, from, steps });
    if (answer.kind === 'rejected' && answer.failure.code === 'access-denied') {
      closed.push(type);
      continue;
    }
    if (answer.kind !== 'done') return steps.end(answer);
    const headers = readNamedRows(answer.value, { read: fromDocumentFields });
    if (headers.kind !== 'done') return steps.end(headers);
    steps.leaveOut(headers.value.unreadable);
    documents.push(...headers.value.rows.filter(({ delMark }) => delMark !== true).map((header) => ({ type, header })));
  }
  return steps.end(done({ documents, closed }));
}

interface Span {
  readonly type: DilovodDocumentType;
  readonly from: string;
  /** The first day after it; without one it has no end. */
  readonly to?: string;
  readonly steps: CallSteps;
}

/** What does not go into one answer is asked for in two halves. */
async function readSpan(client: RowsClient, { type, from, to, steps }: Span): Promise<ApiAnswer<readonly DilovodRecord[]>> {
  const until: readonly DilovodFilter[] = to === undefined ? [] : [{ alias: 'date', operator: '<', value: to }];
  const filters: readonly DilovodFilter[] = [{ alias: 'date', operator: '>=', value: from }, ...until, { alias: 'delMark', operator: '=', value: false }];
  const answer = await steps.take((left) => readAllRows(client, { query: { from: type, fields, filters, assembleLinks: false }, key: ['id'] }, left));
  if (answer.kind === 'done') return done(answer.value.rows);
  const middle = middleOf(from, to);
  if (answer.kind !== 'failed' || answer.failure.code !== 'oversize' || middle === undefined) return answer;
  const first = await readSpan(client, { type, from, to: middle, steps });
  if (first.kind !== 'done') return first;
  const second = await readSpan(client, { type, from: middle, ...(to === undefined ? {} : { to }), steps });
  return second.kind === 'done' ? done([...first.value, ...second.value]) : second;
}

const dayMs = 86_400_000;

/** The day in the middle; none between a day and the next. What has no end is halved where today ends. */
function middleOf(from: string, to: string | undefined): string | undefined {
  const [start, end] = [Date.parse(from), to === undefined ? Date.now() : Date.parse(to)];
  const days = Math.floor((end - start) / dayMs / 2);
  return days < 1 ? undefined : new Date(start + days * dayMs).toISOString().slice(0, 10);
}

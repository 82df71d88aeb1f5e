import type { AttemptMade, JournalLine, OrderStory, RequestMade } from './order-story.js';

/** One line of an order's story. */
export interface StoryEvent {
  readonly at: Date;
  readonly what: string;
  readonly about: string;
}

/** The journal, the requests and the answers, in the order in which they happened. */
export function storyEvents({ journal, requests }: Pick<OrderStory, 'journal' | 'requests'>): readonly StoryEvent[] {
  const events = [...journal.flatMap(journalEvents), ...requests.flatMap(requestEvents)];
  return events.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** A line that was told again and again stands where it was told first, and where last. */
function journalEvents({ at, times, lastAt, entry, reason, detail }: JournalLine): readonly StoryEvent[] {
  const first = { at, what: entry, about: [reason, detailText(detail)].filter(Boolean).join(': ') };
  return lastAt === null ? [first] : [first, { at: lastAt, what: entry, about: `${first.about} (told ${times} times since ${at.toISOString()})` }];
}

interface Detail {
  readonly message?: string;
  readonly statusId?: number;
  readonly grandTotal?: string;
  readonly lines?: readonly { readonly sku: string | null; readonly quantity: string; readonly warehouseId: number | null }[];
  readonly documentId?: string;
  readonly documents?: readonly { readonly id: string }[];
  readonly number?: string | null;
  readonly by?: string;
}

/** The members that journal entries are known to have, in words; the JSON form tells everything. */
function detailText(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  const { message, statusId, grandTotal, lines, documentId, documents, number, by } = detail as Detail;
  if (message !== undefined) return message;
  if (statusId !== undefined) return `status ${statusId}, total ${grandTotal}, ${lines?.map(lineText).join(', ') || 'no lines'}`;
  if (documentId !== undefined) return `document ${documentId}`;
  if (documents !== undefined) return documents.length === 0 ? 'no documents' : `documents ${documents.map(({ id }) => id).join(', ')}`;
  if (number !== undefined) return `number ${number ?? 'none'}`;
  return by === undefined ? '' : `by ${by}`;
}

export function lineText({ sku, quantity, warehouseId }: NonNullable<Detail['lines']>[number]): string {
  return `${quantity} × ${sku || 'no SKU'}${warehouseId === null ? '' : ` from warehouse ${warehouseId}`}`;
}

function requestEvents(request: RequestMade): readonly StoryEvent[] {
  const { state, askedAt, settledAt, notBefore, failure } = request;
  const name = requestName(request);
  const again = request.firstSettledAt === null ? '' : `; the same answer ${request.times} times since ${request.firstSettledAt.toISOString()}`;
  const made = request.attempts.flatMap((attempt) => attemptEvents(name, attempt)).map((event) => (event.what === 'answer' ? { ...event, about: `${event.about}${again}` } : event));
  if (state === 'superseded') return [...made, { at: settledAt ?? askedAt, what: 'withdrawn', about: name }];
  if (state === 'pending') return [...made, { at: askedAt, what: 'waits', about: `${name}, not before ${notBefore.toISOString()}${failure ? `, after ${failure.code}: ${failure.message}` : ''}` }];
  return made;
}

function requestName({ system, kind, about }: RequestMade): string {
  return `${system} ${kind}${about === 'order' ? '' : ` (${about})`}`;
}

function attemptEvents(name: string, { attempt, dispatchedAt, settledAt, outcome, calls, failure }: AttemptMade): readonly StoryEvent[] {
  const asked = { at: dispatchedAt, what: 'request', about: `${name}, attempt ${attempt}` };
  if (settledAt === null) return [asked];
  const spent = calls.map(({ operation, latencyMs, result }) => `${operation} ${result} in ${latencyMs} ms`).join(', ') || 'nothing was called';
  const why = failure === null ? '' : ` (${failure.code}: ${failure.message})`;
  return [asked, { at: settledAt, what: 'answer', about: `${name}: ${outcome}${why}; ${spent}` }];
}

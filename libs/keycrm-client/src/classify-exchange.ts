import { type ApiAnswer, type ApiFailure, cleanTexts, done, type FailureCode } from '@kds/kernel';
import type { Exchange, ResponseHead } from './keycrm-http.js';
import { plainText, type Redact } from './plain-text.js';

export interface ExchangeCircumstances {
  /** A write that left and was not clearly answered may have been executed; a read can simply be repeated. */
  readonly write: boolean;
  /** Milliseconds since 1970, for a `Retry-After` that names a date. */
  readonly now: number;
  readonly redact: Redact;
}

/** What KeyCRM refuses for good. */
const refusals: Readonly<Record<number, { readonly code: FailureCode; readonly message: string }>> = {
  400: { code: 'bad-request', message: 'KeyCRM does not accept the request' },
  401: { code: 'bad-key', message: 'KeyCRM does not accept the API key: put a valid one in its place' },
  403: { code: 'access-denied', message: 'KeyCRM denies access' },
  404: { code: 'not-found', message: 'KeyCRM knows no such record' },
  422: { code: 'invalid', message: 'KeyCRM finds the content of the request invalid' },
};

const problems: Readonly<Record<NonNullable<Exchange['problem']>, string>> = {
  unreachable: 'no connection to KeyCRM could be made',
  'connection-lost': 'the connection to KeyCRM broke before its answer was complete',
  'bad-http': 'what answered does not speak HTTP',
  timeout: 'KeyCRM did not answer in time',
  aborted: 'the call was given up before KeyCRM answered',
  'too-large': 'the answer is larger than this client accepts',
};

/**
 * Names how a call ended by what happens next; `done` holds the JSON that KeyCRM sent, yet unread.
 *
 * A refusal (4xx) counts even when its body is broken or no JSON, except 404: only KeyCRM itself, which speaks JSON, can say that a record does not
 * exist; a proxy's or a wrong base URL's 404 page says nothing about records.
 */
export function classifyExchange(exchange: Exchange, circumstances: ExchangeCircumstances): ApiAnswer<unknown> {
  const doubt = (code: FailureCode, message: string) => inDoubt({ code, message }, circumstances.write && exchange.sentAt !== undefined);
  const { head, problem } = exchange;
  if (head === undefined) return doubt(problem ?? 'connection-lost', problems[problem ?? 'connection-lost']);
  const { status } = head;
  const told = (message: string) => withWords(message, exchange, circumstances.redact);
  if (status === 429) return throttled(head, circumstances.now);
  if (status >= 500 || status === 408) return doubt('server-error', told(`KeyCRM answered with the error ${status}`));
  if (status === 404 && !isJson(head)) return doubt('not-json', told('what answered with 404 is not KeyCRM: check the base URL'));
  if (status >= 400) return rejected(exchange, status, circumstances.redact);
  if (status >= 300) return doubt('redirect', `KeyCRM answered with a redirect (${status}), which is not followed: check the base URL`);
  if (problem !== undefined) return doubt(problem, problems[problem]);
  if (exchange.body.trim() === '') return doubt('empty-body', `KeyCRM answered ${status} with an empty body`);
  if (!isJson(head)) return doubt('not-json', told(`KeyCRM answered ${status} with something other than JSON`));
  const json = parseJson(exchange.body);
  return json === undefined ? doubt('bad-json', `KeyCRM answered ${status} with broken JSON`) : done(json);
}

/** A failure after which a write may have been executed (`unknown`) or surely nothing was (`failed`). */
export function inDoubt(failure: ApiFailure, maybeExecuted: boolean): ApiAnswer<never> {
  return { kind: maybeExecuted ? 'unknown' : 'failed', failure };
}

function rejected(exchange: Exchange, status: number, redact: Redact): ApiAnswer<never> {
  const { code, message } = refusals[status] ?? { code: 'refused', message: `KeyCRM refuses the request (${status})` };
  const detail = status === 422 ? readErrors(parseJson(exchange.body), redact) : undefined;
  return { kind: 'rejected', failure: { code, message: withWords(message, exchange, redact), detail } };
}

function throttled(head: ResponseHead, now: number): ApiAnswer<never> {
  const retryAfterMs = readRetryAfter(head.retryAfter, now);
  return { kind: 'failed', failure: { code: 'throttled', message: 'KeyCRM takes no more requests for now' }, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** From seconds or an HTTP date. Nothing readable: undefined; now or earlier: 5 s; never more than 10 minutes, whatever is claimed. */
export function readRetryAfter(text: string | undefined, now: number): number | undefined {
  const value = text?.trim() ?? '';
  const date = value.endsWith('GMT') ? Date.parse(value) : Number.NaN;
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : date - now;
  if (Number.isNaN(waitMs)) return undefined;
  return waitMs <= 0 ? 5_000 : Math.min(waitMs, 600_000);
}

function isJson({ contentType }: ResponseHead): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType.trim());
}

/** Every text of the answer is cleaned here, whatever it is used for. */
function parseJson(text: string): unknown {
  try {
    return cleanTexts(JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Our words, then the vendor's where it has any. */
function withWords(message: string, exchange: Exchange, redact: Redact): string {
  const json = parseJson(exchange.body);
  const words = isObject(json) ? json.message : exchange.body;
  const text = typeof words === 'string' ? plainText(words, redact) : '';
  return text === '' ? message : `${message}: ${text}`;
}

/** The `errors` of a 422: which field has which faults, e.g. `{ "stocks.3.quantity": ["…"] }`. */
function readErrors(json: unknown, redact: Redact): Record<string, string[]> | undefined {
  if (!isObject(json) || !isObject(json.errors)) return undefined;
  const entries = Object.entries(json.errors).slice(0, 1000);
  return Object.fromEntries(entries.map(([field, faults]) => [plainText(field, redact), readFaults(faults, redact)]));
}

function readFaults(faults: unknown, redact: Redact): string[] {
  return [faults].flat().slice(0, 20).filter((fault) => typeof fault === 'string').map((fault) => plainText(fault, redact));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

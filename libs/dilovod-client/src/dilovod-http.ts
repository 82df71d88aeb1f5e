import type { Readable } from 'node:stream';
import { type ApiFailure, cleanTexts, type FailureCode } from '@kds/kernel';
import { type Dispatcher, request } from 'undici';
import type { CallOptions, KnownAnswer } from './dilovod-call.js';

/** What came over the wire: JSON of any shape with its HTTP status and the sender's `Date`, or a named trouble. */
export type Exchange =
  | { readonly kind: 'json'; readonly status: number; readonly json: unknown; readonly date?: string | undefined }
  | Trouble;

/** `called`: a request may have left this process. `mayHaveRun`: Dilovod may have acted on it. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly failure: ApiFailure;
  readonly called: boolean;
  readonly mayHaveRun: boolean;
  readonly retryAfterMs?: number;
}

/** Posts one packet and never throws. */
export type PostPacket = (packet: object, options: CallOptions) => Promise<Exchange>;

export interface WireOptions {
  readonly baseUrl: string;
  readonly dispatcher: Dispatcher;
  readonly maxBodyBytes: number;
}

/**
 * Sends packets as the form field `packet`, their texts cleaned: PHP reads no JSON with half a character in it.
 * Redirects are not followed, the whole exchange ends by the deadline, bodies are bounded, and the content type is not
 * believed. Throws a `TypeError` when `baseUrl` is no URL.
 */
export function postingTo({ baseUrl, dispatcher, maxBodyBytes }: WireOptions): PostPacket {
  const url = new URL(baseUrl);
  return async (packet, options) => {
    const form = Buffer.from(new URLSearchParams({ packet: JSON.stringify(cleanTexts(packet)) }).toString());
    const deadline = startDeadline(options);
    let sent = false;
    // The body is asked for only once a connection stands, just before the first byte leaves: until then nothing can have been executed.
    async function* body(): AsyncGenerator<Buffer> {
      sent = true;
      yield form;
    }
    try {
      const response = request(url, {
        method: 'POST',
        dispatcher,
        signal: deadline.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'content-length': String(form.length), accept: 'application/json' },
        body: body() as unknown as Readable, // any async iterable will do; a real Readable would be read ahead of the request
      });
      // undici hears the signal only once it has a connection; a request given up before is not sent later.
      const answer = await Promise.race([response, deadline.passed]);
      return await readResponse(answer, { maxBodyBytes, known: options.known });
    } catch (error) {
      return { kind: 'trouble', failure: nameTrouble(error, deadline.signal, sent), called: sent, mayHaveRun: sent };
    } finally {
      deadline.clear();
    }
  };
}

interface Reading {
  readonly maxBodyBytes: number;
  readonly known: KnownAnswer | undefined;
}

async function readResponse(response: Dispatcher.ResponseData, { maxBodyBytes, known }: Reading): Promise<Exchange> {
  const { statusCode: status, headers, body } = response;
  body.on('error', () => undefined); // a body that is left unread ends in an error that nobody needs
  if (status >= 300 && status < 400) {
    body.destroy();
    return received('redirect', `Dilovod's address answered with a redirect (${status}); check the base URL`, { status });
  }
  const text = await readBounded(body, maxBodyBytes);
  if (text === undefined) return received('oversize', `Dilovod's answer is larger than ${maxBodyBytes} bytes`, { maxBodyBytes });
  if (status === 429) return throttled(headers['retry-after']);
  const json = known !== undefined && known.text === text ? { value: known.json } : parseJson(text);
  if (known !== undefined && json !== undefined) Object.assign(known, { text, json: json.value });
  const date = typeof headers.date === 'string' ? headers.date : undefined;
  if (json !== undefined) return { kind: 'json', status, json: json.value, date };
  if (status >= 400) return received('http-status', `Dilovod answered with HTTP ${status}`, { status });
  if (text.trim() === '') return received('empty-body', 'Dilovod answered with nothing');
  return looksLikeHtml(text)
    ? received('html', 'Dilovod answered with a web page where JSON was expected; check the base URL')
    : received('bad-json', 'Dilovod answered with something that is not JSON');
}

async function readBounded(body: Readable, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8').replace(/^\uFEFF/, '');
}

/** Every text of the answer is cleaned here, whatever it is used for. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: cleanTexts(JSON.parse(text) as unknown) };
  } catch {
    return undefined;
  }
}

function looksLikeHtml(received: string): boolean {
  return /^[^[{"]*<[a-z!]/i.test(received.slice(0, 4096)); // a tag before anything that could begin JSON
}

function received(code: FailureCode, message: string, detail?: unknown): Trouble {
  return { kind: 'trouble', failure: { code, message, detail }, called: true, mayHaveRun: true };
}

function throttled(retryAfter: string | string[] | undefined): Trouble {
  const seconds = Number(retryAfter ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return { ...received('throttled', 'Dilovod asks for fewer requests'), mayHaveRun: false, retryAfterMs };
}

function nameTrouble(error: unknown, deadline: AbortSignal, sent: boolean): ApiFailure {
  const cause = (error as { code?: unknown } | null)?.code;
  const detail = { cause: typeof cause === 'string' ? cause : undefined };
  if (deadline.aborted && deadline.reason === cancelled) return { code: 'cancelled', message: 'the call was cancelled' };
  if (deadline.aborted) return { code: 'timeout', message: 'Dilovod did not answer in time' };
  if (!sent) return { code: 'unreachable', message: 'Dilovod cannot be reached; check the base URL and the network', detail };
  return { code: 'connection-lost', message: 'the connection to Dilovod broke before its answer was complete', detail };
}

const cancelled = Symbol('cancelled');

interface Deadline {
  readonly signal: AbortSignal;
  /** Rejects when the deadline passes or the caller cancels. */
  readonly passed: Promise<never>;
  clear(): void;
}

function startDeadline({ timeoutMs, signal: outer }: CallOptions): Deadline {
  const controller = new AbortController();
  const passed = new Promise<never>((_, reject) => controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true }));
  const cancel = (): void => controller.abort(cancelled);
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  outer?.addEventListener('abort', cancel, { once: true });
  if (outer?.aborted === true) cancel();
  return {
    signal: controller.signal,
    passed,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', cancel);
    },
  };
}

import { cleanText, cleanTexts } from '@kds/kernel';
import { type Dispatcher, Pool } from 'undici';
import type { KeycrmRequest } from './keycrm-requests.js';

/** Where an account's API is and how to reach it. */
export interface KeycrmConnection {
  /** `http(s)://host[:port][/path]` below which every path lies, e.g. `https://openapi.keycrm.app/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly userAgent?: string;
  /** Carries the requests instead of the client's own pool; whoever gives it closes it. */
  readonly dispatcher?: Dispatcher;
  /** The longest answer that is read; 32 MiB unless told. */
  readonly maxBodyBytes?: number;
}

export interface CallOptions {
  /** The deadline of the whole call: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Why no whole answer arrived. `unreachable`: no connection came about. `connection-lost`: it broke. `bad-http`: what came is not HTTP.
 * `timeout`: the deadline passed. `aborted`: the caller's signal. `too-large`: the body outgrew its bound.
 */
export type TransportProblem = 'unreachable' | 'connection-lost' | 'bad-http' | 'timeout' | 'aborted' | 'too-large';

/** One request and what came back of it. */
export interface Exchange {
  /** When the request began to leave, in milliseconds since 1970; absent when not a byte of it did. */
  readonly sentAt?: number;
  readonly latencyMs: number;
  /** Absent when no answer began. */
  readonly head?: ResponseHead;
  /** As much as came. */
  readonly body: string;
  /** Absent when the whole answer came. */
  readonly problem?: TransportProblem;
}

export interface ResponseHead {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter?: string;
}

export interface KeycrmHttp {
  /** Sends one request, once; never rejects, follows no redirect and repeats nothing. */
  exchange(request: KeycrmRequest, options: CallOptions): Promise<Exchange>;
  close(): Promise<void>;
}

const defaultMaxBodyBytes = 32 * 1024 * 1024;

/** Throws a `RangeError` on a base URL or key that no request could be made with. */
export function openKeycrmHttp(connection: KeycrmConnection): KeycrmHttp {
  const base = readBaseUrl(connection.baseUrl);
  if (!/^[\x21-\x7e]+$/.test(connection.apiKey)) throw new RangeError('the KeyCRM API key is empty or holds characters that no header can carry');
  const own = connection.dispatcher === undefined ? new Pool(base.origin, { allowH2: false, connect: { timeout: 10_000 } }) : undefined;
  const dispatcher = connection.dispatcher ?? own as Pool;
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${connection.apiKey}`,
    'user-agent': connection.userAgent ?? 'kds-keycrm-client',
  };
  return {
    exchange(request, options) {
      const handler = new OneExchange(options, connection.maxBodyBytes ?? defaultMaxBodyBytes);
      if (options.signal?.aborted !== true) dispatcher.dispatch(dispatchOptions(request, { base, headers, timeoutMs: options.timeoutMs }), handler);
      return handler.ended;
    },
    async close() {
      await own?.close();
    },
  };
}

function readBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.username + url.password + url.search + url.hash === '';
  if (!plain) throw new RangeError('the KeyCRM base URL must be http(s)://host/path, without credentials, query and fragment');
  return url;
}

function dispatchOptions(
  request: KeycrmRequest,
  { base, headers, timeoutMs }: { base: URL; headers: Record<string, string>; timeoutMs: number },
): Dispatcher.DispatchOptions {
  const query = Object.entries(request.query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(cleanText(value))}`);
  const body = request.body === undefined ? undefined : JSON.stringify(cleanTexts(request.body));
  return {
    origin: base.origin,
    path: `${base.pathname.replace(/\/+$/, '')}${request.path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    method: request.method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  };
}

/** Listens to one request from its first byte out to its last byte in, and ends once: with the answer, a problem, the deadline or the signal. */
class OneExchange implements Dispatcher.DispatchHandler {
  readonly ended: Promise<Exchange>;
  readonly #startedAt = performance.now();
  readonly #chunks: Buffer[] = [];
  readonly #deadline: NodeJS.Timeout;
  readonly #onAbort = () => this.#stop('aborted');
  #end!: (exchange: Exchange) => void;
  #over = false;
  #size = 0;
  #sentAt?: number;
  #head?: ResponseHead;
  #controller?: Dispatcher.DispatchController;

  constructor(private readonly options: CallOptions, private readonly maxBodyBytes: number) {
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#deadline = setTimeout(() => this.#stop('timeout'), options.timeoutMs);
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal?.aborted === true) this.#stop('aborted');
  }

  /** Called just before bytes leave. A request whose call is over, or that has left before and lost its connection, must not leave now. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over || this.#sentAt !== undefined) {
      controller.abort(new Error('one call is one request'));
      return;
    }
    this.#controller = controller;
    this.#sentAt = Date.now();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    this.#head = { status, contentType: first(headers['content-type']) ?? '', retryAfter: first(headers['retry-after']) };
    if (Number(first(headers['content-length'])) > this.maxBodyBytes) this.#stop('too-large');
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    this.#size += chunk.length;
    if (this.#size > this.maxBodyBytes) this.#stop('too-large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#finish(this.#sentAt === undefined ? 'unreachable' : nameProblem(error));
  }

  #stop(problem: TransportProblem): void {
    this.#finish(problem);
    this.#controller?.abort(new Error(problem));
  }

  #finish(problem?: TransportProblem): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#deadline);
    this.options.signal?.removeEventListener('abort', this.#onAbort);
    this.#end({
      sentAt: this.#sentAt,
      latencyMs: Math.round(performance.now() - this.#startedAt),
      head: this.#head,
      body: new TextDecoder().decode(Buffer.concat(this.#chunks)),
      problem,
    });
  }
}

function nameProblem(error: Error & { code?: unknown }): TransportProblem {
  const code = String(error.code);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return 'timeout';
  return error.name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW' ? 'bad-http' : 'connection-lost';
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

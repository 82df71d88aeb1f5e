import { cutText } from '@kds/kernel';
import type { KubeConfig } from '@kubernetes/client-node';
import { type Dispatcher, request } from 'undici';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** E.g. `/api/v1/namespaces/kds/secrets`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of the body; `application/json` unless it is a patch. */
  readonly contentType?: string;
  /** Of the answer, where it is to be another JSON than the object itself. */
  readonly accept?: string;
  readonly timeoutMs?: number;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

export interface KubeWatch {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called once, when the server has accepted the watch. */
  readonly onOpen?: () => void;
}

export interface WatchEvent<Watched> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: Watched;
}

/** The API server refused, or could not be reached (`status` 0). `reason` is the server's word, e.g. `NotFound`, `Conflict`, `AlreadyExists`, `Expired`. */
export class KubeApiError extends Error {
  override readonly name = 'KubeApiError';

  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

const answerWithinMs = 10_000;

/**
 * Requests to an API server in JSON. The client library is asked for addresses and credentials only: its own requests make a connection each, and its watch
 * swallows what goes wrong in it. It is loaded when it is needed, for it takes a second and 90 MB.
 */
export class KubeApi {
  private dispatcher: Dispatcher | undefined;

  private constructor(
    private readonly config: KubeConfig,
    private readonly contextFor: (url: string) => InstanceType<(typeof import('@kubernetes/client-node'))['RequestContext']>,
  ) {}

  /** The cluster of the kubeconfig file named, else of `KUBECONFIG`, `~/.kube/config`, or the pod that this process runs in. Asks nothing yet. */
  static async connect(kubeconfig?: string): Promise<KubeApi> {
    const { HttpMethod, KubeConfig: Config, RequestContext } = await import('@kubernetes/client-node');
    const config = new Config();
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
    return new KubeApi(config, (url) => new RequestContext(url, HttpMethod.GET));
  }

  /** The namespace that the credentials came with: the pod's own, or that of the kubeconfig's context. */
  get namespace(): string | undefined {
    return this.config.getContextObject(this.config.getCurrentContext())?.namespace;
  }

  /** Throws a `KubeApiError` for every answer that is no success. */
  async request<Answer>({ timeoutMs = answerWithinMs, signal, ...wanted }: KubeRequest): Promise<Answer> {
    const over = AbortSignal.timeout(timeoutMs);
    return this.send({ ...wanted, timeoutMs, signal: signal === undefined ? over : AbortSignal.any([over, signal]) }, async (body) => JSON.parse(await body.text()) as Answer);
  }

  /** What happens from `query.resourceVersion` on, until the server ends the watch or `signal` aborts it. Throws a `KubeApiError`, 410 included. */
  async *watch<Watched>({ path, query = {}, signal, onOpen }: KubeWatch): AsyncGenerator<WatchEvent<Watched>> {
    const body = await this.send({ method: 'GET', path, query: { ...query, watch: 'true' }, signal, timeoutMs: 0 }, async (stream) => stream);
    onOpen?.();
    body.on('error', () => undefined); // told where the lines are read
    try {
      for await (const line of linesOf(body)) {
        const event = JSON.parse(line) as WatchEvent<Watched> | { readonly type: 'ERROR'; readonly object: Status };
        if (event.type === 'ERROR') throw toError(event.object.code ?? 500, event.object);
        yield event;
      }
    } catch (error) {
      if (error instanceof KubeApiError) throw error;
      if (!signal.aborted) throw unreachable(error);
    }
  }

  private async send<Answer>(wanted: KubeRequest & { readonly signal: AbortSignal }, read: (body: Dispatcher.ResponseData['body']) => Promise<Answer>): Promise<Answer> {
    const url = new URL(wanted.path.slice(1), this.server());
    for (const [name, value] of Object.entries(wanted.query ?? {})) url.searchParams.set(name, value);
    try {
      const { headers, dispatcher } = await this.credentials(url.href);
      const { statusCode, body } = await request(url, {
        method: wanted.method,
        headers: { ...headers, accept: wanted.accept ?? 'application/json', ...(wanted.body === undefined ? {} : { 'content-type': wanted.contentType ?? 'application/json' }) },
        body: wanted.body === undefined ? null : JSON.stringify(wanted.body),
        signal: wanted.signal,
        bodyTimeout: wanted.timeoutMs ?? answerWithinMs,
        headersTimeout: answerWithinMs,
        ...(dispatcher === undefined ? {} : { dispatcher }),
      });
      if (statusCode >= 300) throw toError(statusCode, statusIn(await body.text()));
      return await read(body);
    } catch (error) {
      if (error instanceof KubeApiError) throw error;
      this.dispatcher = undefined; // certificates may have been replaced
      throw unreachable(error);
    }
  }

  private server(): string {
    const server = this.config.getCurrentCluster()?.server;
    if (server === undefined) throw new KubeApiError(0, 'NoCluster', 'no cluster is configured: run in a pod, or set KUBECONFIG');
    return server.endsWith('/') ? server : `${server}/`;
  }

  /** Tokens are read anew for every request, for they are replaced while the process runs; connections are kept. */
  private async credentials(url: string) {
    const context = this.contextFor(url);
    await this.config.applySecurityAuthentication(context);
    this.dispatcher ??= context.getDispatcher() as Dispatcher | undefined;
    return { headers: context.getHeaders(), dispatcher: this.dispatcher };
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}

interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
}

function toError(status: number, { reason, message }: Status): KubeApiError {
  return new KubeApiError(status, reason ?? 'Unknown', message ?? `the API server answered ${status}`);
}

function statusIn(text: string): Status {
  try {
    return JSON.parse(text) as Status;
  } catch {
    return { message: cutText(text, 300) };
  }
}

function unreachable(error: unknown): KubeApiError {
  const { message, code } = error as Error & { readonly code?: string };
  return new KubeApiError(0, 'Unreachable', `the API server cannot be reached: ${message || code || 'no reason given'}`);
}

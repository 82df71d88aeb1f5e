import type { IncomingMessage } from 'node:http';

/** One HTTP request, read to its end. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  /** `http://host:port`, as the caller addressed it. */
  readonly origin: string;
  readonly bearer: string | undefined;
  /** Of the caller: what `X-Forwarded-For` begins with (one machine can play several callers), or the connection's. */
  readonly address: string;
  readonly acceptsJson: boolean;
  readonly contentType: string;
  readonly text: string;
}

export async function readIncoming(message: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const origin = `http://${message.headers.host ?? 'localhost'}`;
  const url = new URL(message.url ?? '/', origin);
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    search: url.searchParams,
    origin,
    bearer: /^Bearer (.+)$/.exec(message.headers.authorization ?? '')?.[1],
    address: addressOf(message),
    acceptsJson: (message.headers.accept ?? '').includes('application/json'),
    contentType: message.headers['content-type'] ?? '',
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function addressOf({ headers, socket }: IncomingMessage): string {
  const forwarded = headers['x-forwarded-for'];
  return String(forwarded ?? '').split(',')[0]?.trim() || (socket.remoteAddress ?? '');
}

/** The body as JSON; `undefined` when it is empty or none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

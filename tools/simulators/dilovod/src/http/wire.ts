import { type IncomingMessage, type ServerResponse } from 'node:http';

/** One HTTP exchange. */
export interface Wire {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The whole body of a request. Throws when the caller goes away before its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function answerJson({ response }: Wire, status: number, answer: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
}

export function answerHtml({ response }: Wire, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(`<html><body><h1>${status} Bad Gateway</h1><hr>nginx</body></html>`);
}

export function answerEmpty({ response }: Wire): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end();
}

export function cutConnection({ request }: Wire): void {
  request.socket.destroy();
}

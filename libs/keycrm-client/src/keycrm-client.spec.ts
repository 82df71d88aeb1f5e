import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer, type Socket } from 'node:net';
import { decimal } from '@kds/kernel';
import { Dispatcher } from 'undici';
import { createKeycrmClient, type KeycrmCall, type KeycrmClient } from './index.js';

const apiKey = 'key-of-this-account-0123456789';
const options = { timeoutMs: 5_000 };
const stocks = { warehouseId: 2, rows: [{ sku: 'MUG', quantity: decimal('41.125') }] };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Seen = { method?: string; url?: string; headers: IncomingMessage['headers']; body: string };

/** A server that answers as told and remembers what it was asked. */
class TestServer {
  readonly seen: Seen[] = [];
  answer: Answer = (_request, response) => json(response, 200, {});
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      this.answer(request, response);
    });
  });

  async open(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.#server)}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function listen(server: Server | SocketServer): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function text(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function outcome({ answer, called, status }: KeycrmCall<unknown>): object {
  return { kind: answer.kind, code: answer.kind === 'done' ? undefined : answer.failure.code, called, status };
}

describe('a KeyCRM client', () => {
  let server: TestServer;
  let client: KeycrmClient;
  let baseUrl: string;

  beforeEach(async () => {
    server = new TestServer();
    baseUrl = await server.open();
    client = createKeycrmClient({ baseUrl, apiKey, userAgent: 'test/1', maxBodyBytes: 100_000 });
  });

  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const read = () => client.readOrder(9051, options);
  const write = () => client.writeStocks(stocks, options);

  test('asks with key, agent and accepted type below the base URL, and says how the call went', async () => {
    server.answer = (_request, response) => json(response, 200, { data: [], total: 0, current_page: 1, per_page: 50, last_page: 1 });
    const before = Date.now();
    const call = await client.listStocks({ page: 1, limit: 50, skus: ['A-1', 'Б 2&3'] }, options);
    expect(call).toMatchObject({ answer: { kind: 'done', value: { rows: [], page: 1, lastPage: 1, total: 0 } }, called: true, status: 200 });
    expect(call.sentAt).toBeGreaterThanOrEqual(before);
    expect(call.latencyMs).toBeGreaterThanOrEqual(0);
    const [seen] = server.seen;
    expect(seen?.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, accept: 'application/json', 'user-agent': 'test/1' });
    const url = new URL(seen?.url ?? '', baseUrl);
    expect(url.pathname).toBe('/v1/offers/stocks');
    expect(Object.fromEntries(url.searchParams)).toEqual({ page: '1', limit: '50', 'filter[details]': 'true', 'filter[offers_sku]': 'A-1,Б 2&3' });
  });

  test('writes numbers with exactly their digits', async () => {
    server.answer = (_request, response) => json(response, 202, { status: true });
    const rows = [{ sku: 'A', quantity: decimal('123456789012345.123') }, { sku: 'B', quantity: decimal('-0.0000001') }];
    expect(outcome(await client.writeStocks({ warehouseId: 2, rows }, options))).toMatchObject({ kind: 'done', called: true, status: 202 });
    expect(server.seen[0]).toMatchObject({
      method: 'PUT',
      url: '/v1/offers/stocks',
      body: '{"warehouse_id":2,"stocks":[{"sku":"A","quantity":123456789012345.123},{"sku":"B","quantity":-0.0000001}]}',
    });
    expect(server.seen[0]?.headers['content-type']).toBe('application/json');
  });

  test('keeps connections for later calls', async () => {
    const ports = new Set<number | undefined>();
    server.answer = (request, response) => (ports.add(request.socket.remotePort), json(response, 200, []));
    for (let call = 0; call < 6; call += 1) await client.listCustomFields(options);
    expect(ports.size).toBeLessThan(3);
  });

  const html = '<html><head><style>b{}</style></head><body><h1>Bad  gateway</h1>\n nginx</body></html>';
  const cases: readonly { name: string; answer: Answer; read: [string, string]; write: [string, string]; status?: number }[] = [
    { name: '401', answer: (_, r) => json(r, 401, { message: 'Unauthenticated.' }), read: ['rejected', 'bad-key'], write: ['rejected', 'bad-key'], status: 401 },
    { name: '401 as HTML', answer: (_, r) => text(r, 401, 'text/html', html), read: ['rejected', 'bad-key'], write: ['rejected', 'bad-key'], status: 401 },
    { name: '403', answer: (_, r) => text(r, 403, 'text/html', html), read: ['rejected', 'access-denied'], write: ['rejected', 'access-denied'], status: 403 },
    { name: '404', answer: (_, r) => json(r, 404, { message: 'No such order' }), read: ['rejected', 'not-found'], write: ['rejected', 'not-found'], status: 404 },
    { name: 'a 404 page', answer: (_, r) => text(r, 404, 'text/html', html), read: ['failed', 'not-json'], write: ['unknown', 'not-json'], status: 404 },
    { name: '400', answer: (_, r) => json(r, 400, { message: 'no filter x' }), read: ['rejected', 'bad-request'], write: ['rejected', 'bad-request'], status: 400 },
    { name: '422', answer: (_, r) => json(r, 422, { message: 'invalid' }), read: ['rejected', 'invalid'], write: ['rejected', 'invalid'], status: 422 },
    { name: '413', answer: (_, r) => text(r, 413, 'text/plain', ''), read: ['rejected', 'refused'], write: ['rejected', 'refused'], status: 413 },
    { name: '429', answer: (_, r) => text(r, 429, 'text/html', html), read: ['failed', 'throttled'], write: ['failed', 'throttled'], status: 429 },
    { name: '500', answer: (_, r) => json(r, 500, { message: 'Server Error' }), read: ['failed', 'server-error'], write: ['unknown', 'server-error'], status: 500 },
    { name: '502 as HTML', answer: (_, r) => text(r, 502, 'text/html', html), read: ['failed', 'server-error'], write: ['unknown', 'server-error'], status: 502 },
    { name: 'HTML with 200', answer: (_, r) => text(r, 200, 'text/html; charset=utf-8', html), read: ['failed', 'not-json'], write: ['unknown', 'not-json'], status: 200 },
    { name: 'JSON without its type', answer: (_, r) => r.writeHead(200).end('{}'), read: ['failed', 'not-json'], write: ['unknown', 'not-json'], status: 200 },
    { name: 'broken JSON', answer: (_, r) => text(r, 200, 'application/json', '{"id": 90'), read: ['failed', 'bad-json'], write: ['unknown', 'bad-json'], status: 200 },
    { name: 'an empty body', answer: (_, r) => text(r, 200, 'application/json', ''), read: ['failed', 'empty-body'], write: ['unknown', 'empty-body'], status: 200 },
    { name: '204', answer: (_, r) => r.writeHead(204).end(), read: ['failed', 'empty-body'], write: ['unknown', 'empty-body'], status: 204 },
    { name: 'other JSON', answer: (_, r) => json(r, 202, { status: false }), read: ['failed', 'bad-answer'], write: ['unknown', 'bad-answer'], status: 202 },
    { name: 'a text as JSON', answer: (_, r) => json(r, 200, 'true'), read: ['failed', 'bad-answer'], write: ['unknown', 'bad-answer'], status: 200 },
    { name: 'a reset before the answer', answer: (q) => q.socket.resetAndDestroy(), read: ['failed', 'connection-lost'], write: ['unknown', 'connection-lost'] },
    { name: 'a close before the answer', answer: (q) => q.socket.destroy(), read: ['failed', 'connection-lost'], write: ['unknown', 'connection-lost'] },
    {
      name: 'a reset inside the answer',
      answer: (q, r) => {
        r.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        r.write('{"status": true', () => q.socket.resetAndDestroy());
      },
      read: ['failed', 'connection-lost'], write: ['unknown', 'connection-lost'], status: 200,
    },
    {
      name: 'a close inside the answer',
      answer: (q, r) => {
        r.writeHead(200, { 'content-type': 'application/json' });
        r.write('{"status": true}', () => q.socket.destroy());
      },
      read: ['failed', 'connection-lost'], write: ['unknown', 'connection-lost'], status: 200,
    },
    {
      name: 'a refusal cut short',
      answer: (q, r) => {
        r.writeHead(401, { 'content-type': 'application/json', 'content-length': '1000' });
        r.write('{', () => q.socket.destroy());
      },
      read: ['rejected', 'bad-key'], write: ['rejected', 'bad-key'], status: 401,
    },
    {
      name: 'a body announced as too large',
      answer: (_, r) => r.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000000000' }).write('['),
      read: ['failed', 'too-large'], write: ['unknown', 'too-large'], status: 200,
    },
    {
      name: 'an endless body',
      answer: (_, r) => {
        const more = () => r.writable && r.write('[1,2,3],'.repeat(1000), (error) => error ?? setImmediate(more));
        r.on('error', () => r.destroy()).writeHead(200, { 'content-type': 'application/json' });
        more();
      },
      read: ['failed', 'too-large'], write: ['unknown', 'too-large'], status: 200,
    },
    { name: 'something other than HTTP', answer: (q) => q.socket.end('SSH-2.0-server\r\n\r\n'), read: ['failed', 'bad-http'], write: ['unknown', 'bad-http'] },
  ];

  test.each(cases)('$name', async ({ answer, read: expectedRead, write: expectedWrite, status }) => {
    server.answer = answer;
    expect(outcome(await read())).toEqual({ kind: expectedRead[0], code: expectedRead[1], called: true, status });
    expect(outcome(await write())).toEqual({ kind: expectedWrite[0], code: expectedWrite[1], called: true, status });
    expect(server.seen).toHaveLength(2);
  });

  test('F5: follows no redirect', async () => {
    server.answer = (_request, response) => response.writeHead(302, { location: `${baseUrl}/elsewhere`, 'content-type': 'application/json' }).end('{}');
    expect(outcome(await read())).toMatchObject({ kind: 'failed', code: 'redirect', status: 302 });
    expect(outcome(await write())).toMatchObject({ kind: 'unknown', code: 'redirect' });
    expect(server.seen.map(({ url }) => url?.split('?')[0])).toEqual(['/v1/order/9051', '/v1/offers/stocks']);
  });

  test('F5: gives up at the deadline: before the answer, and inside a body that trickles', async () => {
    server.answer = () => {};
    expect(outcome(await client.readOrder(1, { timeoutMs: 60 }))).toEqual({ kind: 'failed', code: 'timeout', called: true, status: undefined });
    expect(outcome(await client.writeStocks(stocks, { timeoutMs: 60 }))).toMatchObject({ kind: 'unknown', code: 'timeout', called: true });
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      const trickle = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(trickle));
    };
    expect(outcome(await client.readOrder(1, { timeoutMs: 200 }))).toEqual({ kind: 'failed', code: 'timeout', called: true, status: 200 });
  });

  test('gives up when told to, and does not even begin when told before', async () => {
    const early = AbortSignal.abort();
    expect(outcome(await client.writeStocks(stocks, { ...options, signal: early }))).toEqual({ kind: 'failed', code: 'aborted', called: false, status: undefined });
    expect(server.seen).toHaveLength(0);
    const stop = new AbortController();
    server.answer = () => stop.abort();
    expect(outcome(await client.writeStocks(stocks, { ...options, signal: stop.signal }))).toMatchObject({ kind: 'unknown', code: 'aborted', called: true });
  });

  test('a write that never left is failed, not in doubt', async () => {
    const refusing = new TestServer();
    const url = await refusing.open();
    await refusing.close();
    const unreachable = createKeycrmClient({ baseUrl: url, apiKey });
    expect(outcome(await unreachable.writeStocks(stocks, options))).toEqual({ kind: 'failed', code: 'unreachable', called: false, status: undefined });
    expect(outcome(await unreachable.readOrder(1, options))).toMatchObject({ kind: 'failed', code: 'unreachable', called: false });
    await unreachable.close();
  });

  test('a write whose connection never comes about within the deadline is failed', async () => {
    const held: Socket[] = [];
    const silent = createSocketServer((socket) => held.push(socket.on('error', () => socket.destroy())));
    const port = await listen(silent);
    const tls = createKeycrmClient({ baseUrl: `https://127.0.0.1:${port}`, apiKey });
    expect(outcome(await tls.writeStocks(stocks, { timeoutMs: 80 }))).toMatchObject({ kind: 'failed', code: 'timeout', called: false });
    held.forEach((socket) => socket.destroy());
    silent.close();
    await tls.close();
    const plain = createKeycrmClient({ baseUrl: baseUrl.replace('http:', 'https:'), apiKey });
    expect(outcome(await plain.writeStocks(stocks, options))).toMatchObject({ kind: 'failed', code: 'unreachable', called: false });
    await plain.close();
  });

  test('F3: says what KeyCRM says, in plain words, without the key and personal details', async () => {
    const message = `<b>Wrong</b> key ${apiKey} of olena@example.com, +380 (67) 000-00-01, goods 4820000000017. ${'x'.repeat(500)}`;
    server.answer = (_request, response) => json(response, 422, { message, errors: { 'stocks.0.quantity': [`must be <i>given</i>, ${apiKey}`], odd: 7 } });
    const { answer } = await write();
    expect(answer).toMatchObject({ kind: 'rejected', failure: { code: 'invalid', detail: { 'stocks.0.quantity': ['must be given , (key)'], odd: [] } } });
    const words = answer.kind === 'done' ? '' : answer.failure.message;
    expect(words).toContain('Wrong key (key) of (e-mail), (phone), goods 4820000000017.');
    expect(words.length).toBeLessThan(400);
    server.answer = (_request, response) => text(response, 502, 'text/html', html);
    expect(await read()).toMatchObject({ answer: { failure: { message: 'KeyCRM answered with the error 502: Bad gateway nginx' } } });
  });

  test('keeps readable orders when one is not', async () => {
    const order = { id: 1, status_id: 12, grand_total: 10, created_at: '2026-03-01 10:00:00', updated_at: '2026-03-01 10:00:00' };
    server.answer = (_request, response) => json(response, 200, { data: [order, { ...order, id: '2', grand_total: {} }, null], total: 3, per_page: 50 });
    const { answer } = await client.listOrders({ page: 1, limit: 50 }, options);
    expect(answer).toMatchObject({
      kind: 'done',
      value: {
        orders: [{ id: 1 }],
        lastPage: 1,
        unreadable: [
          { id: 2, problem: '$.data[1].grand_total: expected a number, found an object' },
          { problem: '$.data[2]: expected an object, found null' },
        ],
      },
    });
  });

  test('an answer about another order is none', async () => {
    server.answer = (_request, response) => json(response, 202, { id: 8, updated_at: '2026-03-01 10:00:00' });
    const fields = [{ uuid: 'OR_1044', value: '000117' }];
    expect(await client.updateOrderCustomFields(8, fields, options)).toMatchObject({ answer: { kind: 'done', value: { id: 8, updatedAt: '2026-03-01T10:00:00.000Z' } } });
    expect(server.seen[0]).toMatchObject({ method: 'PUT', url: '/v1/order/8', body: '{"custom_fields":[{"uuid":"OR_1044","value":"000117"}]}' });
    expect(outcome(await client.updateOrderCustomFields(9, fields, options))).toMatchObject({ kind: 'unknown', code: 'bad-answer' });
  });

  test('never asks with a filter that would select something else', async () => {
    const refused = { answer: { kind: 'rejected', failure: { code: 'bad-filter' } }, called: false };
    expect(await client.listStocks({ page: 1, limit: 50, skus: ['A', 'B,C'] }, options)).toMatchObject(refused);
    expect(await client.listStocks({ page: 1, limit: 50, skus: [] }, options)).toMatchObject(refused);
    expect(await client.listOffers({ page: 1, limit: 50, skus: [' '] }, options)).toMatchObject(refused);
    expect(await client.listOrders({ page: 1, limit: 50, filters: { statusIds: [] } }, options)).toMatchObject(refused);
    expect(server.seen).toHaveLength(0);
  });

  test('makes a new connection where the old one was closed', async () => {
    server.answer = (request, response) => {
      json(response, 200, []);
      response.on('finish', () => request.socket.end());
    };
    await client.listCustomFields(options);
    expect(outcome(await client.listCustomFields(options))).toMatchObject({ kind: 'done' });
  });

  test('one call is one request: a dispatcher that would send it again is stopped', async () => {
    let aborted = 0;
    const dispatcher = new (class extends Dispatcher {
      override dispatch(_options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
        const controller = { abort: () => (aborted += 1) } as unknown as Dispatcher.DispatchController;
        handler.onRequestStart?.(controller, {});
        handler.onRequestStart?.(controller, {});
        handler.onResponseError?.(controller, new Error('one call is one request'));
        return true;
      }
    })();
    const carried = createKeycrmClient({ baseUrl, apiKey, dispatcher });
    expect(outcome(await carried.writeStocks(stocks, options))).toMatchObject({ kind: 'unknown', code: 'connection-lost', called: true });
    expect(aborted).toBe(1);
  });

  test('needs a usable base URL and key', () => {
    for (const url of ['', 'openapi.keycrm.app', 'ftp://host/', 'http://user:secret@host/', 'http://host/?a=1']) {
      expect(() => createKeycrmClient({ baseUrl: url, apiKey })).toThrow(RangeError);
    }
    expect(() => createKeycrmClient({ baseUrl, apiKey: 'two\nlines' })).toThrow(RangeError);
    expect(() => createKeycrmClient({ baseUrl, apiKey: '' })).toThrow(RangeError);
  });
});

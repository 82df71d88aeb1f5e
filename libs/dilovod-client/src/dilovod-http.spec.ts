import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { cleanText, cleanTexts } from '@kds/kernel';
import fc from 'fast-check';
import { Agent } from 'undici';
import type { DilovodCall } from './dilovod-call.js';
import { createDilovodClient, type DilovodClient } from './dilovod-client.js';
import { createPerson } from './persons/create-person.js';

const key = 'K'.repeat(30);
const soon = { timeoutMs: 5_000 };
const servers: Server[] = [];
const clients: DilovodClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function clientOf(listener: RequestListener, maxBodyBytes?: number): Promise<DilovodClient> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return clientAt((server.address() as AddressInfo).port, maxBodyBytes);
}

function clientAt(port: number, maxBodyBytes?: number): DilovodClient {
  const client = createDilovodClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: key, clientId: 'kds', maxBodyBytes });
  clients.push(client);
  return client;
}

function answering(body: string, { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {}): RequestListener {
  return (request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  };
}

const read = (client: DilovodClient): Promise<DilovodCall<unknown>> => client.getObject('1109100000001001', soon);
const write = (client: DilovodClient): Promise<DilovodCall<unknown>> => client.saveObject({ saveType: 1, header: { id: 'documents.saleOrder' } }, soon);

async function endings(client: DilovodClient): Promise<readonly string[]> {
  return [await read(client), await write(client)].map(({ answer }) => (answer.kind === 'done' ? 'done' : `${answer.kind} ${answer.failure.code}`));
}

test('an answer of the same text as the one before is read once, and another is read for itself', async () => {
  const bodies = ['[{"id":"1"}]', '[{"id":"1"}]', '[{"id":"2"}]', '<html>', '[{"id":"2"}]'];
  let turn = 0;
  const client = await clientOf((request, response) => answering(bodies[turn++] ?? '')(request, response));
  const options = { ...soon, known: {} };
  const rows: unknown[] = [];
  for (const _ of bodies) {
    const { answer } = await client.request({ from: 'catalogs.goods', fields: { id: 'id' } }, options);
    rows.push(answer.kind === 'done' ? answer.value : answer.failure.code);
  }
  expect(rows).toEqual([[{ id: '1' }], [{ id: '1' }], [{ id: '2' }], 'html', [{ id: '2' }]]);
  expect([rows[0] === rows[1], rows[2] === rows[4]]).toEqual([true, true]);
});

test('B11: the date of an answer tells the base\'s clock', async () => {
  const hourAhead = new Date(Date.now() + 3_600_000).toUTCString();
  const client = await clientOf(answering('[]', { headers: { date: hourAhead } }));
  expect(client.baseClock.moments()).toHaveLength(1);
  await client.request({ from: 'catalogs.goods', fields: { id: 'id' } }, soon);
  const [ours, theirs] = client.baseClock.moments();
  expect(((theirs?.getTime() ?? 0) - (ours?.getTime() ?? 0)) / 60_000).toBeCloseTo(60, 0);
});

test('sends the packet as one urlencoded form field, whatever is in its texts', async () => {
  let form = '';
  let request: IncomingMessage | undefined;
  const client = await clientOf((incoming: IncomingMessage, response: ServerResponse) => {
    request = incoming;
    incoming.on('data', (chunk: Buffer) => (form += chunk.toString())).on('end', () => response.end('{"result":"ok","id":"1109100000001001"}'));
  });
  const call = await client.saveObject({ saveType: 1, header: { id: 'documents.saleOrder', remark: 'KeyCRM #905 & 100% + «їжа»' } }, soon);
  expect(call).toMatchObject({ answer: { kind: 'done', value: '1109100000001001' }, called: true });
  expect(call.latencyMs).toBeGreaterThan(0);
  expect(request?.method).toBe('POST');
  expect(request?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'content-length': String(Buffer.byteLength(form)) });
  expect([...new URLSearchParams(form).keys()]).toEqual(['packet']);
  expect(JSON.parse(new URLSearchParams(form).get('packet') ?? '')).toEqual({
    version: '0.25',
    key,
    clientID: 'kds',
    action: 'saveObject',
    params: { saveType: 1, header: { id: 'documents.saleOrder', remark: 'KeyCRM #905 & 100% + «їжа»' } },
  });
});

test('keeps its connection', async () => {
  const sockets = new Set<unknown>();
  const client = await clientOf((request, response) => {
    sockets.add(request.socket);
    request.resume().on('end', () => response.end('"ok"'));
  });
  for (let call = 0; call < 3; call++) expect(await client.setDelMark('1109100000001001', soon)).toMatchObject({ answer: { kind: 'done', value: 'ok' } });
  expect(sockets.size).toBe(1);
});

test.each<[string, RequestListener, string, string]>([
  ['HTTP 502 with a page', answering('<html>Bad Gateway</html>', { status: 502 }), 'failed http-status', 'unknown http-status'],
  ['HTTP 500 with an error of no known kind', answering('{"error":"boom"}', { status: 500 }), 'failed http-status', 'unknown http-status'],
  ['HTTP 500 of a concurrent request', answering('{"error":"multithreadApiSession multithread api request blocked"}', { status: 500 }), 'failed concurrent', 'failed concurrent'],
  ['HTTP 200 of a concurrent request', answering('{"error":"multithreadApiSession multithread api request blocked"}'), 'failed concurrent', 'failed concurrent'],
  ['HTTP 429', answering('', { status: 429, headers: { 'retry-after': '7' } }), 'failed throttled', 'failed throttled'],
  ['a page', answering('<!doctype html><p>hi', { headers: { 'content-type': 'application/json' } }), 'failed html', 'unknown html'],
  ['a PHP warning before JSON', answering('Warning <br />\n{"result":"ok","id":"1109100000001001"}'), 'failed html', 'unknown html'],
  ['nothing', answering(''), 'failed empty-body', 'unknown empty-body'],
  ['broken JSON', answering('{"result":"ok","id":"11091'), 'failed bad-json', 'unknown bad-json'],
  ['a redirect', answering('', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }), 'failed redirect', 'unknown redirect'],
  ['a larger body than allowed', answering(`"${'x'.repeat(5_000)}"`), 'failed oversize', 'unknown oversize'],
  ['a dropped connection', (request) => request.socket.destroy(), 'failed connection-lost', 'unknown connection-lost'],
  ['an answer that breaks off', (request, response) => void response.writeHead(200, { 'content-length': '100' }).write('{"re', () => request.socket.destroy()), 'failed connection-lost', 'unknown connection-lost'],
  ['a bare scalar', answering('"ok"'), 'failed bad-answer', 'unknown no-id'],
  ['JSON under a wrong content type, with a byte order mark', answering('\uFEFF {"error":"bad key"}', { headers: { 'content-type': 'text/html' } }), 'rejected bad-key', 'rejected bad-key'],
])('%s', async (_, listener, reading, writing) => {
  expect(await endings(await clientOf(listener, 4_096))).toEqual([reading, writing]);
});

test('a request that cannot have left says so', async () => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const client = clientAt(port);
  expect(await endings(client)).toEqual(['failed unreachable', 'failed unreachable']);
  expect(await write(client)).toMatchObject({ called: false });
});

test('the deadline holds for silence, for an endless body, and before anything is sent', async () => {
  const silent = await clientOf((request) => void request.resume());
  const endless = await clientOf((request, response) => {
    request.resume();
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(drip));
  });
  for (const client of [silent, endless]) {
    const options = { timeoutMs: 100 };
    expect(await client.getObject('1', options)).toMatchObject({ answer: { kind: 'failed', failure: { code: 'timeout' } }, called: true });
    expect(await client.setDelMark('1', options)).toMatchObject({ answer: { kind: 'unknown', failure: { code: 'timeout' } }, called: true });
  }
  const cancelled = { timeoutMs: 5_000, signal: AbortSignal.abort() };
  expect(await silent.setDelMark('1', cancelled)).toMatchObject({ answer: { kind: 'failed', failure: { code: 'cancelled' } }, called: false });
});

test('the deadline holds while no connection comes about', async () => {
  const dispatcher = new Agent({ connect: () => undefined });
  const client = createDilovodClient({ baseUrl: 'http://127.0.0.1:9', apiKey: key, dispatcher });
  expect(await client.setDelMark('1', { timeoutMs: 50 })).toMatchObject({ answer: { kind: 'failed', failure: { code: 'timeout' } }, called: false });
  await dispatcher.destroy();
});

test('a cancelled write in flight is unknown', async () => {
  const controller = new AbortController();
  const client = await clientOf((request) => void request.resume().on('end', () => controller.abort()));
  expect(await client.setDelMark('1', { timeoutMs: 5_000, signal: controller.signal })).toMatchObject({ answer: { kind: 'unknown', failure: { code: 'cancelled' } }, called: true });
});

test('the key never comes back in a message, and the base says when to return', async () => {
  const echo = await clientOf(answering(JSON.stringify({ error: `something with ${key} in it` })));
  expect(await read(echo)).toMatchObject({ answer: { failure: { code: 'refused', message: 'something with *** in it' } } });
  const throttled = await clientOf(answering('', { status: 429, headers: { 'retry-after': '7' } }));
  expect(await read(throttled)).toMatchObject({ answer: { retryAfterMs: 7_000 } });
});

test('an address that is none is a mistake of ours', () => {
  expect(() => createDilovodClient({ baseUrl: 'api.dilovod.ua', apiKey: key })).toThrow('Invalid URL');
});

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('ї', '\0', '\ud83d', '\u{1f9d8}', '"', '\\')).map((units) => units.join('')));

test('F7: whatever texts go into a packet, what arrives is JSON that every reader takes, and what comes back is clean', async () => {
  const forms: string[] = [];
  const client = await clientOf((request: IncomingMessage, response: ServerResponse) => {
    let form = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (form += chunk));
    request.on('end', () => {
      forms.push(form);
      response.end(JSON.stringify({ header: JSON.parse(new URLSearchParams(form).get('packet') ?? '').params.header, tableParts: [], id: '1100100000001001', ['na\0me\ud83d']: 1 }));
    });
  });
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      await client.saveObject({ saveType: 1, header: { id: 'documents.saleOrder', remark: text, rows: [{ details: text }] } }, soon);
      await createPerson(client, { name: text, email: text }, soon);
      const [saved = '', person = ''] = forms.splice(0).map((form) => new URLSearchParams(form).get('packet') ?? '');
      expect(JSON.parse(saved).params.header).toMatchObject({ remark: cleanText(text), rows: [{ details: cleanText(text) }] });
      const { name, details } = JSON.parse(person).params.header;
      expect([name.uk, JSON.parse(details).names[0].pr.uk]).toEqual([cleanText(text), cleanText(text)]);
      expect([saved, person].join()).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/);
    }),
    { numRuns: 50 },
  );
  const { answer } = await client.call({ method: 'x', args: {} }, soon);
  expect(cleanTexts(answer)).toBe(answer);
});

test('F7: every text of an answer is clean: names of types and members too', async () => {
  const client = await clientOf(answering(JSON.stringify({ 'catalogs.go\0ods': { idPrefix: '11003', presentation: 'Това\ud83dри' } })));
  expect((await client.listMetadata(soon)).answer).toEqual({ kind: 'done', value: [{ name: 'catalogs.goods', idPrefix: '11003', presentation: 'Това\ufffdри' }] });
});

test('F7: an answer that is nested without end is refused, not thrown', async () => {
  const client = await clientOf(answering(`${'['.repeat(200_000)}${']'.repeat(200_000)}`));
  expect(await endings(client)).toEqual(['failed bad-json', 'unknown bad-json']);
});

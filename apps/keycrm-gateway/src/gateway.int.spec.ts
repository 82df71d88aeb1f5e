import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsSubject, commandConsumer, type CommandMessage, commandSubject, deadSubject, eventSubjects, type KeyChange, type KeycrmCommand, type OrderHint, type OutcomeMessage } from '@kds/contracts';
import { accountFingerprint, type RunningGateway } from '@kds/gateway';
import { decimal } from '@kds/kernel';
import { type AccountControl, type KeycrmSimulator, startKeycrmSimulator } from '@kds/keycrm-simulator';
import { Bus } from '@kds/messaging';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { startKeycrmGateway } from './start-keycrm-gateway.js';

let servers: TestServers;
let simulator: KeycrmSimulator;
let account: AccountControl;
let bus: Bus;
let directory: string;
let gateway: RunningGateway;
const heard: { readonly subject: string; readonly body: unknown }[] = [];

const base = { pool: 'shared', tenant: 'yoga-shop', system: 'keycrm', workingTimeMs: 30_000 } as const;
let attempts = 0;

beforeAll(async () => {
  servers = await startTestServers();
  simulator = await startKeycrmSimulator();
  account = simulator.createAccount({ name: 'yoga-shop', apiKey: 'keycrm-key', requestsPerMinute: 1_000 });
  account.createSource({ name: 'Сайт' });
  bus = await Bus.connect({ url: servers.natsUrl, name: 'test' });
  bus.connection.subscribe('kds.evt.>', { callback: (_error, message) => void heard.push({ subject: message.subject, body: message.json() }) });
  bus.connection.subscribe('kds.dead.>', { callback: (_error, message) => void heard.push({ subject: message.subject, body: message.json() }) });
  directory = await mkdtemp(join(tmpdir(), 'kds-tenants-'));
  await writeFile(join(directory, 'yoga-shop.yaml'), manifests(simulator.baseUrl));
  await leaveHalfDone({ kind: 'read-order', orderId: 1 });
  gateway = await start();
});

afterAll(async () => {
  await gateway?.app.close();
  await bus?.close();
  await simulator?.close();
  await servers?.stop();
  await rm(directory, { recursive: true, force: true });
});

function start(): Promise<RunningGateway> {
  const { natsUrl } = servers;
  return startKeycrmGateway({ natsUrl, tenants: { kind: 'directory', directory }, allowedHosts: ['127.0.0.1'], httpHost: '127.0.0.1', httpPort: 0, pools: ['shared', 'big'], logLevel: 'silent', version: 'test', traces: false, concurrency: 10 });
}

function manifests(baseUrl: string): string {
  const spec = {
    mode: 'live',
    keycrm: { baseUrl, apiKeyRef: { name: 'keys', key: 'keycrm' }, webhookTokenRef: { name: 'keys', key: 'hook' } },
    dilovod: { baseUrl, apiKeyRef: { name: 'keys', key: 'dilovod' }, firm: '1100400000001001', currency: '1101200000001001' },
    warehouses: [{ keycrm: 1, dilovod: '1100700000000001' }],
    orders: { since: '2026-01-01T00:00:00Z', stages: { ordered: [2] } },
  };
  const tenant = (name: string, wanted: object) => ({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name }, spec: wanted });
  const { webhookTokenRef: _none, ...withoutHook } = spec.keycrm;
  const documents = [
    tenant('yoga-shop', spec),
    tenant('hookless-shop', { ...spec, keycrm: withoutHook }),
    tenant('keyless-shop', { ...spec, keycrm: { ...withoutHook, apiKeyRef: { name: 'keys', key: 'nowhere' } } }),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { keycrm: 'keycrm-key', dilovod: 'dilovod-key', hook: 'right-token' } },
  ];
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
}

/** A command that some instance took and let go without an outcome, before the gateway starts. */
async function leaveHalfDone(command: KeycrmCommand): Promise<void> {
  await send(command, { attempt: '1' });
  const consumer = await bus.consumer(commandConsumer('keycrm', 'shared'));
  (await consumer.next())?.nak();
}

async function send(command: KeycrmCommand, changes: Partial<CommandMessage> = {}): Promise<string> {
  attempts += 1;
  const message: CommandMessage = { ...base, commandId: '7', attempt: String(100 + attempts), startBefore: new Date(Date.now() + 10_000).toISOString(), command, ...changes };
  await bus.publish(commandSubject('keycrm', message.pool, command.kind), message, message.attempt);
  return message.attempt;
}

function outcomeOf(attempt: string): Promise<OutcomeMessage> {
  const find = () => heard.find(({ subject, body }) => subject === eventSubjects.outcome && (body as OutcomeMessage).attempt === attempt)?.body as OutcomeMessage | undefined;
  return until(find, { describe: `the outcome of attempt ${attempt}` });
}

async function carriedOut(command: KeycrmCommand, changes?: Partial<CommandMessage>): Promise<OutcomeMessage> {
  return outcomeOf(await send(command, changes));
}

describe('commands', () => {
  it('never carries out what another instance had before', async () => {
    expect(await outcomeOf('1')).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'taken-over' } });
    expect(account.requests()).toEqual([]);
  });

  it('reads an order into our words', async () => {
    account.createWarehouse({ id: 1, name: 'Головний' });
    account.createGoods({ goods: [{ name: 'Пояс', sku: 'BRYBPB', price: '100.50', stock: [{ warehouseId: 1, quantity: 5 }] }] });
    const { id } = account.createOrder({ buyer: { fullName: 'Олена Коваль', phone: '+380671234567' }, lines: [{ sku: 'BRYBPB', quantity: 2, warehouseId: 1 }], recipient: { fullName: 'Коваль Олена', phone: '0671234567' } });
    const outcome = await carriedOut({ kind: 'read-order', orderId: id });
    expect(outcome).toMatchObject({ commandId: '7', tenant: 'yoga-shop', system: 'keycrm', outcome: 'done', called: true, calls: [{ operation: 'readOrder', result: 'done' }] });
    expect(outcome.result).toMatchObject({ kind: 'present', order: { id, recipient: null, buyer: { fullName: 'Олена Коваль' }, grandTotal: '201', lines: [{ sku: 'BRYBPB', quantity: '2', price: '100.5', warehouseId: 1 }] } });
  });

  it('A17: tells that an order is missing', async () => {
    expect(await carriedOut({ kind: 'read-order', orderId: 424_242 })).toMatchObject({ outcome: 'done', result: { kind: 'missing', orderId: 424_242 } });
  });

  it('lists orders and stocks', async () => {
    const filter = { by: 'created', from: '2026-01-01T00:00:00.000Z', to: new Date(Date.now() + 60_000).toISOString(), startedAt: new Date().toISOString() } as const;
    expect(await carriedOut({ kind: 'list-orders', filter, page: 1 })).toMatchObject({ outcome: 'done', result: { orders: [{ lines: [{ sku: 'BRYBPB' }] }], unreadable: [], page: 1, lastPage: 1 } });
    expect(await carriedOut({ kind: 'list-stocks', page: 1, skus: ['BRYBPB'] })).toMatchObject({ outcome: 'done', result: { rows: [{ sku: 'BRYBPB', quantity: '5', warehouses: [{ id: 1, quantity: '5' }] }] } });
  });

  it('A18: reads the sources of orders with their currencies', async () => {
    account.createSource({ name: 'Etsy', currencyCode: 'USD' });
    const rows = [{ id: 1, name: 'Сайт', currency: 'UAH' }, { id: 2, name: 'Etsy', currency: 'USD' }];
    expect(await carriedOut({ kind: 'read-sources', page: 1 })).toMatchObject({ outcome: 'done', result: { rows, page: 1, lastPage: 1 } });
  });

  it('writes stocks, prices and fields of an order', async () => {
    const { uuid } = account.createCustomField({ name: 'Документ' });
    const { id } = account.createOrder({ lines: [{ sku: 'BRYBPB', quantity: 1 }] });
    expect(await carriedOut({ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'BRYBPB', quantity: decimal('7.5') }] })).toMatchObject({ outcome: 'done', result: null });
    expect(await carriedOut({ kind: 'write-prices', rows: [{ sku: 'BRYBPB', price: decimal('120') }] })).toMatchObject({ outcome: 'done', result: null });
    expect(await carriedOut({ kind: 'write-order-fields', orderId: id, fields: [{ uuid, value: '0000000042' }] })).toMatchObject({ outcome: 'done', result: null });
    await account.settled();
    expect(account.state().offers).toMatchObject([{ sku: 'BRYBPB', price: '120', quantity: '7.5' }]);
  });

  it('B10: reads in which currency cards are kept', async () => {
    account.createGoods({ goods: [{ name: 'Etsy card', sku: 'USD-1', price: '10', currencyCode: 'USD' }] });
    const ids = account.state().offers.map(({ id }) => id);
    const rows = ids.map((offerId, index) => ({ offerId, currency: index === 0 ? 'UAH' : 'USD' }));
    const all = await carriedOut({ kind: 'list-cards', page: 1, offers: null });
    expect(all).toMatchObject({ outcome: 'done', calls: [{ operation: 'listOffers' }], result: { rows, page: 1, lastPage: 1 } });
    expect(await carriedOut({ kind: 'list-cards', page: 1, offers: ids.slice(1) })).toMatchObject({ result: { rows: rows.slice(1) } });
  });

  it('does not know what became of a write whose answer was lost, and says so', async () => {
    account.addFault({ fault: { kind: 'lost-after' }, operation: 'PUT /offers/stocks', times: 1 });
    const outcome = await carriedOut({ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'BRYBPB', quantity: decimal('8') }] });
    expect(outcome).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'connection-lost' }, calls: [{ operation: 'writeStocks', result: 'connection-lost' }] });
  });

  it('ends in time when KeyCRM does not', async () => {
    account.addFault({ fault: { kind: 'delay', ms: 3_000 }, operation: 'PUT /offers/stocks', times: 1 });
    const outcome = await carriedOut({ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'BRYBPB', quantity: decimal('9') }] }, { workingTimeMs: 600 });
    expect(outcome).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'timeout' } });
  });

  it('E2: passes on how long KeyCRM asks to wait', async () => {
    account.addFault({ fault: { kind: 'vendor', name: 'throttle-burst', detail: { ms: 1_000 } }, times: 1 });
    expect(await carriedOut({ kind: 'read-order', orderId: 1 })).toMatchObject({ outcome: 'failed', retryAfterMs: expect.any(Number), failure: { code: 'throttled' } });
    account.clearFaults();
  });

  it('does not start what comes too late, or is not for a tenant that it can serve', async () => {
    const before = account.requests().length;
    expect(await carriedOut({ kind: 'read-order', orderId: 1 }, { startBefore: '2026-01-01T00:00:00.000Z' })).toMatchObject({ outcome: 'expired', called: false });
    expect(await carriedOut({ kind: 'read-order', orderId: 1 }, { tenant: 'nobody' })).toMatchObject({ outcome: 'failed', called: false, failure: { code: 'tenant-not-ready' } });
    expect(await carriedOut({ kind: 'read-order', orderId: 1 }, { tenant: 'keyless-shop' })).toMatchObject({ outcome: 'failed', failure: { code: 'tenant-not-ready', message: expect.stringContaining('nowhere') } });
    expect(account.requests()).toHaveLength(before);
  });

  it('serves each of its pools', async () => {
    expect(await carriedOut({ kind: 'read-order', orderId: 424_242 }, { pool: 'big' })).toMatchObject({ outcome: 'done' });
  });

  it('puts what is no command among the dead letters at once', async () => {
    await bus.publish(commandSubject('keycrm', 'shared', 'read-order'), { nonsense: true }, 'nonsense');
    const dead = await until(() => heard.find(({ subject }) => subject === deadSubject('keycrm-gateway-shared')), { describe: 'the dead letter' });
    expect(dead.body).toMatchObject({ tries: 1, reason: expect.stringContaining('commandId') });
  });
});

describe('F4: webhooks', () => {
  const event = (id: number) => JSON.stringify({ event: 'order.change_order_status', context: { id } });
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => fetch(`${gateway.url}/webhooks/keycrm/${path}`, { method: 'POST', body, headers });
  const hintsFor = (orderId: number) => heard.filter(({ subject, body }) => subject === eventSubjects.orderHint && (body as OrderHint).orderId === orderId);

  it.each([{ 'content-type': 'application/json' }, { 'content-type': 'text/plain' }, { 'content-type': 'not a type;;' }, { 'content-type': 'application/x-www-form-urlencoded' }])('keeps a hint and answers 202, whatever %j says', async (headers) => {
    const before = hintsFor(9051).length;
    expect((await post('yoga-shop/right-token', event(9051), headers)).status).toBe(202);
    await until(() => hintsFor(9051).length === before + 1, { describe: 'the hint on the bus' });
    expect(hintsFor(9051)[before]?.body).toEqual({ tenant: 'yoga-shop', orderId: 9051, receivedAt: expect.any(String) });
  });

  it('answers an unknown tenant, a wrong token and a shop without webhook alike', async () => {
    const answers = await Promise.all(['yoga-shop/wrong-token', 'nobody/right-token', 'hookless-shop/right-token'].map((path) => post(path, event(1))));
    const seen = await Promise.all(answers.map(async (answer) => ({ status: answer.status, body: await answer.text() })));
    expect(seen).toEqual(Array(3).fill({ status: 404, body: '{"message":"Not Found","statusCode":404}' }));
  });

  it.each(['{"event":', '', '{"event":"order.change_order_status","context":{}}', '42'])('answers 400 to %j, and 404 where the token is wrong', async (body) => {
    expect((await post('yoga-shop/right-token', body)).status).toBe(400);
    expect((await post('yoga-shop/wrong-token', body)).status).toBe(404);
  });

  it('takes notices about other things than orders, and makes nothing of them', async () => {
    const before = heard.filter(({ subject }) => subject === eventSubjects.orderHint).length;
    expect((await post('yoga-shop/right-token', '[{"offer_id":1,"sku":"A","in_stock":3}]')).status).toBe(202);
    expect((await post('yoga-shop/right-token', '{"event":"lead.change_lead_status","context":{"id":5}}')).status).toBe(202);
    expect(heard.filter(({ subject }) => subject === eventSubjects.orderHint)).toHaveLength(before);
  });

  it('answers 413 above 256 KiB, whatever the token is', async () => {
    const padded = (bytes: number) => event(1).slice(0, -1) + ' '.repeat(bytes - event(1).length) + '}';
    expect((await post('yoga-shop/right-token', padded(256 * 1024))).status).toBe(202);
    const answers = await Promise.all(['yoga-shop/right-token', 'yoga-shop/wrong-token', 'nobody/right-token'].map((path) => post(path, padded(256 * 1024 + 1))));
    const seen = await Promise.all(answers.map(async (answer) => ({ status: answer.status, body: await answer.text() })));
    expect(seen.map(({ status }) => status)).toEqual([413, 413, 413]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it('is told what KeyCRM itself sends', async () => {
    account.setWebhooks({ orders: [`${gateway.url}/webhooks/keycrm/yoga-shop/right-token`] });
    const { id } = account.createOrder({ lines: [{ sku: 'BRYBPB', quantity: 1 }], silently: true });
    account.moveStatus({ orderId: id, statusId: 2 });
    await until(() => hintsFor(id).length > 0, { describe: 'the hint about the moved order' });
  });
});

test('E8 F3: tells those who see no Secret which account a key belongs to, at the start, at every change and when asked; and never the key', async () => {
  const told = () => heard.filter(({ subject, body }) => subject === eventSubjects.keyChange && (body as KeyChange).tenant === 'yoga-shop').map(({ body }) => body as KeyChange);
  const putKey = (key: string) => writeFile(join(directory, 'yoga-shop.yaml'), manifests(simulator.baseUrl).replace('keycrm-key', key));
  const account = (apiKey: string) => accountFingerprint({ system: 'keycrm', baseUrl: simulator.baseUrl, apiKey });
  const first = { tenant: 'yoga-shop', system: 'keycrm', address: `${simulator.baseUrl} keys/keycrm`, account: account('keycrm-key') };
  expect(told()[0]).toEqual(first);
  const before = told().length;
  for (const [count, key] of [[1, 'new-key'], [2, 'keycrm-key']] as const) {
    await putKey(key);
    await until(() => told().length === before + count, { describe: 'the change to be told' });
    expect(told().at(-1)).toEqual({ ...first, account: account(key) });
  }
  expect(await bus.askAll(accountsSubject('keycrm'), { tenants: ['yoga-shop', 'nobody'] }, 500)).toEqual([{ accounts: [first] }]);
  expect(JSON.stringify(told())).not.toMatch(/-key"/);
});

describe('probes', () => {
  it('is ready, and counts', async () => {
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/kds_commands_total\{system="keycrm",kind="read-order",outcome="done"\} \d/);
    expect(metrics).toMatch(/kds_webhooks_total\{system="keycrm",result="accepted"\} \d/);
    expect(metrics).toMatch(/kds_webhooks_total\{system="keycrm",result="too-large"\} \d/);
    expect(metrics).not.toContain('token');
  });
});

describe('the end', () => {
  /** A command whose request KeyCRM has, and does not answer yet. */
  async function sendInHand(command: KeycrmCommand): Promise<string> {
    account.pause();
    const attempt = await send(command);
    await until(() => account.heldBack() === 1, { describe: 'KeyCRM to have the request' });
    return attempt;
  }

  const takenByNow = async () => (await (await bus.consumer(commandConsumer('keycrm', 'shared'))).info()).num_ack_pending;

  afterEach(() => account.resume());

  it('finishes the command in hand', async () => {
    const attempt = await sendInHand({ kind: 'read-order', orderId: 424_242 });
    const closing = gateway.app.close();
    account.resume();
    expect(await outcomeOf(attempt)).toMatchObject({ outcome: 'done', result: { kind: 'missing' } });
    await closing;
    await expect(fetch(`${gateway.url}/health/live`)).rejects.toThrow();
    expect(await takenByNow()).toBe(0);
  });

  it('gives up a call that does not end, and says that nobody knows what became of it', async () => {
    gateway = await start();
    const attempt = await sendInHand({ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'BRYBPB', quantity: decimal(3) }] });
    await gateway.app.close();
    expect(await outcomeOf(attempt)).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'aborted' } });
    expect(await takenByNow()).toBe(0);
  });
});

import { gzipSync } from 'node:zlib';
import type { CommandMessage, MessagePart, OutcomeMessage } from '@kds/contracts';
import type { DocumentFound, SaleOrderDraft } from '@kds/sync-domain';
import { startTestServers, type TestServers } from '@kds/testing';
import { priorities } from '../command-ledger/enqueue-command.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { Wakeups } from '../wakeups.js';
import { OrchestratorMetrics } from '../measure-ledger/orchestrator-metrics.js';
import { OutcomeConsumer } from './outcome.consumer.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveTenant('one');
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

/** Looks at the orders, then takes the one command that this put on its way. */
async function next(): Promise<CommandMessage> {
  await ledger.syncOrders();
  const [message, ...others] = await ledger.dispatch();
  if (message === undefined || others.length > 0) throw new Error(`expected one command, got ${message === undefined ? 0 : 1 + others.length}`);
  return message;
}

const creations = () => ledger.rows(`select 1 from attempts a join commands c on c.id = a.command_id where c.kind = 'save-sale-order'`);
const refusals = async (orderId: number) => (await ledger.row<{ refusals: unknown }>(`select refusals from orders where order_id = $1`, [orderId])).refusals;
const rest = () => ledger.row<{ seconds: string | null; open_reason: string | null }>(`select extract(epoch from open_until - clock_timestamp()) as seconds, open_reason from lane_states where tenant = 'one' and system = 'dilovod'`);
const endRest = () => ledger.execute(`update accounts set open_until = clock_timestamp()`).then(() => ledger.execute(`update commands set not_before = clock_timestamp() where state = 'pending'`));

function found({ command }: CommandMessage): DocumentFound {
  const { draft } = command as { readonly draft: SaleOrderDraft };
  return { type: 'saleOrder', id: '1109100000000001', number: '000000001', state: draft.state, person: draft.person, storage: draft.storage, baseDoc: null, contract: null, posted: true, currency: null, members: null, rows: draft.rows };
}

test('A9: a creation whose lease ran out is looked for, and adopted when it is there', async () => {
  await ledger.saveOrder('one', 7);
  const creation = await next();
  expect(creation.command.kind).toBe('save-sale-order');
  await ledger.expireLeases();
  expect(await ledger.row(`select state, failure ->> 'code' as code from commands where id = $1`, [creation.commandId])).toEqual({ state: 'unknown', code: 'lease-expired' });
  const look = await next();
  expect(look.command).toMatchObject({ kind: 'find-documents', orderId: 7, type: 'saleOrder' });
  await ledger.settle(look, { outcome: 'done', result: { kind: 'found', documents: [found(creation)] } });
  await ledger.syncOrders();
  expect(await ledger.dispatch()).toEqual([]);
  expect(await creations()).toHaveLength(1);
  expect(await ledger.row(`select decision, reason, binding -> 'saleOrder' ->> 'id' as document from orders`)).toEqual({ decision: 'nothing', reason: 'in-step', document: '1109100000000001' });
});

test('A9: a creation whose lease ran out is made again only once a look has found nothing, however often the look fails', async () => {
  await ledger.saveOrder('one', 7);
  await next();
  await ledger.expireLeases();
  for (let index = 0; index < 3; index += 1) {
    const look = await next();
    expect(look.command.kind).toBe('find-documents');
    if (index === 0) await ledger.expireLeases();
    else await ledger.settle(look, { outcome: index === 1 ? 'unknown' : 'failed', failure: { code: 'connection-lost', message: 'cut' } });
    await endRest();
    expect(await creations()).toHaveLength(1);
  }
  const look = await next();
  await ledger.settle(look, { outcome: 'done', result: { kind: 'found', documents: [] } });
  expect((await next()).command.kind).toBe('save-sale-order');
});

test('F1: when the bus has forgotten everything, a command that no gateway has in hand is looked for as soon as it can no longer be started', async () => {
  await ledger.saveOrder('one', 7);
  const creation = await next();
  const inHand = new Set<string>();
  const end = (busForgotBefore: Date | undefined) => ledger.endForgottenAttempts({ busForgotBefore: async () => busForgotBefore, inHand: async (_system, attempts) => attempts.filter((attempt) => inHand.has(attempt)) });
  const later = () => new Date(Date.now() + 1_000);
  expect(await end(later())).toBe(false);
  await ledger.execute(`update attempts set dispatched_at = dispatched_at - interval '16 seconds'`);
  expect(await end(undefined)).toBe(false);
  expect(await end(new Date(Date.now() - 60_000))).toBe(false);
  inHand.add(creation.attempt);
  expect(await end(later())).toBe(false);
  inHand.clear();
  expect(await end(later())).toBe(true);
  expect(await ledger.row(`select state, failure ->> 'code' as code from commands where id = $1`, [creation.commandId])).toEqual({ state: 'unknown', code: 'bus-forgot' });
  expect((await next()).command).toMatchObject({ kind: 'find-documents', orderId: 7, type: 'saleOrder' });
});

test('A9 F2: an outcome that comes twice, or after the lease ran out, changes nothing', async () => {
  await ledger.saveOrder('one', 7);
  const creation = await next();
  await ledger.expireLeases();
  const late = await ledger.everything();
  expect(await ledger.settle(creation, { outcome: 'done', result: { kind: 'saved', documentId: '5' } })).toBe(false);
  expect(await ledger.everything()).toEqual(late);
  const look = await next();
  expect(await ledger.settle(look, { outcome: 'done', result: { kind: 'found', documents: [] } })).toBe(true);
  const once = await ledger.everything();
  expect(await ledger.settle(look, { outcome: 'done', result: { kind: 'found', documents: [] } })).toBe(false);
  expect(await ledger.settle(look, { outcome: 'rejected', failure: { code: 'no', message: 'no' } })).toBe(false);
  expect(await ledger.everything()).toEqual(once);
});

test('F2: of one outcome that two replicas get at the same time, one counts', async () => {
  await ledger.saveOrder('one', 7);
  const creation = await next();
  const settled = await Promise.all(Array.from({ length: 4 }, () => ledger.settle(creation, { outcome: 'done', result: { kind: 'saved', documentId: '5' } })));
  expect(settled.filter(Boolean)).toHaveLength(1);
});

test('F6: an outcome that names another client than its attempt has is not taken', async () => {
  await ledger.saveTenant('two');
  await ledger.saveOrder('one', 7);
  const creation = await next();
  const before = await ledger.everything();
  expect(await ledger.settle({ ...creation, tenant: 'two' }, { outcome: 'done', result: { kind: 'saved', documentId: '5' } })).toBe(false);
  expect(await ledger.everything()).toEqual(before);
});

test('E1 E2: a throttled account rests as long as the API asked, a minute at most, and then says the same again', async () => {
  await ledger.saveOrder('one', 7);
  const first = await next();
  await ledger.settle(first, { outcome: 'failed', failure: { code: 'throttled', message: 'too many' }, retryAfterMs: 90_000 });
  expect(await rest()).toMatchObject({ open_reason: 'throttled' });
  expect(Number((await rest()).seconds)).toBeGreaterThan(50);
  expect(Number((await rest()).seconds)).toBeLessThan(61);
  await ledger.syncOrders();
  expect(await ledger.dispatch()).toEqual([]);
  await endRest();
  const second = await next();
  expect(second).toMatchObject({ commandId: first.commandId, command: first.command });
  await ledger.settle(second, { outcome: 'done', result: { kind: 'saved', documentId: '5' } });
  expect(await rest()).toEqual({ seconds: null, open_reason: null });
});

test('E1: an outage opens the lane a little longer each time, and one good answer closes it', async () => {
  await ledger.saveOrder('one', 7);
  const rests: number[] = [];
  for (let index = 0; index < 8; index += 1) {
    await ledger.settle(await next(), { outcome: 'failed', called: true, failure: { code: 'server-error', message: '502' } });
    rests.push(Math.max(0, Math.round(Number((await rest()).seconds) * 2) / 2));
    await endRest();
  }
  expect(rests).toEqual([0, 0, 0.5, 1, 2, 4, 8, 16]);
  await ledger.settle(await next(), { outcome: 'done', result: { kind: 'saved', documentId: '5' } });
  expect(await ledger.row(`select failures from lane_states where tenant = 'one' and system = 'dilovod'`)).toEqual({ failures: 0 });
});

test('E1: a wrong key rests the lane and is not held against the order', async () => {
  await ledger.saveOrder('one', 7);
  const first = await next();
  await ledger.settle(first, { outcome: 'rejected', failure: { code: 'bad-key', message: 'bad key' } });
  expect(await rest()).toMatchObject({ open_reason: 'bad-key' });
  expect(Number((await rest()).seconds)).toBeGreaterThan(50);
  expect(await refusals(7)).toEqual([]);
  await ledger.syncOrders();
  expect(await ledger.dispatch()).toEqual([]);
  expect(await ledger.row(`select decision from orders`)).toEqual({ decision: 'dispatch' });
  await endRest();
  expect((await next()).commandId).toBe(first.commandId);
});

test('E1: a lane that rests because of a wrong key is tried at once after the Secret has changed', async () => {
  await ledger.saveOrder('one', 7);
  const first = await next();
  await ledger.settle(first, { outcome: 'rejected', failure: { code: 'bad-key', message: 'bad key' } });
  await ledger.saveTenant('other');
  await ledger.tellAccount('other', 'dilovod', 'dilovod-new');
  await ledger.tellAccount('one', 'keycrm', 'keycrm-new');
  expect(Number((await rest()).seconds)).toBeGreaterThan(50);
  await ledger.tellAccount('one', 'dilovod', 'dilovod-newer');
  expect(await rest()).toEqual({ seconds: null, open_reason: null });
  await ledger.execute(`update commands set not_before = clock_timestamp() where state = 'pending'`);
  expect(await next()).toMatchObject({ commandId: first.commandId, account: 'dilovod-newer' });
});

test('E7: what an API refuses holds the order with the reason, and is not said again', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.settle(await next(), { outcome: 'rejected', failure: { code: 'closed-period', message: 'The period is closed.' } });
  await ledger.syncOrders();
  expect(await ledger.dispatch()).toEqual([]);
  expect(await ledger.row(`select decision, reason, message from orders`)).toEqual({ decision: 'park', reason: 'closed-period', message: 'The period is closed.' });
});

test('E1: a lease that cannot be settled does not keep others from running out', async () => {
  await ledger.saveTenant('two');
  await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'order:404', command: { kind: 'find-documents', orderId: 404, type: 'saleOrder', saleOrders: [] }, priority: 0 });
  await ledger.dispatch();
  await ledger.saveOrder('two', 7);
  await next();
  await ledger.expireLeases().catch(() => undefined);
  expect(await ledger.rows(`select tenant from attempts where settled_at is not null and tenant = 'two'`)).toHaveLength(1);
});

describe('F1: the parts of a large outcome', () => {
  const goods = Array.from({ length: 3_000 }, (_, index) => ({ id: String(index), article: `A-${index}`, name: `Товар ${index}`, unit: null }));

  async function partsOfOutcome(parts: number): Promise<readonly MessagePart[]> {
    await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null }, priority: priorities.stockAndPrices });
    const { commandId, attempt } = await next();
    const outcome: OutcomeMessage = { commandId, attempt, tenant: 'one', system: 'dilovod', outcome: 'done', called: true, calls: [], result: { rows: goods } };
    const bytes = gzipSync(JSON.stringify(outcome));
    const size = Math.ceil(bytes.length / parts);
    return Array.from({ length: parts }, (_, index) => ({ whole: `out-${attempt}`, part: index + 1, parts, text: bytes.subarray(index * size, (index + 1) * size).toString('base64') }));
  }

  const replica = () => new OutcomeConsumer({
      database: ledger.database,
      wakeups: new Wakeups(),
      metrics: new OrchestratorMetrics({ version: 'test', lastTenantLook: () => undefined }),
      logger: ledger.logger,
    });
  const kept = async () => Number((await ledger.row<{ count: string }>(`select count(*) from goods where tenant = 'one'`)).count);

  test.each([
    ['in order', [0, 1, 2, 3, 4]],
    ['backwards', [4, 3, 2, 1, 0]],
    ['mixed, some twice', [2, 0, 2, 4, 1, 1, 3]],
  ])('count once they are all there, %s, at two replicas', async (_name, order) => {
    const parts = await partsOfOutcome(5);
    const replicas = [replica(), replica()];
    for (const [index, part] of order.entries()) {
      const unsettled = await ledger.rows(`select 1 from attempts where settled_at is null`);
      expect(unsettled).toHaveLength(1);
      await replicas[index % 2]?.consume(parts[part]);
    }
    expect(await kept()).toBe(goods.length);
  });

  test('count once when all come at the same time to two replicas', async () => {
    const parts = await partsOfOutcome(6);
    const replicas = [replica(), replica()];
    await Promise.all(parts.map((part, index) => replicas[index % 2]?.consume(part)));
    expect(await kept()).toBe(goods.length);
    expect(await ledger.rows(`select 1 from attempts where settled_at is null`)).toEqual([]);
  });
});

import type { CommandMessage, OutcomeMessage } from '@kds/contracts';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { recheckHeldOrders } from '../recheck-held/recheck-held.job.js';
import { decideStanding } from '../report-status/decide-standing.js';
import { listTenantFacts } from '../report-status/list-tenant-facts.js';
import { settleCommand } from '../settle-command/settle-command.js';
import { TestLedger } from '../spec-support/test-ledger.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveTenant('one');
  await ledger.saveOrder('one', 7);
  await ledger.execute(`delete from goods`);
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const catalogue = [{ id: '1100300000001001', article: 'BRYBPB', name: 'Belt', unit: '1103600000000001' }];
const outcomeOf = ({ commandId, attempt, tenant, system }: CommandMessage): OutcomeMessage => ({ commandId, attempt, tenant, system, outcome: 'done', called: true, calls: [], result: { rows: catalogue } });

async function next(): Promise<CommandMessage> {
  const [message] = await ledger.dispatch();
  if (message === undefined) throw new Error('nothing was asked');
  return message;
}

const asked = () => ledger.row<{ decision: string; looks: boolean; waits: boolean }>(`select decision, dirty_since is not null as looks, waits_for_goods as waits from orders`);

test('A10: an order that is looked at before the catalogue was read waits for it, and goes on', async () => {
  await ledger.syncOrders();
  const read = await next();
  expect(read.command).toEqual({ kind: 'read-goods', articles: null });
  expect(await asked()).toEqual({ decision: 'find-goods', looks: false, waits: true });
  await ledger.settle(read, outcomeOf(read));
  await ledger.syncOrders();
  expect((await next()).command.kind).toBe('save-sale-order');
});

test('A10 E3: a catalogue that Dilovod does not let be read holds the order with the reason, is told of the client, and is tried again', async () => {
  await ledger.syncOrders();
  const failure = { code: 'access-denied', message: 'the API role may not use catalogs.goods' };
  await ledger.settle(await next(), { outcome: 'rejected', failure });
  await ledger.syncOrders();
  expect(await ledger.row(`select decision, reason, message from orders`)).toEqual({ decision: 'park', reason: failure.code, message: failure.message });
  const standing = async () => (await listTenantFacts(ledger)).map((facts) => decideStanding(facts, new Date()));
  expect(await standing()).toMatchObject([{ ready: false, reason: 'ReadingRefused', message: 'goods: the API role may not use catalogs.goods' }]);
  await ledger.execute(`update schedules set due_at = now() + interval '1 hour', started_at = now() - interval '1 hour'`);
  await recheckHeldOrders(ledger.database);
  expect(await ledger.rows(`select flow from schedules where due_at <= now()`)).toEqual([{ flow: 'goods' }]);
  await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null }, priority: 0 });
  const again = await next();
  await ledger.settle(again, outcomeOf(again));
  await ledger.syncOrders();
  expect((await next()).command.kind).toBe('save-sale-order');
  expect((await listTenantFacts(ledger)).map(({ refusedReadings }) => refusedReadings)).toEqual([[]]);
});

test('A7 A10: an order that is looked at while the catalogue is just being kept is looked at again', async () => {
  await ledger.execute(`update orders set dirty_since = null`);
  await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null }, priority: 0 });
  const read = await next();
  await ledger.database.transaction(async (db) => {
    await settleCommand({ db, logger: ledger.logger }, outcomeOf(read));
    await ledger.execute(`update orders set dirty_since = clock_timestamp()`);
    await ledger.syncOrders();
    expect(await asked()).toEqual({ decision: 'find-goods', looks: true, waits: false });
  });
  await until(async () => {
    await ledger.syncOrders();
    return (await ledger.dispatch()).some(({ command }) => command.kind === 'save-sale-order');
  }, { describe: 'the order document to be asked for' });
});

describe('B6: a good that was read earlier is read again before a document is made of it', () => {
  beforeEach(async () => {
    await ledger.execute(`update orders set dirty_since = null`);
    await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null }, priority: 0 });
    const read = await next();
    await ledger.settle(read, outcomeOf(read));
    await ledger.execute(`update goods set read_at = read_at - interval '11 minutes'`);
    await ledger.execute(`update orders set dirty_since = clock_timestamp()`);
    await ledger.syncOrders();
  });

  async function endWith(rows: readonly object[]): Promise<readonly CommandMessage[]> {
    const read = await next();
    expect(read.command).toEqual({ kind: 'read-goods', articles: ['BRYBPB'] });
    await ledger.settle(read, { ...outcomeOf(read), result: { rows, atomic: true } });
    await ledger.syncOrders();
    return ledger.dispatch();
  }

  test('its article went to another card: the order has the other', async () => {
    const [given] = await endWith([{ ...catalogue[0], id: '1100300000001099' }]);
    expect(given?.command).toMatchObject({ kind: 'save-sale-order', draft: { rows: [{ good: '1100300000001099' }] } });
  });

  test('its article is gone: the order is held', async () => {
    expect(await endWith([])).toEqual([]);
    expect(await ledger.row(`select reason from orders`)).toEqual({ reason: 'sku-unknown' });
  });

  test('the base does not show it by that article though it has it: it is asked once', async () => {
    await ledger.execute(`update goods set article = 'BRYBPB', read_attempt = 9e15`);
    const [given] = await endWith([]);
    expect(given?.command.kind).toBe('save-sale-order');
  });
});

import type { CommandMessage } from '@kds/contracts';
import { startTestServers, type TestServers } from '@kds/testing';
import { recordObservation } from '../observe-orders/record-observation.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { testOrder, testSpec } from '../spec-support/test-order.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveTenant('one', { orders: { ...testSpec.orders, writeBack: { documentField: 'OR_1', problemField: 'OR_2' } } });
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

async function sent(kind: string): Promise<CommandMessage> {
  await ledger.syncOrders();
  const messages = await ledger.dispatch();
  const found = messages.find(({ command }) => command.kind === kind);
  if (found === undefined) throw new Error(`expected ${kind}, got ${messages.map(({ command }) => command.kind).join(', ') || 'nothing'}`);
  return found;
}

/** KeyCRM shows the order, with these custom fields. */
async function observe(orderId: number, attempt: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  const spec = ledger.findTenant('one');
  if (spec === undefined) throw new Error('no tenant');
  await ledger.database.transaction((db) => recordObservation(db, { tenant: 'one', spec, observation: { kind: 'present', order: { ...testOrder(orderId), fields } }, attempt, dispatchedAt: new Date() }));
}

test('A15: the number of the order document is written to the order, and the echo of that does nothing', async () => {
  await ledger.saveOrder('one', 7);
  await observe(7, '1');
  await ledger.settle(await sent('save-sale-order'), { outcome: 'done', result: { kind: 'saved', documentId: '1109100000000001' } });
  await ledger.settle(await sent('read-document'), { outcome: 'done', result: { kind: 'read', number: '000000017' } });
  const write = await sent('write-order-fields');
  expect(write.command).toEqual({ kind: 'write-order-fields', orderId: 7, fields: [{ uuid: 'OR_1', value: '000000017' }] });
  await ledger.settle(write, { outcome: 'done', result: null });
  await ledger.syncOrders();
  const before = await ledger.row(`select decided_at, (select count(*) from order_journal) as told, (select count(*) from commands) as commands from orders`);
  await observe(7, '1000', { OR_1: '000000017' });
  expect(await ledger.rows(`select 1 from orders where dirty_since is not null`)).toEqual([]);
  await ledger.syncOrders();
  expect(await ledger.dispatch()).toEqual([]);
  expect(await ledger.row(`select decided_at, (select count(*) from order_journal) as told, (select count(*) from commands) as commands from orders`)).toEqual(before);
});

test('A10 A15: the reason why an order is held is written to it, and emptied when it is held no more', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.settle(await sent('save-sale-order'), { outcome: 'rejected', failure: { code: 'closed-period', message: 'The period is closed.' } });
  const problem = await sent('write-order-fields');
  expect(problem.command).toMatchObject({ fields: [{ uuid: 'OR_2', value: 'The period is closed.' }] });
  await ledger.settle(problem, { outcome: 'done', result: null });
  await ledger.execute(`update orders set refusals = '[]', dirty_since = clock_timestamp()`);
  await ledger.settle(await sent('save-sale-order'), { outcome: 'done', result: { kind: 'saved', documentId: '1109100000000001' } });
  await ledger.settle(await sent('read-document'), { outcome: 'done', result: { kind: 'read', number: '000000017' } });
  expect((await sent('write-order-fields')).command).toMatchObject({ fields: [{ uuid: 'OR_1', value: '000000017' }, { uuid: 'OR_2', value: '' }] });
});

test('A15: nothing is written where no field is mapped', async () => {
  await ledger.saveTenant('one');
  await ledger.saveOrder('one', 7);
  await ledger.settle(await sent('save-sale-order'), { outcome: 'rejected', failure: { code: 'closed-period', message: 'The period is closed.' } });
  await ledger.syncOrders();
  expect(await ledger.dispatch()).toEqual([]);
});

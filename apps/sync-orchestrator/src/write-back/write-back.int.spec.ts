import type { CommandMessage } from '@kds/contracts';
import { cleanText, cutText } from '@kds/kernel';
import { startTestServers, type TestServers } from '@kds/testing';
import fc from 'fast-check';
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

test('F7: whatever reason an order is held for, it is kept, and what is written of it fits and is whole', async () => {
  await ledger.saveOrder('one', 7);
  const unit = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('\0', 'ї', '\u{1f9d8}\u200d\u2640\ufe0f', '\ud83d', 'слово '));
  const reason = fc.array(unit, { minLength: 100, maxLength: 300 }).map((units) => `!${units.join('')}!`);
  await fc.assert(
    fc.asyncProperty(reason, async (message) => {
      await ledger.execute(`delete from commands`);
      await ledger.execute(`update persons set state = 'refused', failure = $1`, [JSON.stringify({ code: 'person-unreadable', message })]);
      await ledger.execute(`update orders set written_fields = null, dirty_since = clock_timestamp()`);
      await ledger.syncOrders();
      const held = await ledger.row<{ reason: string; message: string }>(`select reason, message from orders`);
      expect(held).toEqual({ reason: 'person-unreadable', message: cleanText(message) });
      const [write] = await ledger.rows<{ value: string }>(`select payload -> 'fields' -> 0 ->> 'value' as value from commands where kind = 'write-order-fields'`);
      expect(write?.value).toBe(cutText(message, 255));
    }),
    { numRuns: 25 },
  );
});

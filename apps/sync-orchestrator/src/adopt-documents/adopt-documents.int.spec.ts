import { startTestServers, type TestServers } from '@kds/testing';
import { recordObservation } from '../observe-orders/record-observation.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { testOrder } from '../spec-support/test-order.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveNewTenant('one');
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const decisions = () => ledger.rows<{ order_id: string; decision: string | null; doubt: string | null }>(`select order_id, decision, binding ->> 'doubt' as doubt from orders order by order_id`);

async function observe(orderId: number): Promise<void> {
  const spec = ledger.findTenant('one');
  if (spec === undefined) throw new Error('no tenant');
  await recordObservation(ledger.database.manager, { tenant: 'one', spec, observation: { kind: 'present', order: testOrder(orderId) }, attempt: '1', dispatchedAt: new Date() });
}

const question = async () => {
  const message = (await ledger.dispatch()).find(({ command }) => command.kind === 'list-order-keys');
  if (message === undefined) throw new Error('nothing was asked');
  return message;
};

test('A9 F1: nothing is decided before it is known which orders have documents already, and those are looked for whole', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.saveOrder('one', 8);
  await ledger.syncOrders();
  expect(await decisions()).toEqual([{ order_id: '7', decision: null, doubt: null }, { order_id: '8', decision: null, doubt: null }]);
  await ledger.settle(await question(), { outcome: 'done', result: { orderIds: [7, 9] } });
  await observe(9);
  await observe(10);
  await ledger.syncOrders();
  expect((await decisions()).map(({ order_id, doubt }) => [order_id, doubt])).toEqual([['7', 'all'], ['8', null], ['9', 'all'], ['10', null]]);
  expect(await ledger.rows(`select payload ->> 'type' as type from commands where kind = 'find-documents'`)).toEqual([{ type: 'all' }, { type: 'all' }]);
  expect(await ledger.rows(`select subject from commands where kind = 'save-sale-order'`)).toEqual([{ subject: 'order:8' }, { subject: 'order:10' }]);
});

test('A9: the question is asked again when Dilovod refuses it, and once only when it has answered', async () => {
  await ledger.settle(await question(), { outcome: 'rejected', failure: { code: 'refused', message: 'no' } });
  const asked = () => ledger.rows(`select 1 from commands where kind = 'list-order-keys' and state = 'pending'`);
  expect(await asked()).toHaveLength(1);
  await ledger.execute(`update commands set not_before = now()`);
  await ledger.settle(await question(), { outcome: 'done', result: { orderIds: [] } });
  await ledger.saveNewTenant('one', { defaultWarehouse: null });
  expect(await asked()).toEqual([]);
});

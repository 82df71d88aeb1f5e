import 'reflect-metadata';
import { startTestServers, type TestServers } from '@kds/testing';
import { TestLedger } from '../spec-support/test-ledger.js';
import { Wakeups } from '../wakeups.js';
import { HintsConsumer } from './hints.consumer.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveTenant('one');
  await ledger.execute(`update schedules set due_at = clock_timestamp() + interval '1 day', started_at = clock_timestamp() - interval '1 minute'`);
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const consumer = () => new HintsConsumer(ledger.database, new Wakeups());
const changed = (objectName: string) => consumer().dilovodHint({ tenant: 'one', objectName, objectId: '1109100000001234', receivedAt: new Date().toISOString() });
const due = async () => (await ledger.rows<{ flow: string }>(`select flow from schedules where due_at <= clock_timestamp() + interval '1 minute' order by flow`)).map(({ flow }) => flow);

test.each([
  ['documents.sale', ['stock']],
  ['documents.purchase', ['stock']],
  ['documents.saleOrder', []],
  ['informationRegisters.goodsPrices', ['prices']],
  ['catalogs.goods', ['goods']],
  ['catalogs.persons', []],
])('B1: a change of %s in Dilovod makes due: %j', async (objectName, flows) => {
  await changed(objectName);
  expect(await due()).toEqual(flows);
});

test('B1 E1: however many changes come, a flow that was started a moment ago waits a little', async () => {
  await ledger.execute(`update schedules set started_at = clock_timestamp()`);
  await changed('documents.sale');
  await changed('documents.sale');
  expect(await ledger.row(`select due_at between clock_timestamp() + interval '10 seconds' and clock_timestamp() + interval '21 seconds' as calm from schedules where flow = 'stock'`)).toEqual({ calm: true });
});

test('an order hint has the order read from KeyCRM, once for all that wait', async () => {
  for (let hint = 0; hint < 3; hint += 1) await consumer().orderHint({ tenant: 'one', orderId: 7, receivedAt: new Date().toISOString() });
  await consumer().orderHint({ tenant: 'nobody', orderId: 7, receivedAt: new Date().toISOString() });
  expect(await ledger.rows(`select tenant, subject, kind from commands where state = 'pending'`)).toEqual([{ tenant: 'one', subject: 'order:7', kind: 'read-order' }]);
  await expect(consumer().orderHint({ tenant: 'one', orderId: 'x' })).rejects.toThrow('not an order hint');
});

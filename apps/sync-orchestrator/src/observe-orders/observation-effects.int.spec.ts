import type { OrdersFilter } from '@kds/contracts';
import { type Db, row } from '@kds/persistence';
import { nothingHeld, type OrderBinding } from '@kds/sync-domain';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { priorities } from '../command-ledger/enqueue-command.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { cancelledStatus, orderedStatus, testOrder } from '../spec-support/test-order.js';
import { forgetKnown } from '../sync-stock/positions.js';
import { listOrdersEffects } from './observation-effects.js';
import { recordObservation } from './record-observation.js';

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

const documented: OrderBinding = { ...nothingHeld, saleOrder: { id: 'D', number: '1', state: null, person: 'P', rows: [], members: null, currency: null, written: null, reserved: null } };
const everything = (): OrdersFilter => ({ by: 'created', from: '2026-11-01T00:00:00.000Z', to: '2026-12-31T00:00:00.000Z', startedAt: new Date().toISOString() });

/** A pass of one page that shows these orders. */
async function pass(flow: 'orders-updated' | 'orders-deep', filter: OrdersFilter, orderIds: readonly number[]): Promise<void> {
  await ledger.enqueue({ tenant: 'one', system: 'keycrm', subject: flow, command: { kind: 'list-orders', page: 1, filter }, priority: priorities.liveOrder });
  const message = (await ledger.dispatch()).find(({ command }) => command.kind === 'list-orders');
  if (message === undefined) throw new Error('the pass did not leave');
  await ledger.settle(message, { outcome: 'done', result: { orders: orderIds.map((id) => testOrder(id)), unreadable: [], page: 1, lastPage: 1 } });
}

const asked = async () => (await ledger.rows<{ subject: string }>(`select subject from commands where kind = 'read-order' and state = 'pending' order by subject`)).map(({ subject }) => subject);

test('A17: orders with documents that a pass over everything did not show are asked for by number, and held when they are gone', async () => {
  for (const orderId of [7, 8]) await ledger.saveOrder('one', orderId, { binding: documented });
  await ledger.saveOrder('one', 9);
  await pass('orders-updated', everything(), [7]);
  expect(await asked()).toEqual([]);
  await pass('orders-deep', everything(), [7]);
  expect(await asked()).toEqual(['order:8']);
  const [read] = await ledger.dispatch();
  if (read === undefined) throw new Error('nothing was asked');
  await ledger.settle(read, { outcome: 'done', result: { kind: 'missing', orderId: 8 } });
  await ledger.syncOrders();
  expect(await ledger.row(`select decision, reason from orders where order_id = 8`)).toEqual({ decision: 'park', reason: 'deleted-in-keycrm' });
});

test('A7: a status that moved while updated_at stood still is seen by a pass that asks by the time of the order', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.execute(`update orders set dirty_since = null, essence = 'before'`);
  await pass('orders-deep', everything(), [7]);
  expect(await ledger.rows(`select order_id from orders where dirty_since is not null`)).toEqual([{ order_id: '7' }]);
});

test('A16: an order made before `since` is not even kept', async () => {
  await ledger.saveTenant('one', { orders: { since: '2026-11-20T00:00:00Z', stages: { ordered: [12] } } });
  await pass('orders-deep', everything(), [7]);
  expect(await ledger.rows(`select 1 from orders`)).toEqual([]);
});

test('A7: an order that two readings see for the first time at once is kept as the newer saw it', async () => {
  const spec = ledger.findTenant('one');
  if (spec === undefined) throw new Error('no tenant');
  const see = (db: Db, attempt: string, statusId: number) => recordObservation(db, { tenant: 'one', spec, observation: { kind: 'present', order: testOrder(7, { statusId }) }, attempt, dispatchedAt: new Date() });
  let newer: Promise<unknown> | undefined;
  await ledger.database.transaction(async (db) => {
    await see(db, '1', orderedStatus);
    newer = ledger.database.transaction((other) => see(other, '2', cancelledStatus));
    await until(() => row(ledger.database.manager, `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`), { describe: 'the newer reading to wait' });
  });
  await newer;
  expect(await ledger.row(`select observation -> 'order' ->> 'statusId' as status, observed_attempt from orders`)).toEqual({ status: String(cancelledStatus), observed_attempt: '2' });
});

test('F2: a page of orders that moved stock does not hold up a write of the same stock, nor the write the page', async () => {
  const spec = ledger.findTenant('one');
  if (spec === undefined) throw new Error('no tenant');
  await ledger.execute(`insert into positions (tenant, sku, warehouse_id, known) values ('one', 'A', 1, 5), ('one', 'B', 1, 5)`);
  const soldOf = (id: number, sku: string) => ({ ...testOrder(id, { statusId: 21 }), lines: testOrder(id).lines.map((line) => ({ ...line, sku })) });
  let write: Promise<void> | undefined;
  await ledger.database.transaction(async (db) => {
    const interrupted = {
      query: async (sql: string, parameters?: unknown[]) => {
        if (write === undefined && parameters?.[1] === 8) {
          // As a write of stock leaves while the page is half kept.
          write = ledger.database.transaction((other) => forgetKnown(other, { tenant: 'one', positions: [{ sku: 'A', warehouseId: 1 }, { sku: 'B', warehouseId: 1 }] }));
          await write;
        }
        return db.query(sql, parameters);
      },
    } as Db;
    await listOrdersEffects.onDone(
      { db: interrupted, spec, logger: ledger.logger },
      { id: '1', attempt: '1', dispatchedAt: new Date(), tenant: 'one', system: 'keycrm', account: null, subject: 'orders-updated', tries: 1, command: { kind: 'list-orders', page: 1, filter: everything() } },
      { orders: [soldOf(7, 'B'), soldOf(8, 'A')], unreadable: [], page: 1, lastPage: 1 },
    );
  });
  await write;
  expect(await ledger.rows(`select sku, known from positions order by sku`)).toEqual([{ sku: 'A', known: null }, { sku: 'B', known: null }]);
}, 20_000);

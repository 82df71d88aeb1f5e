import { type Db, row } from '@kds/persistence';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { lockDirtyOrder } from '../orders/orders.repository.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { cancelledStatus } from '../spec-support/test-order.js';
import { syncOrder } from './sync-order.use-case.js';

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

/** Waits for work that another transaction of this test may keep waiting: until it is done, or stands at a lock. */
async function doneOrLocked(work: Promise<unknown>): Promise<void> {
  const atLock = () => row(ledger.database.manager, `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  await Promise.race([work, until(atLock, { describe: 'the other transaction to end or to wait' })]);
}

/** Looks at the one dirty order; `meanwhile` happens once, just before the statement that `moment` recognises. */
function lookWhile(moment: (sql: string) => boolean, meanwhile: () => Promise<void>): Promise<void> {
  return ledger.database.transaction(async (db) => {
    const order = await lockDirtyOrder(db);
    const spec = ledger.findTenant('one');
    if (order === undefined || spec === undefined) throw new Error('nothing to look at');
    let pending = true;
    const interrupted = {
      query: async (sql: string, parameters?: unknown[]) => {
        if (pending && moment(sql)) {
          pending = false;
          await meanwhile();
        }
        return db.query(sql, parameters);
      },
    } as Db;
    await syncOrder(interrupted, { order, spec });
  });
}

const active = () => ledger.rows<{ kind: string; state: string }>(`select kind, state from commands where subject = 'order:7' and state in ('pending', 'dispatched')`);

test('A9: a command that leaves while its order is looked at is not joined by a second one', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.syncOrders();
  await ledger.changeOrder('one', 7, { quantity: '2' });
  const others: Promise<unknown>[] = [];
  await lookWhile(
    (sql) => sql.includes('from goods'),
    async () => {
      const dispatching = ledger.dispatch();
      others.push(dispatching);
      await doneOrLocked(dispatching);
    },
  );
  await Promise.all(others);
  expect(await active()).toHaveLength(1);
});

test('A9: a command that leaves just as its order withdraws it has not been withdrawn, or does not leave', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.syncOrders();
  await ledger.changeOrder('one', 7, { statusId: cancelledStatus });
  const others: Promise<unknown>[] = [];
  const published = await ledger.dispatch({
    prepare: async (_db, _tenant, command) => {
      const looking = ledger.syncOrders();
      others.push(looking);
      await doneOrLocked(looking);
      return command;
    },
  });
  await Promise.all(others);
  expect(await ledger.row(`select decision from orders`)).toEqual({ decision: published.length === 1 ? 'dispatch' : 'nothing' });
});

test('A9: an order edited between being picked and leaving has one creation on its way, and none behind it', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.syncOrders();
  await ledger.changeOrder('one', 7, { quantity: '2' });
  const others: Promise<unknown>[] = [];
  await ledger.dispatch({
    prepare: async (_db, _tenant, command) => {
      const looking = ledger.syncOrders();
      others.push(looking);
      await doneOrLocked(looking);
      return command;
    },
  });
  await Promise.all(others);
  expect(await active()).toHaveLength(1);
});

test('A7: an outcome that comes while its order is looked at waits for that and counts; neither gives way to the other', async () => {
  await ledger.saveOrder('one', 7);
  await ledger.syncOrders();
  const [message] = await ledger.dispatch();
  if (message === undefined) throw new Error('nothing was dispatched');
  await ledger.changeOrder('one', 7, { quantity: '2' });
  const others: Promise<unknown>[] = [];
  await lookWhile(
    (sql) => sql.includes('from commands'),
    async () => {
      const settling = ledger.settle(message, { outcome: 'failed', failure: { code: 'timeout', message: 'm' } });
      others.push(settling);
      await doneOrLocked(settling);
    },
  );
  expect(await Promise.all(others)).toEqual([true]);
  expect(await ledger.row(`select dirty_since is not null as dirty from orders`)).toEqual({ dirty: true });
});

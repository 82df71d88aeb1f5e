import { cleanText } from '@kds/kernel';
import { ledgerOn } from '@kds/persistence';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { listHeld } from '../settle-held/held-item.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { testSpec } from '../spec-support/test-order.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveTenant('one', { orders: { ...testSpec.orders, writeBack: { problemField: 'OR_2' } } });
  await ledger.saveOrder('one', 7);
  await ledger.saveOrder('one', 8);
});
afterEach(async () => {
  await ledger.execute(`alter table commands drop constraint if exists planted`);
  await ledger.execute(`drop function if exists planted() cascade`);
  await ledger.execute(`drop sequence if exists planted_times`);
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

/** Has every request of Dilovod for order 7 refused by the database. */
const plantBadOrder = () =>
  ledger.execute(`alter table commands add constraint planted check (system <> 'dilovod' or subject <> 'order:7')`);
/** Has a statement run whenever something is to be changed of order 7. */
async function plantTrigger(statement: string, when = ''): Promise<void> {
  await ledger.execute(`create sequence planted_times`);
  await ledger.execute(
    `create function planted() returns trigger language plpgsql as $$ begin ${statement} return new; end $$`,
  );
  await ledger.execute(
    `create trigger planted before update on orders for each row when (new.order_id = 7 ${when}) execute function planted()`,
  );
}

const decisions = () => ledger.rows(`select order_id, decision, reason from orders order by order_id`);
const held = { order_id: '7', decision: 'park', reason: 'look-failed' };
const madeBesides = { order_id: '8', decision: 'dispatch', reason: 'order-missing' };
const restsFor = async () =>
  (
    await ledger.row<{ s: number }>(
      `select round(extract(epoch from dirty_since - clock_timestamp()))::int as s from orders where order_id = 7`,
    )
  ).s;
const lookNow = () => ledger.execute(`update orders set dirty_since = clock_timestamp() where order_id = 7`);

test('F7: an order whose look fails is held with the cause where a person sees it, and the others go on', async () => {
  await plantBadOrder();
  await ledger.syncOrders();
  expect(await decisions()).toEqual([held, madeBesides]);
  const [item] = await listHeld(ledgerOn(ledger.database.manager), 'one');
  expect(item).toMatchObject({
    what: '7',
    reason: 'look-failed',
    message: expect.stringMatching(/could not be looked at.*violates check constraint "planted"/),
    goesByItself: expect.stringContaining('half a minute'),
  });
  expect(
    await ledger.rows(
      `select payload -> 'fields' -> 0 ->> 'value' as value from commands where kind = 'write-order-fields'`,
    ),
  ).toEqual([{ value: item?.message.slice(0, 255) }]);
});

test('F7: it is looked at again by itself, more and more rarely, and its story gets one line', async () => {
  await plantBadOrder();
  const pauses: number[] = [];
  for (let turn = 0; turn < 9; turn += 1) {
    await lookNow();
    await ledger.syncOrders();
    pauses.push(await restsFor());
  }
  expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600].map((s) => expect.closeTo(s, -1)));
  expect(await ledger.rows(`select entry, reason from order_journal where order_id = 7`)).toEqual([
    { entry: 'decided: park', reason: 'look-failed' },
  ]);
});

test('F7: what happens to it brings it back at once, and a look that succeeds ends the hold and its pauses', async () => {
  await plantBadOrder();
  await ledger.syncOrders();
  await ledger.execute(`alter table commands drop constraint planted`);
  await ledger.changeOrder('one', 7, { quantity: '2' });
  await ledger.syncOrders();
  expect(await decisions()).toEqual([{ ...madeBesides, order_id: '7' }, madeBesides]);
  expect(await ledger.row(`select looks_failed from orders where order_id = 7`)).toEqual({ looks_failed: 0 });
});

test('F7: a request that an earlier look asked for does not leave while the order is held', async () => {
  await ledger.syncOrders();
  await ledger.execute(
    `update orders set observation = observation #- '{order,lines}', dirty_since = clock_timestamp() where order_id = 7`,
  );
  await ledger.syncOrders();
  expect(await decisions()).toEqual([held, madeBesides]);
  const left = (await ledger.dispatch()).map(
    ({ command }) => `${command.kind} ${'orderId' in command ? command.orderId : ''}`,
  );
  expect(left.sort()).toEqual(['save-sale-order 8', 'write-order-fields 7']);
});

test('F7: what kept the order from being looked at may keep the reason out of KeyCRM, but not from the list of what is held', async () => {
  await ledger.execute(`alter table commands add constraint planted check (subject <> 'order:7')`);
  await ledger.syncOrders();
  expect(await decisions()).toEqual([held, madeBesides]);
});

test('F7: one that cannot even be held is passed over for a while, and holds up nobody', async () => {
  await plantTrigger(`raise exception 'no';`);
  await ledger.syncOrders();
  expect(await decisions()).toEqual([{ order_id: '7', decision: null, reason: null }, madeBesides]);
});

test.each([
  ['a deadlock', `if nextval('planted_times') = 1 then raise exception 'no' using errcode = '40P01'; end if;`],
  [
    'a lost connection',
    `if nextval('planted_times') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(0.1); end if;`,
  ],
])('F7: %s holds no order', async (_what, statement) => {
  await plantTrigger(statement);
  const lookUntilDecided = async () => {
    await ledger.syncOrders();
    return (await ledger.rows(`select 1 from orders where decision is null`)).length === 0;
  };
  await until(lookUntilDecided, { describe: 'both orders to be looked at' });
  expect(await decisions()).toEqual([{ ...madeBesides, order_id: '7' }, madeBesides]);
  expect(await ledger.rows(`select entry from order_journal where order_id = 7`)).toEqual([
    { entry: 'decided: dispatch' },
  ]);
});

test.each([
  [`raise exception 'Олена +380671234567 olena@example.com';`, 'Олена … …@…'],
  [`perform 'Олена'::numeric;`, 'invalid input syntax for type numeric: "…"'],
])('F7: the cause tells of no person: %s', async (statement, told) => {
  await plantTrigger(statement, `and new.decision = 'dispatch'`);
  await ledger.syncOrders();
  const { message } = await ledger.row<{ message: string }>(`select message from orders where order_id = 7`);
  expect(message).toContain(`: ${told}. It is tried again`);
  expect(cleanText(message)).toBe(message);
});

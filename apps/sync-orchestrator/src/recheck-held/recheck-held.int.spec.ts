import type { CommandMessage } from '@kds/contracts';
import { ledgerOn } from '@kds/persistence';
import { startTestServers, type TestServers } from '@kds/testing';
import { listTenantFacts } from '../report-status/list-tenant-facts.js';
import { listHeld, loadHeld } from '../settle-held/held-item.js';
import { releaseHeld } from '../settle-held/settle-held.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { recheckHeldOrders, tidyLedger } from './recheck-held.job.js';

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
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const closedPeriod = { code: 'closed-period', message: 'The period is closed: open it, or leave the order' };

/** Everything that the ledger holds happened so much earlier than it did. */
async function passMinutes(minutes: number): Promise<void> {
  const moments = { orders: ['decided_at', 'held_at', 'held_since'], order_journal: ['at', 'last_at'], commands: ['created_at', 'settled_at', 'first_settled_at'], attempts: ['dispatched_at', 'settled_at', 'lease_until'] };
  for (const [table, columns] of Object.entries(moments)) await ledger.execute(`update ${table} set ${columns.map((column) => `${column} = ${column} - $1 * interval '1 minute'`).join(', ')}`, [minutes]);
}

async function refuse(failure: typeof closedPeriod): Promise<CommandMessage> {
  await ledger.syncOrders();
  const [message] = await ledger.dispatch();
  if (message === undefined) throw new Error('nothing was dispatched');
  await ledger.settle(message, { outcome: 'rejected', failure });
  await ledger.syncOrders();
  return message;
}

/** Five minutes later the order is tried again, and refused. */
async function refuseAgain(failure = closedPeriod): Promise<void> {
  await passMinutes(5);
  await recheckHeldOrders(ledger.database, { active: () => ['one'], find: ledger.findTenant });
  await refuse(failure);
}

const held = () => listHeld(ledgerOn(ledger.database.manager), 'one');
const heldMinutes = async () => Math.round((Date.now() - ((await held())[0]?.since.getTime() ?? 0)) / 60_000);
const counts = () => ledger.row(`select (select count(*)::int from commands) as commands, (select count(*)::int from attempts) as attempts, (select count(*)::int from order_journal) as lines`);

test('E6 E7: an order that is refused with the same words all day is kept once, with how often, since when and when last', async () => {
  await refuse(closedPeriod);
  const once = await counts();
  for (let time = 2; time <= 12; time += 1) await refuseAgain();
  expect(await counts()).toEqual(once);
  expect(await heldMinutes()).toBe(55);
  const [command] = await ledger.rows<{ times: number; minutes: number }>(`select times, round(extract(epoch from settled_at - first_settled_at) / 60)::int as minutes from commands`);
  expect(command).toEqual({ times: 12, minutes: 55 });
  const lines = await ledger.rows<{ entry: string; times: number; minutes: number }>(`select entry, times, round(extract(epoch from last_at - at) / 60)::int as minutes from order_journal order by id`);
  expect(lines).toEqual(['decided: dispatch', 'save-sale-order', 'decided: park'].map((entry) => ({ entry, times: 12, minutes: 55 })));
});

test('E6: other words, an edit or a release are news', async () => {
  await refuse(closedPeriod);
  await refuseAgain({ code: 'closed-period', message: 'The period is closed until Monday' });
  expect(await ledger.row(`select count(*)::int as commands from commands where state = 'rejected'`)).toEqual({ commands: 2 });
  expect(await ledger.rows(`select entry, times from order_journal order by id`)).toEqual([
    { entry: 'decided: dispatch', times: 2 }, { entry: 'save-sale-order', times: 1 }, { entry: 'decided: park', times: 1 }, { entry: 'save-sale-order', times: 1 }, { entry: 'decided: park', times: 1 },
  ]);
  expect(await heldMinutes()).toBe(5);
  await releaseHeld(ledgerOn(ledger.database.manager), { tenant: 'one', subject: { kind: 'order', orderId: '7' }, operator: 'ops' });
  await passMinutes(5);
  await refuse(closedPeriod);
  expect(await ledger.rows(`select entry, times from order_journal order by id offset 5`)).toEqual([
    { entry: 'released', times: 1 }, { entry: 'decided: dispatch', times: 1 }, { entry: 'save-sale-order', times: 1 }, { entry: 'decided: park', times: 1 },
  ]);
  expect(await heldMinutes()).toBe(0);
});

test('E7: what is held for another reason is held since then; what went through is held no more', async () => {
  await refuse(closedPeriod);
  await refuseAgain({ code: 'no-right', message: 'The key may not write orders' });
  expect(await heldMinutes()).toBe(0);
  await passMinutes(5);
  await recheckHeldOrders(ledger.database, { active: () => ['one'], find: ledger.findTenant });
  await ledger.syncOrders();
  const [message] = await ledger.dispatch();
  if (message === undefined) throw new Error('nothing was dispatched');
  await ledger.settle(message, { outcome: 'done', result: { kind: 'saved', documentId: '1109100000001001', number: '1', rows: [], reserved: null } });
  expect(await held()).toEqual([]);
});

test('E3 E7: an order that is being tried again stays in the list, with its words; nobody is told that it goes and comes', async () => {
  await refuse(closedPeriod);
  const before = await held();
  const shown = (await listTenantFacts(ledgerOn(ledger.database.manager)))[0]?.heldOrders;
  await passMinutes(5);
  await recheckHeldOrders(ledger.database, { active: () => ['one'], find: ledger.findTenant });
  await ledger.syncOrders();
  expect(await ledger.row(`select decision from orders`)).toEqual({ decision: 'dispatch' });
  expect((await held()).map(({ what, reason, message }) => [what, reason, message])).toEqual(before.map(({ what, reason, message }) => [what, reason, message]));
  expect(await loadHeld(ledgerOn(ledger.database.manager), 'one', { kind: 'order', orderId: '7' })).toMatchObject({ reason: before[0]?.reason });
  expect((await listTenantFacts(ledgerOn(ledger.database.manager)))[0]?.heldOrders.map(({ reason, count }) => [reason, count])).toEqual(shown?.map(({ reason, count }) => [reason, count]));
});

test('E9: what ended a week ago is tidied away however it ended; what waits or was asked since stays', async () => {
  await refuse(closedPeriod);
  await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'balances', command: { kind: 'read-balances', storages: [] }, priority: 10 });
  const [reading] = await ledger.dispatch();
  if (reading === undefined) throw new Error('nothing was dispatched');
  await ledger.settle(reading, { outcome: 'failed', failure: { code: 'timeout', message: 'm' } });
  await ledger.execute(`insert into commands (tenant, system, kind, subject, priority, payload, state, settled_at) values ('one', 'dilovod', 'save-sale', 'order:8', 0, '{}', 'unknown', now())`);
  await passMinutes(8 * 24 * 60);
  await ledger.execute(`update commands set created_at = now() where state = 'pending'`);
  await ledger.execute(`insert into commands (tenant, system, kind, subject, priority, payload, state, settled_at) values ('one', 'dilovod', 'save-sale', 'order:9', 0, '{}', 'rejected', now() - interval '6 days')`);
  while (await tidyLedger(ledger.database));
  expect(await ledger.rows(`select subject, state from commands order by subject`)).toEqual([{ subject: 'balances', state: 'pending' }, { subject: 'order:9', state: 'rejected' }]);
  expect(await ledger.rows(`select 1 from attempts`)).toEqual([]);
});

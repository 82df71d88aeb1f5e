import type { CommandMessage } from '@kds/contracts';
import { startTestServers, type TestServers } from '@kds/testing';
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
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

/** Orders of the test buyer, of whom nothing is known yet. */
async function saveOrders(tenant: string, ...ids: readonly number[]): Promise<void> {
  for (const id of ids) await ledger.saveOrder(tenant, id);
  await ledger.execute(`delete from persons where tenant = $1`, [tenant]);
}

/** Everything that goes out now, the orders having been looked at by several replicas at once. */
async function sent(): Promise<readonly CommandMessage[]> {
  await Promise.all([ledger.syncOrders(), ledger.syncOrders(), ledger.syncOrders()]);
  return ledger.dispatch();
}

async function next(): Promise<CommandMessage> {
  const [message, ...others] = await sent();
  if (message === undefined || others.length > 0) throw new Error(`expected one command, got ${message === undefined ? 0 : 1 + others.length}`);
  return message;
}

const tell = (message: CommandMessage, found: readonly { readonly id: string; readonly name: string }[]) => ledger.settle(message, { outcome: 'done', result: { found } });
const made = async (kind: string, tenant = 'one') => Number((await ledger.row<{ count: string }>(`select count(*) from attempts a join commands c on c.id = a.command_id where c.kind = $1 and c.tenant = $2`, [kind, tenant])).count);
const personOf = (message: CommandMessage) => (message.command as { readonly draft: { readonly person: string } }).draft.person;

test('A12: orders of one buyer that come at the same moment ask for the buyer once, and create one person', async () => {
  await saveOrders('one', 7, 8, 9);
  const look = await next();
  expect(look.command).toMatchObject({ kind: 'find-person', key: 'phone:+380671234567', phone: '+380671234567', name: 'Олена Зразкова' });
  expect(await sent()).toEqual([]);
  await tell(look, []);
  const creation = await next();
  expect(creation.command).toMatchObject({ kind: 'create-person', phone: '+380671234567', name: 'Олена Зразкова' });
  expect(await sent()).toEqual([]);
  await ledger.settle(creation, { outcome: 'done', result: { id: '1100100000001777' } });
  for (let count = 0; count < 3; count += 1) {
    const order = await next();
    expect(order.command.kind).toBe('save-sale-order');
    expect(personOf(order)).toBe('1100100000001777');
    await ledger.settle(order, { outcome: 'done', result: { kind: 'saved', documentId: `110910000000000${count}` } });
  }
  expect([await made('find-person'), await made('create-person')]).toEqual([1, 1]);
});

test('A12 A9: after a lost answer to a creation Dilovod is asked before anybody is created again, and nobody is created twice', async () => {
  await saveOrders('one', 7, 8);
  await tell(await next(), []);
  await next();
  await ledger.expireLeases();
  const look = await next();
  expect(look.command.kind).toBe('find-person');
  await ledger.settle(look, { outcome: 'failed', failure: { code: 'concurrent', message: 'multithreadApiSession' } });
  await ledger.execute(`update accounts set open_until = clock_timestamp()`);
  await ledger.execute(`update commands set not_before = clock_timestamp() where state = 'pending'`);
  const again = await next();
  expect(again.command.kind).toBe('find-person');
  await tell(again, [{ id: '1100100000001777', name: 'Олена Зразкова' }]);
  expect(personOf(await next())).toBe('1100100000001777');
  expect(await made('create-person')).toBe(1);
});

test('A12: nobody is created again before a look has found nobody', async () => {
  await saveOrders('one', 7);
  await tell(await next(), []);
  await ledger.settle(await next(), { outcome: 'unknown', failure: { code: 'connection-lost', message: 'cut' } });
  await ledger.execute(`update accounts set open_until = clock_timestamp()`);
  expect((await next()).command.kind).toBe('find-person');
  expect(await made('create-person')).toBe(1);
});

test('A12: which of several persons was taken, and who else has the phone, is kept', async () => {
  await saveOrders('one', 7);
  await tell(await next(), [{ id: '1100100000001002', name: 'Зразкова Олена' }, { id: '1100100000001001', name: 'Петро Зразковий' }]);
  expect(personOf(await next())).toBe('1100100000001002');
  expect(await ledger.row(`select person_id, choice from persons`)).toEqual({ person_id: '1100100000001002', choice: { by: 'same-name', others: ['1100100000001001'] } });
});

test('A12 F6: two shops with the same buyer have a person each', async () => {
  await ledger.saveTenant('two');
  await saveOrders('one', 7);
  await saveOrders('two', 7);
  const looks = await sent();
  expect(looks.map(({ tenant, command }) => [tenant, command.kind]).sort()).toEqual([['one', 'find-person'], ['two', 'find-person']]);
  for (const look of looks) await tell(look, [{ id: look.tenant === 'one' ? '1100100000001001' : '1100100000002002', name: 'Олена Зразкова' }]);
  expect(new Map((await sent()).map((message) => [message.tenant, personOf(message)]))).toEqual(new Map([['one', '1100100000001001'], ['two', '1100100000002002']]));
});

test('A12: a buyer whose phone changes before the goods have left is looked for anew, and the order document follows', async () => {
  await saveOrders('one', 7);
  await tell(await next(), [{ id: '1100100000001001', name: 'Олена Зразкова' }]);
  await ledger.settle(await next(), { outcome: 'done', result: { kind: 'saved', documentId: '1109100000000001' } });
  await ledger.syncOrders();
  await ledger.execute(`update orders set observation = jsonb_set(observation, '{order,buyer,phone}', '"050 111 22 33"'), dirty_since = clock_timestamp()`);
  const look = await next();
  expect(look.command).toMatchObject({ kind: 'find-person', phone: '+380501112233' });
  await tell(look, [{ id: '1100100000001005', name: 'Олена Зразкова' }]);
  const change = await next();
  expect(change.command).toMatchObject({ kind: 'save-sale-order', documentId: '1109100000000001', draft: { person: '1100100000001005' } });
});

test('A12 E7: a buyer whom Dilovod will not show holds every order of theirs with the reason', async () => {
  await saveOrders('one', 7, 8);
  await ledger.settle(await next(), { outcome: 'rejected', failure: { code: 'person-unreadable', message: 'open the catalogue of persons to the role' } });
  expect(await sent()).toEqual([]);
  expect(await ledger.rows(`select decision, reason, message from orders order by order_id`)).toEqual(Array(2).fill({ decision: 'park', reason: 'person-unreadable', message: 'open the catalogue of persons to the role' }));
});

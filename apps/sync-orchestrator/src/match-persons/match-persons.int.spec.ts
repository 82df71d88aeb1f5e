import type { CommandMessage } from '@kds/contracts';
import type { PersonChoice } from '@kds/sync-domain';
import { startTestServers, type TestServers } from '@kds/testing';
import { followPersonHint } from './person-effects.js';
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

const choice = (id: string, change: Partial<PersonChoice> = {}): PersonChoice => ({ id, name: 'Олена Зразкова', by: 'only-one', others: [], ...change });
const tell = (message: CommandMessage, person: PersonChoice) => ledger.settle(message, { outcome: 'done', result: { person } });
const made = async (kind: string, tenant = 'one') => Number((await ledger.row<{ count: string }>(`select count(*) from attempts a join commands c on c.id = a.command_id where c.kind = $1 and c.tenant = $2`, [kind, tenant])).count);
const personOf = (message: CommandMessage) => (message.command as { readonly draft: { readonly person: string } }).draft.person;

test('A12: orders of one buyer that come at the same moment ask for the buyer once, and create one person', async () => {
  await saveOrders('one', 7, 8, 9);
  const creation = await next();
  expect(creation.command).toMatchObject({ kind: 'create-person', key: 'phone:+380671234567', phones: ['+380671234567'], name: 'Олена Зразкова' });
  expect(await sent()).toEqual([]);
  await tell(creation, choice('1100100000001777', { by: 'created' }));
  for (let count = 0; count < 3; count += 1) {
    const order = await next();
    expect(order.command.kind).toBe('save-sale-order');
    expect(personOf(order)).toBe('1100100000001777');
    await ledger.settle(order, { outcome: 'done', result: { kind: 'saved', documentId: `110910000000000${count}` } });
  }
  expect([await made('find-person'), await made('create-person')]).toEqual([0, 1]);
});

test('A12 A9: after a lost answer to a creation the same command is sent again, which looks before it creates', async () => {
  await saveOrders('one', 7, 8);
  await next();
  await ledger.expireLeases();
  const look = await next();
  expect(look.command.kind).toBe('create-person');
  await ledger.settle(look, { outcome: 'failed', failure: { code: 'concurrent', message: 'multithreadApiSession' } });
  await ledger.execute(`update accounts set open_until = clock_timestamp()`);
  await ledger.execute(`update commands set not_before = clock_timestamp() where state = 'pending'`);
  const again = await next();
  expect(again.command.kind).toBe('create-person');
  await tell(again, choice('1100100000001777'));
  expect(personOf(await next())).toBe('1100100000001777');
});

test('A12 D4 A21: in shadow it is only looked, and whoever was booked since is looked for again once the client is live', async () => {
  await ledger.saveTenant('one', { mode: 'shadow' });
  await saveOrders('one', 7);
  const look = await next();
  expect(look.command.kind).toBe('find-person');
  await ledger.settle(look, { outcome: 'done', result: { person: null } });
  expect(await sent()).toEqual([]);
  expect(await ledger.row(`select reason from orders`)).toEqual({ reason: 'shadow: would create-person (buyer-not-known)' });
  await ledger.saveTenant('one', { mode: 'live' });
  const creation = await next();
  expect(creation.command.kind).toBe('create-person');
  await tell(creation, choice('1100100000001888'));
  expect(personOf(await next())).toBe('1100100000001888');
});

test('A21: a person of whom Dilovod tells that they changed is looked for again, but not for our own change', async () => {
  await saveOrders('one', 7);
  await tell(await next(), choice('1100100000001777', { by: 'created' }));
  await followPersonHint(ledger.database.manager, 'one', '1100100000001777');
  expect(await ledger.row(`select state from persons`)).toEqual({ state: 'known' });
  await ledger.execute(`update persons set changed_at = now() - interval '2 minutes'`);
  await followPersonHint(ledger.database.manager, 'one', '1100100000001777');
  expect(await ledger.row(`select state, person_id from persons`)).toEqual({ state: 'unknown', person_id: null });
});

test('A21: a person who was gone when the order was to be made is looked for again', async () => {
  await saveOrders('one', 7);
  await tell(await next(), choice('1100100000001777'));
  await ledger.settle(await next(), { outcome: 'done', result: { kind: 'stale', scope: 'person' } });
  const again = await next();
  expect(again.command.kind).toBe('create-person');
  await tell(again, choice('1100100000001778'));
  expect(personOf(await next())).toBe('1100100000001778');
});

test('A12: which of several persons was taken, and who else has the phone, is kept', async () => {
  await saveOrders('one', 7);
  await tell(await next(), choice('1100100000001002', { by: 'same-name', others: ['1100100000001001'] }));
  expect(personOf(await next())).toBe('1100100000001002');
  expect(await ledger.row(`select person_id, choice from persons`)).toEqual({ person_id: '1100100000001002', choice: { by: 'same-name', others: ['1100100000001001'] } });
  expect(await ledger.row(`select detail from order_journal where entry = 'decided: dispatch'`)).toEqual({ detail: { person: { id: '1100100000001002', by: 'same-name', others: ['1100100000001001'] } } });
});

test('A12: where the number is somebody else’s in Dilovod, the buyer stands on the order', async () => {
  await saveOrders('one', 7);
  await tell(await next(), choice('1100100000001002', { name: 'Петро Інший' }));
  expect((await next()).command).toMatchObject({ draft: { person: '1100100000001002', details: 'Олена Зразкова, +380671234567' } });
});

test('A12 F6: two shops with the same buyer have a person each', async () => {
  await ledger.saveTenant('two');
  await saveOrders('one', 7);
  await saveOrders('two', 7);
  const looks = await sent();
  expect(looks.map(({ tenant, command }) => [tenant, command.kind]).sort()).toEqual([['one', 'create-person'], ['two', 'create-person']]);
  for (const look of looks) await tell(look, choice(look.tenant === 'one' ? '1100100000001001' : '1100100000002002'));
  expect(new Map((await sent()).map((message) => [message.tenant, personOf(message)]))).toEqual(new Map([['one', '1100100000001001'], ['two', '1100100000002002']]));
});

test('A12: a buyer whose phone changes before the goods have left is looked for anew, and the order document follows', async () => {
  await saveOrders('one', 7);
  await tell(await next(), choice('1100100000001001'));
  await ledger.settle(await next(), { outcome: 'done', result: { kind: 'saved', documentId: '1109100000000001' } });
  await ledger.syncOrders();
  await ledger.execute(`update orders set observation = jsonb_set(observation, '{order,buyer,phone}', '"050 111 22 33"'), dirty_since = clock_timestamp()`);
  const look = await next();
  expect(look.command).toMatchObject({ kind: 'create-person', phone: '+380501112233' });
  await tell(look, choice('1100100000001005'));
  const change = await next();
  expect(change.command).toMatchObject({ kind: 'save-sale-order', documentId: '1109100000000001', draft: { person: '1100100000001005' } });
});

test('A12 E7: a buyer whom Dilovod will not show holds every order of theirs with the reason', async () => {
  await saveOrders('one', 7, 8);
  await ledger.settle(await next(), { outcome: 'rejected', failure: { code: 'person-unreadable', message: 'open the catalogue of persons to the role' } });
  expect(await sent()).toEqual([]);
  expect(await ledger.rows(`select decision, reason, message from orders order by order_id`)).toEqual(Array(2).fill({ decision: 'park', reason: 'person-unreadable', message: 'open the catalogue of persons to the role' }));
});

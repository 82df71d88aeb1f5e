import { type Db, execute, openDatabase, row, rows } from '@kds/persistence';
import { freshDatabase, startTestServers, type TestServers } from '@kds/testing';
import { FollowingMembers1765000000000 } from './1765000000000-following-members.js';
import { migrations } from './index.js';

let servers: TestServers;
beforeAll(async () => (servers = await startTestServers()));
afterAll(() => servers?.stop());

const contacts = { details: null, remarkFromPerson: 'Отримувач: Ірина' };
const saleOrder = { id: 'D1', number: '1', state: null, person: 'P', rows: [], contacts, reserved: null };
const held = { saleOrder, shipments: [], marked: null, doubt: null, repeated: null };
const shipment = { id: 'S1', storage: 'W', person: 'P', saleOrder: 'D1', rows: [], saleReturn: null };
const observed = { kind: 'present', order: { id: 7, lines: [{ sku: 'A', quantity: '1' }] } };
const draft = { person: 'P', rows: [], details: null, remarkFromPerson: null };

/** What an installation of before holds. */
async function keepAsBefore(db: Db): Promise<void> {
  const keepOrder = `insert into orders (tenant, order_id, observation, essence, observed_attempt, binding, waits_for_person) values ('one', $1, $2, 'e', 1, $3, $4)`;
  await execute(db, keepOrder, [7, JSON.stringify(observed), JSON.stringify(held), null]);
  await execute(db, keepOrder, [8, JSON.stringify(observed), JSON.stringify({ ...held, shipments: [shipment] }), null]);
  await execute(db, keepOrder, [9, JSON.stringify({ kind: 'missing', orderId: 9 }), JSON.stringify({ ...held, saleOrder: null }), 'phone:1']);
  await execute(db, `insert into persons (tenant, key, state, person_id) values ('one', 'phone:1', 'known', 'P')`);
  const keepCommand = `insert into commands (tenant, system, kind, subject, priority, payload, state) values ('one', 'dilovod', $1, $2, 0, $3, $4)`;
  const update = JSON.stringify({ kind: 'save-sale-order', orderId: 7, documentId: 'D1', reserve: false, draft });
  await execute(db, keepCommand, ['save-sale-order', 'order:7', update, 'dispatched']);
  await execute(db, keepCommand, ['save-sale-order', 'order:8', update, 'pending']);
  await execute(db, keepCommand, ['create-person', 'person:phone:1', '{"kind":"create-person","key":"phone:1"}', 'pending']);
}

test('F9 A21: what an older version kept is read again, and what it asked for is decided anew', async () => {
  const url = await freshDatabase(servers);
  const before = await openDatabase({ url, migrations: migrations.filter((each) => each !== FollowingMembers1765000000000), applicationName: 'test' });
  await keepAsBefore(before.manager);
  await before.destroy();
  const database = await openDatabase({ url, migrations, applicationName: 'test' });
  const db = database.manager;
  const [open, shipped, missing] = await rows<{ binding: Record<string, unknown>; observation: object; looks: boolean; waits: string | null }>(
    db,
    `select binding, observation, dirty_since is not null as looks, waits_for_person as waits from orders order by order_id`,
  );
  const written = { person: 'P', state: null, stood: null, members: contacts };
  expect(open).toMatchObject({ looks: true, binding: { doubt: 'saleOrder', attempted: null, booked: [], saleOrder: { members: null, currency: null, written } } });
  expect(open?.observation).toMatchObject({ order: { sourceId: null, lines: [{ id: null, sku: 'A' }] } });
  expect(shipped).toMatchObject({ looks: true, binding: { doubt: null, shipments: [{ id: 'S1', currency: null }] } });
  expect(missing).toMatchObject({ looks: true, waits: null, binding: { saleOrder: null } });
  expect(await row(db, `select state, person_id from persons`)).toEqual({ state: 'unknown', person_id: null });
  const commands = await rows<{ state: string; payload: Record<string, unknown> }>(db, `select state, payload from commands order by id`);
  expect(commands.map(({ state }) => state)).toEqual(['dispatched', 'superseded', 'superseded']);
  expect(commands[0]?.payload).toMatchObject({ wanted: { person: 'P', remarkFromPerson: null }, expected: null, draft: { booked: [] } });
  await database.destroy();
});

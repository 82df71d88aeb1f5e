import { type ListedDocument, listedDocumentMembers, toColumns } from '@kds/contracts';
import { decimal } from '@kds/kernel';
import { ledgerOn } from '@kds/persistence';
import { nothingHeld, type OrderBinding } from '@kds/sync-domain';
import { startTestServers, type TestServers } from '@kds/testing';
import { recordObservation } from '../observe-orders/record-observation.js';
import { runNextSchedule } from '../run-schedules/run-schedules.job.js';
import { releaseHeld } from '../settle-held/settle-held.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { testOrder, testSpec } from '../spec-support/test-order.js';
import { followDocumentHint } from './document-hint.use-case.js';

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

const buyer = '1100100000001001';
const listed = (id: string, change: Partial<ListedDocument> = {}): ListedDocument => ({ id, type: 'saleOrder', orderId: null, number: id, person: null, amount: null, madeOn: '2026-11-05', mentions: [], ...change });
const listOf = (...documents: readonly ListedDocument[]) => ({ outcome: 'done' as const, result: { columns: toColumns<ListedDocument>(documents, listedDocumentMembers), whole: true } });

/** The question about documents, asked now and alone. */
async function question() {
  await ledger.execute(`update schedules set due_at = case when tenant = 'one' and flow = 'documents' then clock_timestamp() else clock_timestamp() + interval '1 day' end`);
  while (await runNextSchedule({ database: ledger.database, findTenant: ledger.findTenant }));
  const message = (await ledger.dispatch()).find(({ command }) => command.kind === 'list-documents');
  if (message === undefined) throw new Error('nothing was asked');
  return message;
}

async function list(...documents: readonly ListedDocument[]): Promise<void> {
  await ledger.settle(await question(), listOf(...documents));
}

async function observe(orderId: number): Promise<void> {
  const spec = ledger.findTenant('one');
  if (spec === undefined) throw new Error('no tenant');
  await recordObservation(ledger.database.manager, { tenant: 'one', spec, observation: { kind: 'present', order: testOrder(orderId) }, attempt: '1', dispatchedAt: new Date() });
}

/** An order that Dilovod is known to hold just so. */
const held: OrderBinding = {
  ...nothingHeld,
  saleOrder: { id: 'D1', number: '1', state: null, person: buyer, members: null, currency: null, written: null, reserved: null, rows: [{ good: '1100300000001001', unit: '1103600000000001', qty: decimal(1), price: decimal(100), priceAmount: decimal(100), discount: decimal(0), amountCur: decimal(100), storage: '1100700000001001' }] },
};

const decisions = () => ledger.rows<{ order_id: string; decision: string | null; doubt: string | null }>(`select order_id, decision, binding ->> 'doubt' as doubt from orders order by order_id`);
const decision = (orderId: number) => ledger.row(`select decision, reason from orders where order_id = $1`, [orderId]);
const waiting = () => ledger.rows(`select kind, subject from commands where system = 'dilovod' and state = 'pending' and kind not like 'read-%' order by kind, subject`);
const sinceOf = (since: string) => ({ orders: { ...testSpec.orders, since } });

describe('before the first list is there', () => {
  test('A9 F1: nothing is decided, and orders that have documents already are then looked for whole', async () => {
    await ledger.saveOrder('one', 7);
    await ledger.saveOrder('one', 8);
    await ledger.syncOrders();
    expect(await decisions()).toEqual([{ order_id: '7', decision: null, doubt: null }, { order_id: '8', decision: null, doubt: null }]);
    const message = await question();
    expect(message.command).toEqual({ kind: 'list-documents', from: '2025-12-31' });
    await ledger.settle(message, listOf(listed('D7', { orderId: 7 }), listed('D9', { type: 'sale', orderId: 9 })));
    await observe(9);
    await observe(10);
    await ledger.syncOrders();
    expect((await decisions()).map(({ order_id, doubt }) => [order_id, doubt])).toEqual([['7', 'all'], ['8', null], ['9', 'all'], ['10', null]]);
    expect(await ledger.rows(`select payload ->> 'type' as type from commands where kind = 'find-documents'`)).toEqual([{ type: 'all' }, { type: 'all' }]);
    expect(await ledger.rows(`select subject from commands where kind = 'save-sale-order'`)).toEqual([{ subject: 'order:8' }, { subject: 'order:10' }]);
  });

  test('A9: the question is asked again when Dilovod refuses it', async () => {
    await ledger.settle(await question(), { outcome: 'rejected', failure: { code: 'refused', message: 'no' } });
    expect(await ledger.row(`select due_at between now() and now() + interval '61 seconds' as soon, proved_at is null as unproved, refused ->> 'code' as code from schedules where flow = 'documents'`)).toEqual({ soon: true, unproved: true, code: 'refused' });
  });

  test('A9: an order made before all that were listed is not decided before those are, too', async () => {
    await list();
    await ledger.saveNewTenant('one', sinceOf('2025-06-01T00:00:00Z'));
    await ledger.saveOrder('one', 7);
    await ledger.syncOrders();
    expect(await decisions()).toEqual([{ order_id: '7', decision: null, doubt: null }]);
    expect((await question()).command).toEqual({ kind: 'list-documents', from: '2025-05-31' });
  });

  test('A later start, or any other change of the manifest, keeps nobody waiting', async () => {
    await list();
    await ledger.saveNewTenant('one', sinceOf('2026-06-01T00:00:00Z'));
    await ledger.saveOrder('one', 7);
    await ledger.syncOrders();
    expect(await decision(7)).toMatchObject({ decision: 'dispatch' });
  });
});

describe('a list shows', () => {
  beforeEach(() => list());

  test('A7 A9: that a person marked a document for deletion: what the order asks for is made anew, once that was looked at', async () => {
    await ledger.saveOrder('one', 7, { binding: held });
    await list(listed('D1', { orderId: 7 }));
    await ledger.syncOrders();
    expect([await decision(7), await waiting()]).toEqual([{ decision: 'nothing', reason: 'in-step' }, []]);
    await list();
    await ledger.syncOrders();
    expect(await waiting()).toEqual([{ kind: 'find-documents', subject: 'order:7' }]);
    const [look] = await ledger.dispatch();
    if (look === undefined) throw new Error('it is looked at');
    await ledger.settle(look, { outcome: 'done', result: { kind: 'found', documents: [] } });
    await ledger.syncOrders();
    expect([await decision(7), await waiting()]).toEqual([{ decision: 'dispatch', reason: 'order-was-marked' }, [{ kind: 'save-sale-order', subject: 'order:7' }]]);
    expect(await ledger.rows(`select entry, reason from order_journal where entry = 'documents-differ'`)).toEqual([{ entry: 'documents-differ', reason: 'gone' }]);
  });

  test('A9: nothing at all where all that was made is gone: it is told that the key is that of another base', async () => {
    const told = () => ledger.row(`select refused ->> 'code' as code from schedules where flow = 'documents'`);
    const mine = (id: number) => listed(`D${id}`, { orderId: id });
    for (let id = 11; id < 21; id += 1) await ledger.saveOrder('one', id, { binding: { ...held, saleOrder: held.saleOrder && { ...held.saleOrder, id: `D${id}` } } });
    await list(listed('X', { orderId: 99 }));
    expect([await told(), (await decisions()).filter(({ doubt }) => doubt !== null)]).toEqual([{ code: 'documents-all-gone' }, []]);
    await list(mine(11));
    expect([await told(), (await decisions()).filter(({ doubt }) => doubt !== null)]).toMatchObject([{ code: null }, { length: 9 }]);
  });

  test('A9: that a document bears the key of an order all of a sudden', async () => {
    await ledger.saveOrder('one', 7, { binding: held });
    await list(listed('D1', { orderId: 7 }), listed('D2', { type: 'sale', orderId: 7 }));
    expect(await decisions()).toMatchObject([{ doubt: 'all' }]);
  });

  test('nothing of a type that is closed, of an order from before it begins, and of one that was changed while it was read', async () => {
    await ledger.saveOrder('one', 7, { binding: held });
    await ledger.syncOrders();
    await ledger.settle(await question(), { outcome: 'done', result: { ...listOf().result, whole: false } });
    expect(await decisions()).toMatchObject([{ doubt: null }]);

    await ledger.execute(`update orders set observation = jsonb_set(observation, '{order,orderedAt}', '"2026-01-02T00:00:00.000Z"')`);
    await list();
    expect(await decisions()).toMatchObject([{ doubt: null }]);

    await ledger.execute(`update orders set observation = jsonb_set(observation, '{order,orderedAt}', '"2026-11-05T00:00:00.000Z"')`);
    const message = await question();
    await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'order:7', command: { kind: 'read-document', orderId: 7, documentId: 'D1' }, priority: 0 });
    await ledger.settle(message, listOf());
    expect(await decisions()).toMatchObject([{ doubt: null }]);
  });

  test('A9: what a predecessor made without a key: the order is held, and taken over or made as a person says', async () => {
    await ledger.saveOrder('one', 7);
    await list(listed('H', { person: buyer, amount: decimal(100) }), listed('S', { person: buyer, amount: decimal(99) }));
    await ledger.syncOrders();
    expect(await decision(7)).toEqual({ decision: 'park', reason: 'made-by-hand' });
    const release = () => ledger.database.transaction((db) => releaseHeld(ledgerOn(db), { tenant: 'one', subject: { kind: 'order', orderId: '7' }, operator: 'test' }));
    await release();
    await ledger.syncOrders();
    // The person may have given it the order's key just now.
    expect(await waiting()).toEqual([{ kind: 'find-documents', subject: 'order:7' }]);
    const [look] = await ledger.dispatch();
    if (look === undefined) throw new Error('it is looked at');
    await ledger.settle(look, { outcome: 'done', result: { kind: 'found', documents: [] } });
    await ledger.syncOrders();
    expect(await decision(7)).toEqual({ decision: 'list-documents', reason: 'perhaps-made-by-hand-meanwhile' });
    await ledger.settle(await question(), listOf(listed('H', { person: buyer, amount: decimal(100) })));
    await ledger.syncOrders();
    expect([await decision(7), await waiting()]).toEqual([{ decision: 'dispatch', reason: 'order-missing' }, [{ kind: 'save-sale-order', subject: 'order:7' }]]);
  });

  test('A9 A10: what somebody made by hand while the order was held', async () => {
    await ledger.saveOrder('one', 7);
    await ledger.execute(`delete from goods`);
    await ledger.execute(`insert into goods_asked (tenant, article, attempt) values ('one', 'BRYBPB', 1)`);
    await ledger.syncOrders();
    expect(await decision(7)).toEqual({ decision: 'park', reason: 'sku-unknown' });
    await ledger.execute(`insert into goods (tenant, good, article, name, unit, read_attempt) values ('one', '1100300000001001', 'BRYBPB', 'Belt', '1103600000000001', 0)`);
    await ledger.execute(`update orders set dirty_since = clock_timestamp()`);
    await ledger.syncOrders();
    expect(await waiting()).toEqual([{ kind: 'list-documents', subject: 'documents' }]);
    await ledger.settle(await question(), listOf(listed('H', { amount: decimal(100), mentions: [7] })));
    await ledger.syncOrders();
    expect(await decision(7)).toEqual({ decision: 'park', reason: 'made-by-hand' });
  });

  test('F6: nothing of another client', async () => {
    await ledger.saveTenant('two');
    await ledger.saveOrder('one', 7, { binding: held });
    await ledger.saveOrder('two', 7, { binding: held });
    await ledger.execute(`update tenants set documents_from = '2025-12-31' where name = 'two'`);
    await list();
    expect(await ledger.rows(`select tenant, binding ->> 'doubt' as doubt from orders order by tenant`)).toEqual([{ tenant: 'one', doubt: 'all' }, { tenant: 'two', doubt: null }]);
  });
});

describe('a webhook that says that a document changed', () => {
  const hint = (objectId: string) => followDocumentHint(ledger.database.manager, { tenant: 'one', objectId });
  beforeEach(async () => {
    await list();
    await ledger.saveOrder('one', 7, { binding: held });
    await ledger.saveOrder('one', 8);
    await ledger.execute(`insert into movements (tenant, order_id, document, good, storage, quantity, attempt) values ('one', 8, 'S8', 'G', 'W', 1, 1)`);
  });

  test('A7: has the order looked at whose document it is, be it the order document or a shipment', async () => {
    await hint('D1');
    expect((await decisions()).map(({ doubt }) => doubt)).toEqual(['all', null]);
    await hint('S8');
    expect((await decisions()).map(({ doubt }) => doubt)).toEqual(['all', 'all']);
  });

  test('does nothing when it is nobody’s document, and when it may be the echo of our own change', async () => {
    await hint('D2');
    await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'order:7', command: { kind: 'read-document', orderId: 7, documentId: 'D1' }, priority: 0 });
    await ledger.dispatch();
    await hint('D1');
    expect((await decisions()).map(({ doubt }) => doubt)).toEqual([null, null]);
    await ledger.execute(`update attempts set settled_at = clock_timestamp() - interval '61 seconds'`);
    await hint('D1');
    expect((await decisions()).map(({ doubt }) => doubt)).toEqual(['all', null]);
  });
});

test('F7: a document that cannot be read is not gone, and stays as an older list told it', async () => {
  await ledger.saveOrder('one', 7, { binding: held });
  await list(listed('D1', { orderId: 7 }), listed('D2', { person: buyer }));
  const { columns } = listOf(listed('D3')).result;
  await ledger.settle(await question(), { outcome: 'done', result: { columns, whole: true, unreadable: ['D1', 'D2'] } });
  expect(await ledger.rows(`select document from documents_listed order by document`)).toEqual([{ document: 'D1' }, { document: 'D2' }, { document: 'D3' }]);
  expect(await ledger.rows(`select reason from order_journal where entry = 'documents-differ'`)).toEqual([]);
  await ledger.settle(await question(), { outcome: 'done', result: { columns, whole: true } });
  expect(await ledger.rows(`select reason from order_journal where entry = 'documents-differ'`)).toEqual([{ reason: 'gone' }]);
});

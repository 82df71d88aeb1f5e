import { decimal } from '@kds/kernel';
import { type BaseControl, type DilovodSimulator, predefined, startDilovodSimulator } from '@kds/dilovod-simulator';
import {
  checkWritableFields,
  createDilovodClient,
  createPerson,
  createPlacedSaleOrder,
  type DilovodCall,
  type DilovodClient,
  type DilovodRowDraft,
  findDocumentsByContract,
  findDocumentsByKey,
  findPersonsByPhone,
  isLive,
  localMoment,
  farAhead,
  readBalances,
  readDocument,
  readGoods,
  readOrderStates,
  readPrices,
  readStockHistory,
  readSureBalances,
  readRecords,
  toLinkPacket,
  toMarkPacket,
  toSaleOrderPacket,
  toSalePacket,
  toSaleReturnPacket,
  toStatePacket,
  writtenFields,
} from './index.js';

const soon = { timeoutMs: 5_000 };
let simulator: DilovodSimulator;
let base: BaseControl;
let client: DilovodClient;
let good: string;
let count = 0;

beforeAll(async () => {
  simulator = await startDilovodSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => {
  const name = `shop-${++count}`;
  base = simulator.createBase({ name, apiKeys: [`key-of-${name}`] });
  client = createDilovodClient({ baseUrl: simulator.baseUrl, apiKey: `key-of-${name}` });
  good = base.createGood({ name: 'Пояс', productNum: 'BRYBPB' });
  base.receive({ good, qty: 10, cost: '200.50' });
});

afterEach(async () => {
  await client.close();
  expect(base.violations()).toEqual([]);
});

function valueOf<T>({ answer }: DilovodCall<T>): T {
  if (answer.kind !== 'done') throw new Error(`${answer.kind}: ${JSON.stringify(answer.failure)}`);
  return answer.value;
}

function draftOf(orderId: number, qty = '2') {
  const row: DilovodRowDraft = {
    good,
    unit: predefined.piece,
    qty: decimal(qty),
    price: decimal('599.95'),
    priceAmount: decimal('1199.90'),
    discount: decimal('0.30'),
    amountCur: decimal('1199.60'),
    storage: predefined.mainStorage,
  };
  return {
    orderId,
    date: localMoment(new Date(), 'Europe/Kyiv'),
    firm: predefined.firm,
    person: predefined.endConsumer,
    currency: predefined.hryvnia,
    storage: predefined.mainStorage,
    business: predefined.mainBusiness,
    rows: [row],
  };
}

test('an order lives from creation to return, and every document of it is found again', async () => {
  base.setSwitches({ saleRowStorage: 'known', saleReturnRowFields: 'as-order' });
  const order = valueOf(await client.saveObject(toSaleOrderPacket({ ...draftOf(905), state: predefined.stateNew, details: 'Іван', remarkTail: 'терміново' }), soon));
  await client.saveObject(toSaleOrderPacket(draftOf(9051)), soon);
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 905 }, soon))).toMatchObject([
    { id: order, remark: 'KeyCRM #905 терміново', posted: true, delMark: false, state: predefined.stateNew, amountCur: '1199.6' },
  ]);
  expect(valueOf(await client.saveObject(toStatePacket(order, predefined.stateSent), soon))).toBe(order);

  const sale = valueOf(await client.saveObject(toSalePacket({ ...draftOf(905), baseDoc: order, contract: order }), soon));
  expect(valueOf(await findDocumentsByContract(client, { type: 'documents.sale', orderDocumentIds: [order] }, soon))).toMatchObject([{ id: sale, baseDoc: order, contract: order, posted: true }]);
  const returned = valueOf(await client.saveObject(toSaleReturnPacket({ ...draftOf(905), baseDoc: sale, contract: order }), soon));
  expect(valueOf(await client.saveObject(toLinkPacket(returned, { baseDoc: sale, contract: order }), soon))).toBe(returned);
  expect(valueOf(await readDocument(client, returned, soon))).toMatchObject({
    baseDoc: sale,
    contract: order,
    rows: [{ good, unit: predefined.piece, qty: '2', price: '599.95', priceAmount: '1199.9', amountCur: '1199.6' }],
  });

  valueOf(await client.saveObject(toMarkPacket(returned), soon));
  expect(valueOf(await isLive(client, returned, soon))).toBe(false);
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleReturn', orderId: 905 }, soon))).toEqual([]);
  valueOf(await client.saveObject(toMarkPacket(order, predefined.stateCancelled), soon));
  expect(valueOf(await readDocument(client, order, soon))).toMatchObject({ posted: false, delMark: true, state: predefined.stateCancelled });
});

test.each(['yes', 'no'] as const)('a placed order says what was reserved when the base does: %s', async (reserveOnAutoPlacement) => {
  base.setSwitches({ reserveOnAutoPlacement });
  const order = valueOf(await createPlacedSaleOrder(client, draftOf(7), soon));
  const reserves = reserveOnAutoPlacement === 'yes';
  expect(order).toMatchObject({ remark: 'KeyCRM #7', posted: true, amountCur: '1199.6' });
  expect([order.placed === true, order.rows[0]?.qtyReserve ?? '0']).toEqual([reserves, reserves ? '2' : '0']);
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 7 }, soon))).toMatchObject([{ id: order.id }]);
});

test('a shortage names the good and the quantities, and leaves nothing behind', async () => {
  const order = valueOf(await client.saveObject(toSaleOrderPacket(draftOf(8, '12.5')), soon));
  const { answer } = await client.saveObject(toSalePacket({ ...draftOf(8, '12.5'), baseDoc: order, contract: order }), soon);
  expect(answer).toMatchObject({ kind: 'rejected', failure: { code: 'shortage', detail: { goods: [{ goodId: good, name: 'Пояс', productNum: 'BRYBPB', needed: '12.5', free: '10', missing: '2.5', unit: 'шт' }] } } });
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 8 }, soon))).toEqual([]);
});

test('refusals come with their codes', async () => {
  base.setSwitches({ businessRequired: 'yes' });
  const codeOf = async (call: Promise<DilovodCall<unknown>>): Promise<string> => {
    const { answer } = await call;
    return answer.kind === 'done' ? 'done' : `${answer.kind} ${answer.failure.code}`;
  };
  const stranger = createDilovodClient({ baseUrl: simulator.baseUrl, apiKey: 'wrong' });
  expect(await codeOf(stranger.listMetadata(soon))).toBe('rejected bad-key');
  await stranger.close();
  expect(await codeOf(readDocument(client, '1109100000099999', soon))).toBe('rejected not-found');
  expect(await codeOf(client.saveObject({ saveType: 1, header: { id: 'documents.saleOrder', weird: '1' } }, soon))).toBe('rejected bad-field');
  expect(await codeOf(client.saveObject(toSaleOrderPacket({ ...draftOf(1), business: null }), soon))).toBe('rejected missing-required');
  expect(await codeOf(client.call({ method: 'fooBar', args: {} }, soon))).toBe('rejected method-not-allowed');
  const order = valueOf(await client.saveObject(toSaleOrderPacket(draftOf(1)), soon));
  base.lock({ id: order });
  expect(await codeOf(client.saveObject(toStatePacket(order, predefined.stateSent), soon))).toBe('failed locked');
  base.unlock({ id: order });
  base.closePeriod({ before: '2099-01-01' });
  expect(await codeOf(client.saveObject(toStatePacket(order, predefined.stateSent), soon))).toBe('rejected closed-period');
  base.restrict({ closed: ['catalogs.goods'] });
  expect(await codeOf(readGoods(client, {}, soon))).toBe('rejected access-denied');
});

test('what happens on the wire is told apart by what it did to a write', async () => {
  const save = async (orderId: number): Promise<string> => {
    const { answer } = await client.saveObject(toSaleOrderPacket(draftOf(orderId)), soon);
    return answer.kind === 'done' ? 'done' : `${answer.kind} ${answer.failure.code}`;
  };
  base.addFault({ fault: { kind: 'lost-after' }, times: 1 });
  expect(await save(11)).toBe('unknown connection-lost');
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 11 }, soon))).toHaveLength(1);
  base.addFault({ fault: { kind: 'empty-body' }, times: 1 });
  expect(await save(12)).toBe('unknown empty-body');
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 12 }, soon))).toHaveLength(1);
  base.addFault({ fault: { kind: 'html-error', status: 502 }, times: 1 });
  expect(await save(13)).toBe('unknown http-status');
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 13 }, soon))).toHaveLength(0);
  base.addFault({ fault: { kind: 'vendor', name: 'html-after' }, times: 1 });
  expect(await save(14)).toBe('unknown http-status');
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 14 }, soon))).toHaveLength(1);
  base.addFault({ fault: { kind: 'vendor', name: 'late-answer', detail: { ms: 2_000 } }, times: 1 });
  expect((await client.saveObject(toSaleOrderPacket(draftOf(15)), { timeoutMs: 500 })).answer).toMatchObject({ kind: 'unknown', failure: { code: 'timeout' } });
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 15 }, soon))).toHaveLength(1);
});

test('messages in place of a result are a refusal, beside an id they are none', async () => {
  const save = async () => (await client.saveObject(toSaleOrderPacket(draftOf(16)), soon)).answer;
  base.addFault({ fault: { kind: 'vendor', name: 'answer' }, times: 1 });
  expect(await save()).toMatchObject({ kind: 'rejected', failure: { code: 'refused', message: 'Документ не збережено' } });
  base.addFault({ fault: { kind: 'vendor', name: 'answer', detail: { result: 'ok' } }, times: 1 });
  expect(await save()).toMatchObject({ kind: 'unknown', failure: { code: 'no-id' } });
  base.addFault({ fault: { kind: 'vendor', name: 'warning' }, times: 1 });
  expect(await save()).toMatchObject({ kind: 'done' });
  expect(valueOf(await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 16 }, soon))).toHaveLength(1);
});

test.each(['entered', 'digits'] as const)('a created person is found by the same phone when phones are stored: %s', async (phoneStoredAs) => {
  base.setSwitches({ phoneStoredAs });
  const made = valueOf(await createPerson(client, { name: 'Шевченко Тарас Григорович', phone: '+380501112233', email: 'a@b.ua' }, soon));
  const typed = base.createPerson({ name: 'Олена', phone: '(067) 123-45-67' });
  expect(valueOf(await findPersonsByPhone(client, ['+380501112233'], soon))).toEqual([{ id: made, name: 'Шевченко Тарас Григорович', phones: ['380501112233'], emails: ['a@b.ua'], delMark: false }]);
  expect(valueOf(await findPersonsByPhone(client, ['+380671234567'], soon))).toMatchObject([{ id: typed }]);
  expect(valueOf(await findPersonsByPhone(client, ['+380930000000'], soon))).toEqual([]);
});

test('a person is created and found in a base that derives contacts from the details alone', async () => {
  base.setSwitches({ personContactsWritable: 'no' });
  const made = valueOf(await createPerson(client, { name: 'Шевченко Тарас Григорович', phone: '+380501112233', email: 'a@b.ua' }, soon));
  expect(valueOf(await findPersonsByPhone(client, ['+380501112233'], soon))).toMatchObject([{ id: made, phones: ['380501112233'], emails: ['a@b.ua'] }]);
  expect(base.persons()).toHaveLength(2);
});

test.each(['cut', 'refused'] as const)('no list is longer than a base may take, where longer ones are: %s', async (longLists) => {
  base.setSwitches({ longLists });
  const goods = Array.from({ length: 120 }, (_, index) => ({ name: `Товар ${index}`, productNum: `S-${index}` }));
  base.createGoods({ goods });
  expect(valueOf(await readGoods(client, { productNums: goods.map(({ productNum }) => productNum) }, soon)).goods).toHaveLength(120);
  for (const phone of ['+380501112233', '+48123456789']) expect(valueOf(await findPersonsByPhone(client, [phone], soon))).toEqual([]);
});

test.each(['plain', 'final'] as const)('goods, balances and prices are read when resources are called: %s', async (balanceResourceNames) => {
  base.setSwitches({ balanceResourceNames });
  base.setPrice({ good, price: '599.95' });
  const date = localMoment(new Date(Date.now() + 60_000), 'Europe/Kyiv');
  expect(valueOf(await readGoods(client, { productNums: ['BRYBPB', 'none'] }, soon)).goods).toEqual([{ id: good, productNum: 'BRYBPB', name: 'Пояс', mainUnit: predefined.piece, delMark: false, isGroup: false }]);
  const balance = { rows: [{ good, storage: predefined.mainStorage, qty: '10', amount: '2005' }], paged: false };
  expect(valueOf(await readBalances(client, { date }, soon))).toEqual(balance);
  expect(valueOf(await readBalances(client, { date, storages: [predefined.mainStorage], firm: predefined.firm }, soon))).toEqual(balance);
  expect(valueOf(await readPrices(client, { priceType: predefined.priceType, date }, soon)).rows).toEqual([{ good, price: '599.95', currency: predefined.hryvnia }]);
});

test.each(['id', 'random'] as const)('a base that cuts answers short gives everything in the end, in order: %s', async (naturalOrder) => {
  base.createGoods({ goods: Array.from({ length: 1_100 }, (_, index) => ({ name: `Товар ${index}`, productNum: `S-${index}` })) });
  base.setSwitches({ requestRowCap: 500, naturalOrder });
  const skus = valueOf(await readGoods(client, {}, { timeoutMs: 20_000 })).goods.map(({ productNum }) => productNum);
  expect([skus.length, new Set(skus).size]).toEqual([1_101, 1_101]);
});

test('B10: the history of the stock register tells what is kept in stock, sold out long ago or not, of whatever firm', async () => {
  const soldOut = base.createGood({ name: 'Розпродане', productNum: 'GONE' });
  base.createGood({ name: 'Доставка', productNum: 'SERVICE' });
  base.receive({ good: soldOut, qty: '1', cost: '5', date: '2020-01-01 10:00:00' });
  base.writeOff({ good: soldOut, qty: '1', date: '2020-01-02 10:00:00' });
  const history = valueOf(await readStockHistory(client, { from: '2000-01-01 00:00:00', to: farAhead(new Date()) }, soon));
  expect([...history].sort()).toEqual([good, soldOut].sort());
});

test.each(['plain', 'final'] as const)('B11: what is dated for later is not on hand, and what it takes away neither; resources called: %s', async (balanceResourceNames) => {
  base.setSwitches({ balanceResourceNames });
  const mat = base.createGood({ name: 'Килимок', productNum: 'MAT' });
  base.receive({ good: mat, qty: '5', cost: '10' });
  const tomorrow = localMoment(new Date(Date.now() + 86_400_000), 'Europe/Kyiv');
  base.receive({ good: good, qty: '7', cost: '10', date: tomorrow });
  base.writeOff({ good: mat, qty: '2', date: tomorrow });
  const present = () => [localMoment(new Date(Date.now() + 5_000), 'Europe/Kyiv')];
  const scope = { present, later: farAhead(new Date()), storages: [predefined.mainStorage], firm: predefined.firm };
  const rows = [{ good, storage: predefined.mainStorage, qty: '10', amount: '2005' }, { good: mat, storage: predefined.mainStorage, qty: '3', amount: '30' }];
  expect(valueOf(await readSureBalances(client, scope, soon))).toEqual({ rows, paged: false });
  expect(valueOf(await readSureBalances(client, { ...scope, goods: [mat] }, soon))).toEqual({ rows: rows.slice(1), paged: false });
});

test('dictionaries, order states and the fields that we write', async () => {
  expect(valueOf(await readRecords(client, 'catalogs.firms', soon))).toMatchObject([{ id: predefined.firm, name: 'Фірма' }]);
  expect(valueOf(await readOrderStates(client, soon))).toEqual(expect.arrayContaining([expect.objectContaining({ id: predefined.stateSent, name: 'Відправлено' })]));
  for (const [type, fields] of Object.entries(writtenFields)) expect(valueOf(await checkWritableFields(client, { type, fields }, soon))).toEqual([]);
  base.renameField({ from: 'remarkFromPerson', to: 'remarkOfPerson' });
  const order = { type: 'documents.saleOrder', fields: writtenFields['documents.saleOrder'] };
  expect(valueOf(await checkWritableFields(client, order, soon))).toEqual(['remarkFromPerson']);
});

import { decimal } from '@kds/kernel';
import { type AccountControl, everySwitchPosition, type KeycrmSimulator, startKeycrmSimulator, type SwitchChanges } from '@kds/keycrm-simulator';
import { createKeycrmClient, type KeycrmCall, type KeycrmClient, type KeycrmOrder } from './index.js';

const options = { timeoutMs: 5_000 };
const page = { page: 1, limit: 50 };

let simulator: KeycrmSimulator;
let client: KeycrmClient;
let account: AccountControl;
let accounts = 0;

beforeAll(async () => {
  simulator = await startKeycrmSimulator();
});

afterAll(() => simulator.close());

afterEach(() => client.close());

/** A shop of its own with one good in one of two warehouses and one order for it. */
function openShop(switches: SwitchChanges = {}): { orderId: number } {
  accounts += 1;
  const apiKey = `key-${accounts}`;
  account = simulator.createAccount({ name: `shop-${accounts}`, apiKey, requestsPerMinute: 1000, switches });
  client = createKeycrmClient({ baseUrl: simulator.baseUrl, apiKey });
  account.createWarehouse({ name: 'Лівий берег' });
  account.createWarehouse({ name: 'Магазин' });
  account.createSource({ name: 'Shop', defaultWarehouseId: 1 });
  account.createCustomField({ name: 'Документ' });
  const good = { name: 'Чашка', sku: 'MUG', price: '250', purchasedPrice: '140.55', weight: 420, length: 12, width: 9, height: 10 };
  account.createGoods({ goods: [{ ...good, stock: [{ warehouseId: 1, quantity: '36.5' }] }] });
  const { id } = account.createOrder({
    sourceUuid: '№20417',
    buyer: { fullName: 'Олена Зразкова', phone: '+380670000001', email: 'olena@example.com' },
    recipient: { fullName: 'Іван Зразковий', phone: '+380670000002' },
    orderedAt: '2026-03-01 09:11:02',
    lines: [{ sku: 'MUG', quantity: '4', discountPercent: 5 }, { name: 'Разова послуга', price: '100.25', quantity: '1.5', warehouseId: null }],
    shippingPrice: '85.50',
    buyerComment: 'Подзвоніть після 18',
    customFields: { OR_1001: '000116' },
  });
  return { orderId: id };
}

function valueOf<T>({ answer }: KeycrmCall<T>): T {
  if (answer.kind !== 'done') throw new Error(`${answer.kind}: ${answer.failure.message}`);
  return answer.value;
}

/** What an order says in every form of answer: not what only live answers hold, nor line ids. */
function core({ discountPercent: _1, discountAmount: _2, productsTotal: _3, statusChangedAt: _4, ...order }: KeycrmOrder): object {
  return { ...order, createdAt: '', updatedAt: '', id: 0, lines: order.lines.map((line) => ({ ...line, id: undefined })) };
}

test('reads an order whole, alone and in a list', async () => {
  const { orderId } = openShop();
  const order = valueOf(await client.readOrder(orderId, options));
  expect(order).toMatchObject({
    id: orderId, sourceId: 1, sourceUuid: '№20417', orderedAt: '2026-03-01T09:11:02.000Z', buyerComment: 'Подзвоніть після 18', shippingPrice: '85.5',
    buyer: { fullName: 'Олена Зразкова', phone: '+380670000001', email: 'olena@example.com' },
    shipping: { recipientFullName: 'Іван Зразковий', recipientPhone: '+380670000002' },
    customFields: [{ uuid: 'OR_1001', value: '000116' }],
    lines: [
      { sku: 'MUG', price: '250', quantity: '4', totalDiscount: '50', warehouseId: 1, warehouseName: 'Лівий берег', offer: { sku: 'MUG' } },
      { name: 'Разова послуга', price: '100.25', quantity: '1.5', warehouseId: null, offer: null },
    ],
  });
  const period = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
  const list = valueOf(await client.listOrders({ ...page, filters: { updatedBetween: period, statusIds: [order.statusId] } }, options));
  expect(list).toEqual({ orders: [order], unreadable: [], page: 1, perPage: 50, lastPage: 1, total: 1 });
  const ordered = { from: new Date('2026-03-01T09:11:00Z'), to: new Date('2026-03-01T09:12:00Z') };
  expect(valueOf(await client.listOrders({ ...page, filters: { createdBetween: ordered, sourceUuid: '№20417' }, sort: '-id' }, options)).total).toBe(1);
  expect((await client.readOrder(orderId + 1, options)).answer).toMatchObject({ kind: 'rejected', failure: { code: 'not-found' } });
});

test('reads the same in whatever form KeyCRM answers', async () => {
  const { orderId } = openShop();
  const plain = core(valueOf(await client.readOrder(orderId, options)));
  const forms = ['numberForm', 'dateForm', 'liveOrderKeys', 'lineId', 'lineWithoutWarehouse', 'lineStockStatus', 'linePicture', 'orderWarehouse', 'unsetMoney', 'pageKeys', 'errorsWithoutAccept'];
  for (const position of everySwitchPosition().filter((changes) => forms.includes(Object.keys(changes)[0] ?? ''))) {
    account.setSwitches(position);
    expect({ position, order: core(valueOf(await client.readOrder(orderId, options))) }).toEqual({ position, order: plain });
    expect(valueOf(await client.listStocks(page, options))).toMatchObject({ rows: [{ sku: 'MUG', quantity: '36.5' }], unreadable: [] });
  }
});

test('reads stock by warehouse, offers, statuses and custom fields', async () => {
  openShop();
  expect(valueOf(await client.listStocks({ ...page, skus: ['MUG', 'NONE'] }, options)).rows).toMatchObject([
    { sku: 'MUG', quantity: '36.5', warehouses: expect.arrayContaining([expect.objectContaining({ id: 1, name: 'Лівий берег', quantity: '36.5', reserve: '0' })]) },
  ]);
  expect(valueOf(await client.listOffers({ ...page, skus: ['MUG'], isArchived: false }, options)).offers).toMatchObject([
    { sku: 'MUG', price: '250', purchasedPrice: '140.55', quantity: '36.5' },
  ]);
  expect(valueOf(await client.listOffers({ ...page, ids: account.state().offers.map(({ id }) => id), withProduct: true }, options)).offers).toMatchObject([{ sku: 'MUG', currencyCode: 'UAH' }]);
  expect(valueOf(await client.listStatuses(page, options)).statuses).toEqual(expect.arrayContaining([expect.objectContaining({ id: 12, groupId: 5 })]));
  expect(valueOf(await client.listSources(page, options)).sources).toEqual([{ id: 1, name: 'Shop', currencyCode: 'UAH' }]);
  expect(valueOf(await client.listCustomFields(options))).toMatchObject({ customFields: [{ uuid: 'OR_1001', type: 'text' }], unreadable: [] });
});

test('writes stock, prices and custom fields, and nothing else of an offer', async () => {
  const { orderId } = openShop();
  valueOf(await client.writeStocks({ warehouseId: 2, rows: [{ sku: 'MUG', quantity: decimal('7.125') }] }, options));
  valueOf(await client.writePrices({ rows: [{ sku: 'MUG', price: decimal('259.90') }] }, options));
  expect(valueOf(await client.updateOrderCustomFields(orderId, [{ uuid: 'OR_1001', value: '000117' }], options))).toMatchObject({ id: orderId });
  expect(valueOf(await client.listStocks(page, options)).rows[0]).toMatchObject({ quantity: '43.625', price: '259.9', purchasedPrice: '140.55' });
  expect(valueOf(await client.readOrder(orderId, options)).customFields).toEqual([{ uuid: 'OR_1001', value: '000117' }]);
  expect(JSON.parse(JSON.stringify(account.state().offers[0]))).toMatchObject({ weight: '420', length: '12', width: '9', height: '10' });
  expect(account.violations()).toEqual([]);
});

test('a refused batch names its faults', async () => {
  openShop({ stockUnknownSku: 'reject-batch' });
  const rows = [{ sku: 'MUG', quantity: decimal(1) }, { sku: 'NONE', quantity: decimal(1) }];
  const { answer } = await client.writeStocks({ warehouseId: 1, rows }, options);
  expect(answer).toMatchObject({ kind: 'rejected', failure: { code: 'invalid', detail: expect.any(Object) } });
  expect(JSON.stringify(answer)).toContain('stocks.1.');
});

test.each([
  [{ retryAfter: 'present', throttleBody: 'json' }, 1_000, 60_000],
  [{ retryAfter: 'zero', throttleBody: 'json' }, 5_000, 5_000],
] satisfies [SwitchChanges, number, number][])('throttled with %p', async (switches, least, most) => {
  openShop(switches);
  account.configure({ requestsPerMinute: 1 });
  await client.listCustomFields(options);
  const { answer } = await client.writePrices({ rows: [{ sku: 'MUG', price: decimal(1) }] }, options);
  expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'throttled' } });
  const waitMs = answer.kind === 'failed' ? answer.retryAfterMs : undefined;
  expect(waitMs).toBeGreaterThanOrEqual(least);
  expect(waitMs).toBeLessThanOrEqual(most);
});

test('K8: throttled without a word about how long: none is made up', async () => {
  openShop({ retryAfter: 'absent', throttleBody: 'html' });
  account.configure({ requestsPerMinute: 1 });
  await client.listCustomFields(options);
  const { answer } = await client.listCustomFields(options);
  expect(answer).toEqual({ kind: 'failed', failure: { code: 'throttled', message: expect.any(String) } });
});

test('a write whose answer is lost is in doubt, whether it was executed or not; a read has failed', async () => {
  openShop();
  const price = { rows: [{ sku: 'MUG', price: decimal(1) }] };
  const faults = [
    [{ kind: 'lost-after' }, 'connection-lost'],
    [{ kind: 'reset-before' }, 'connection-lost'],
    [{ kind: 'html-error', status: 502 }, 'server-error'],
    [{ kind: 'html-error', status: 200 }, 'not-json'],
    [{ kind: 'empty-body' }, 'empty-body'],
  ] as const;
  for (const [fault, code] of faults) {
    account.addFault({ fault, times: 2 });
    expect((await client.writePrices(price, options)).answer).toMatchObject({ kind: 'unknown', failure: { code } });
    expect((await client.listStatuses(page, options)).answer).toMatchObject({ kind: 'failed', failure: { code } });
  }
});

test('a wrong key, and a wrong base URL', async () => {
  const { orderId } = openShop();
  await client.close();
  client = createKeycrmClient({ baseUrl: simulator.baseUrl, apiKey: 'wrong' });
  expect((await client.readOrder(orderId, options)).answer).toMatchObject({ kind: 'rejected', failure: { code: 'bad-key' } });
  await client.close();
  client = createKeycrmClient({ baseUrl: simulator.baseUrl.replace('/v1', '/v2'), apiKey: 'wrong' });
  expect((await client.readOrder(orderId, options)).answer).toMatchObject({ kind: 'failed', failure: { code: 'not-json' } });
});

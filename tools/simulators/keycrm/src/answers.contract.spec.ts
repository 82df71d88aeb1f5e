import { keycrmOpenapiPath } from './config.js';
import { operations } from './http/routes.js';
import { orderIncludes } from './orders/show-order.js';
import { loadKeycrmOpenapi } from './openapi-schema.js';
import { openSampleShop, type SampleShop } from './sample-shop.js';
import { defaultSwitches, type SwitchChanges, type SwitchName } from './switches.js';

const openapi = loadKeycrmOpenapi();
const described = openapi ? describe : describe.skip;
const why = openapi ? '' : ` (skipped: no API description at ${keycrmOpenapiPath()}; set KDS_KEYCRM_OPENAPI)`;
if (!openapi) console.warn(`Answers are not checked${why}`);

let shop: SampleShop;
let orderId: number;
let ids: Readonly<Record<string, number | undefined>>;

beforeAll(async () => {
  shop = await openSampleShop();
  shop.control.createTag({ name: 'VIP' });
  orderId = shop.control.createOrder(fullOrder).id;
  shop.control.createOrder({ lines: [{ name: 'One-off', price: 7, quantity: 1, warehouseId: null }], buyer: null });
  for (let count = 0; count < 20; count += 1) shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
  const { buyers, orders } = shop.control.state();
  ids = { orderId, buyerId: buyers[0]?.id, paymentId: orders[0]?.payments[1]?.id, expenseId: orders[0]?.expenses[0]?.id };
});
afterAll(() => shop.simulator.close());

const fullOrder = {
  sourceUuid: 'W-20417',
  statusId: 12,
  managerId: 1,
  lines: [
    { sku: 'MUG', quantity: 2, discountPercent: 5 },
    { sku: 'SHIRT-R', quantity: '1.5', discountAmount: 3 },
  ],
  buyer: { fullName: 'Test Buyer', phone: '+380670000001', email: 'buyer@example.com' },
  recipient: { fullName: 'Another' },
  payments: [{ amount: 100, methodId: 2 }, { amount: 50, status: 'not_paid' as const }],
  expenses: [{ amount: 10 }],
  shipping: { delivery_service_id: 1, tracking_code: '2045' },
  marketing: { utm_source: 'ads' },
  tags: [1],
  customFields: { OR_1044: '7', OR_1045: ['road', 'sea'] },
};

/** Every read, plain and with all that it may include. Names in braces are filled in when the shop is open. */
const reads = [
  '/order', '/order?limit=50&sort=id', `/order?include=${orderIncludes.join()}`, '/order/{orderId}', `/order/{orderId}?include=${orderIncludes.join()}`,
  '/order/status', '/order/source', '/order/tag', '/order/payment-method', '/order/expense-type', '/order/delivery-service', '/order/product-status',
  '/offers', '/offers?include=product', '/offers/stocks', '/offers/stocks?filter[details]=true', '/products', '/products?include=custom_fields',
  '/products/1', '/products/1?include=custom_fields', '/products/categories', '/custom-fields', '/custom-fields?include=options', '/buyer', '/buyer?include=manager,shipping,company,loyalty,custom_fields',
  '/buyer/{buyerId}', '/buyer/{buyerId}?include=manager,shipping,company,loyalty,custom_fields', '/users',
];

const writes: readonly [method: string, path: string, body: unknown, status: number][] = [
  [
    'POST',
    '/order',
    { source_id: 1, buyer: { full_name: 'X' }, products: [{ sku: 'MUG', quantity: 1 }], payments: [{ amount: 1, payment_method_id: 1 }], custom_fields: [{ uuid: 'OR_1044', value: '1' }] },
    201,
  ],
  ['PUT', '/order/{orderId}', { manager_comment: 'x', products: [{ sku: 'MUG', quantity: 3 }], custom_fields: [{ uuid: 'OR_1044', value: '2' }] }, 202],
  ['PUT', '/offers', { offers: [{ sku: 'MUG', price: 1 }] }, 202],
  ['PUT', '/offers/stocks', { warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 1 }] }, 202],
  ['POST', '/products', { name: 'Plate', sku: 'PLATE', price: 1 }, 201],
  ['POST', '/products/import', { products: [{ name: 'Bowl' }] }, 201],
  ['POST', '/products/categories', { name: 'Kitchen', parent_id: null }, 201],
  ['PUT', '/products/1', { description: 'x', barcode: '4820000000018' }, 202],
  ['POST', '/products/2/offers', { offers: [{ sku: 'SHIRT-G', price: 540, properties: [{ name: 'Colour', value: 'green' }] }] }, 201],
  ['POST', '/order/import', { orders: [{ source_id: 1, buyer: { full_name: 'Y' } }] }, 201],
  ['POST', '/order/{orderId}/payment', { amount: 5, payment_method_id: 1 }, 201],
  ['PUT', '/order/{orderId}/payment/{paymentId}', { status: 'canceled', description: 'x' }, 202],
  ['POST', '/order/{orderId}/expense', { amount: 5, expense_type_id: 1 }, 201],
  ['PUT', '/order/{orderId}/expense/{expenseId}', { status: 'canceled' }, 202],
  ['POST', '/order/{orderId}/tag/1', undefined, 202],
  ['DELETE', '/order/{orderId}/tag/1', undefined, 204],
  ['POST', '/buyer', { full_name: 'Z', phone: ['+380670000005'] }, 201],
  ['PUT', '/buyer/{buyerId}', { full_name: 'Z', email: ['z@example.com'] }, 202],
  ['POST', '/buyer/import', { buyers: [{ full_name: 'Z' }] }, 201],
];

const filled = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));

async function problems(method: string, path: string, body?: unknown) {
  const reply = await shop.call(method, filled(path), body);
  return { status: reply.status, problems: openapi?.checkAnswer({ method, path: filled(path).split('?')[0] ?? '', status: reply.status, body: reply.body }) };
}

described(`every answer is as the vendor describes it${why}`, () => {
  test.each(reads)('GET %s', async (path) => {
    expect(await problems('GET', path)).toEqual({ status: 200, problems: [] });
  });

  test.each<[SwitchChanges, string]>([
    [{ offerArchiveFlag: 'present' }, '/offers?include=product'],
    [{ keysAboveVariants: 'null' }, '/products'],
    [{ keysAboveVariants: 'null' }, '/products/2?include=custom_fields'],
    [{ selectFieldValue: 'text' }, '/order/{orderId}?include=custom_fields'],
    [{ ordersWriteOff: 'never' }, '/offers/stocks?filter[details]=true'],
    [{ skuMatching: 'folds-case-and-blanks' }, '/offers?filter[sku]=mug'],
  ])('in the position %j: GET %s', async (changes, path) => {
    shop.control.setSwitches(changes);
    expect(await problems('GET', path)).toEqual({ status: 200, problems: [] });
    const names = Object.keys(changes) as SwitchName[];
    shop.control.setSwitches(Object.fromEntries(names.map((name) => [name, defaultSwitches[name]])));
  });

  test.each(['payment', 'expense'])('K4: a new %s without an id', async (part) => {
    shop.control.setSwitches({ createdMoneyId: 'hidden' });
    const body = { amount: 5, payment_method_id: 1, expense_type_id: 1 };
    expect(await problems('POST', `/order/{orderId}/${part}`, body)).toEqual({ status: 201, problems: [] });
    shop.control.setSwitches({ createdMoneyId: 'shown' });
  });

  test('K2: an order that names its source', async () => {
    const body = { source_name: 'OpenCart', buyer: { full_name: 'X' } };
    expect(await problems('POST', '/order', body)).toEqual({ status: 201, problems: [] });
  });

  test.each(writes)('%s %s', async (method, path, body, status) => {
    expect(openapi?.checkRequest({ method, path: filled(path), body })).toEqual([]);
    expect(await problems(method, path, body)).toEqual({ status, problems: [] });
  });

  test.each([
    ['GET', '/order?include=delivery', 400],
    ['GET', '/order/1', 404],
    ['GET', '/products/99', 404],
    ['PUT', '/offers', 422],
  ])('%s %s refused', async (method, path, status) => {
    expect(await problems(method, path, method === 'PUT' ? {} : undefined)).toEqual({ status, problems: [] });
  });

  test('no operation is left out', () => {
    const asked = new Set([...reads.map((path) => `GET ${path}`), ...writes.map(([method, path]) => `${method} ${path}`)]);
    const plain = new Set([...asked].map((one) => one.split('?')[0]?.replace(/\{\w+\}|\b\d+\b/, '{id}').replace(/\{(?!id\b)\w+\}|\b\d+$/, '{partId}')));
    expect([...plain].sort()).toEqual([...operations].sort());
  });
});

described(`the description as a judge${why}`, () => {
  const answered = (path: string, body: unknown, status = 200) => openapi?.checkAnswer({ method: 'GET', path, status, body }) ?? [];
  const asked = (method: string, path: string, rest: { query?: Record<string, string>; body?: unknown } = {}) => openapi?.checkRequest({ method, path, ...rest }) ?? [];

  test('finds wrong answers', () => {
    expect(answered('/order/1', { source_id: 1, grand_total: '7' })).not.toEqual([]);
    expect(answered('/order/1', { source_id: 1, payment_status: 'gift' })).not.toEqual([]);
    expect(answered('/order', { data: [{}] })).not.toEqual([]);
    expect(answered('/order', {}, 204)).not.toEqual([]);
    expect(answered('/warehouses', {})).not.toEqual([]);
  });

  test('finds wrong requests', () => {
    expect(asked('GET', '/order', { query: { limit: '50', 'filter[status_id]': '1', include: 'buyer,products.offer', sort: '-id' } })).toEqual([]);
    expect(asked('GET', '/order', { query: { limit: '51' } })).not.toEqual([]);
    expect(asked('GET', '/order', { query: { 'filter[warehouse_id]': '1' } })).not.toEqual([]);
    expect(asked('GET', '/order', { query: { include: 'delivery' } })).not.toEqual([]);
    expect(asked('GET', '/order', { query: { sort: 'name' } })).not.toEqual([]);
    expect(asked('GET', '/order', { query: { perPage: '5' } })).not.toEqual([]);
    expect(asked('PUT', '/offers', { body: { offers: [{ price: 1 }] } })).not.toEqual([]);
    expect(asked('PUT', '/offers', { body: { offers: [{ sku: 'A', quantity: 1 }] } })).not.toEqual([]);
    expect(asked('PUT', '/offers/stocks', { body: [{ sku: 'A', quantity: 1 }] })).not.toEqual([]);
    const tooMany = Array.from({ length: 10_001 }, () => ({ sku: 'A', quantity: 1 }));
    expect(asked('PUT', '/offers/stocks', { body: { warehouse_id: 1, stocks: tooMany } })).not.toEqual([]);
  });
});

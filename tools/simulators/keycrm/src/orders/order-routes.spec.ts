import { openSampleShop, type SampleShop } from '../sample-shop.js';
import type { SwitchChanges } from '../switches.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
});
afterEach(() => shop.simulator.close());

const order = (id: number, include = '') => shop.call('GET', `/order/${id}${include && `?include=${include}`}`);
const ids = async (query: string) => (await shop.call('GET', `/order?${query}`)).body.data.map(({ id }: { id: number }) => id);
const at = (changes: SwitchChanges) => shop.control.setSwitches(changes);

function place(wanted: Partial<Parameters<typeof shop.control.createOrder>[0]> = {}): number {
  return shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 2 }], buyer: { fullName: 'Test Buyer', phone: '+380670000001' }, ...wanted }).id;
}

describe('lists', () => {
  test('come newest first, in windows that drift', async () => {
    const [a, b, c] = [place(), place(), place()];
    expect(await ids('limit=2')).toEqual([c, b]);
    place();
    expect(await ids('limit=2&page=2')).toEqual([b, a]);
    expect(await ids('sort=id&limit=2')).toEqual([a, b]);
    expect((await shop.call('GET', '/order?limit=2')).body).not.toHaveProperty('path');
    at({ pageKeys: 'more' });
    expect((await shop.call('GET', '/order?limit=2&page=2')).body).toMatchObject({ from: 3, to: 4, prev_page_url: expect.stringMatching(/\/order\?page=1$/) });
  });

  test('a filter or include that is none answers with what is allowed', async () => {
    expect(await shop.call('GET', '/order?filter[closed_between]=x')).toMatchObject({ status: 400, body: { message: expect.stringContaining('updated_between') } });
    expect(await shop.call('GET', '/order?include=delivery')).toMatchObject({ status: 400, body: { message: expect.stringContaining('shipping.deliveryService') } });
    expect(await shop.call('GET', `/order/${place()}?include=products.warehouse`)).toMatchObject({ status: 400 });
    expect(await shop.call('GET', '/products?include=offers')).toMatchObject({ status: 400 });
  });

  test.each<[SwitchChanges, number]>([
    [{ nestedFilter: 'refused' }, 400],
    [{ nestedFilter: 'ignored' }, 200],
  ])('K7: an unknown filter with a key inside %j', async (changes, status) => {
    at(changes);
    const refused = expect.stringContaining('`created_at` are not allowed');
    const reply = await shop.call('GET', '/order?filter[created_at][from]=2026-03-01');
    expect(reply).toMatchObject({ status, body: status === 400 ? { message: refused } : { total: 0 } });
    expect((await shop.call('GET', '/order?filter[status_id][]=1')).status).toBe(200);
    expect((await shop.call('GET', '/offers/stocks?filter[created_at][from]=2026-03-01')).status).toBe(200);
  });

  test('are sorted by what is described or was seen to work', async () => {
    const [a, b] = [place(), place()];
    expect(await ids('sort=-updated_at')).toHaveLength(2);
    expect(await ids('sort=id')).toEqual([a, b]);
    expect(await shop.call('GET', '/order?sort=ordered_at')).toMatchObject({ status: 400 });
  });

  test('created_between looks at the moment of ordering', async () => {
    const old = place({ orderedAt: '2026-03-01 09:11:02' });
    place();
    expect(await ids('filter[created_between]=2026-03-01,2026-03-02')).toEqual([old]);
    expect(await ids('filter[created_between]=2026-03-01 09:11:02,2026-03-01 09:11:02')).toEqual([old]);
    at({ rangeBounds: 'exclusive' });
    expect(await ids('filter[created_between]=2026-03-01 09:11:02,2026-03-01 09:11:03')).toEqual([]);
  });

  test('orders that never changed may escape updated_between', async () => {
    const id = place();
    const wide = 'filter[updated_between]=2026-01-01,2999-01-01';
    at({ freshOrdersInUpdatedBetween: 'missed' });
    expect(await ids(wide)).toEqual([]);
    shop.control.moveStatus({ orderId: id, statusId: 2 });
    expect(await ids(wide)).toEqual([id]);
  });

  test('filters', async () => {
    const a = place({ sourceUuid: '№20417', shipping: { tracking_code: '2045', shipping_date_actual: '2026-03-05T00:00:00.000000Z' } });
    const b = place({ payments: [{ amount: 500 }], buyer: { email: 'b@example.com' } });
    shop.control.moveStatus({ orderId: b, statusId: 4 });
    expect(await ids('filter[source_uuid]=№20417')).toEqual([a]);
    expect(await ids('filter[has_tracking_code]=true')).toEqual([a]);
    expect(await ids('filter[has_tracking_code]=false')).toEqual([b]);
    expect(await ids('filter[shipping_between]=2026-03-05,2026-03-05')).toEqual([a]);
    expect(await ids('filter[payment_status]=paid,overpaid')).toEqual([b]);
    expect(await ids('filter[buyer_email]=b@example.com')).toEqual([b]);
    expect(await ids('filter[buyer_phone]=%2B380670000001')).toEqual([a]);
    expect(await ids('filter[status_id]=4,5&filter[source_id]=1')).toEqual([b]);
  });
});

describe('an order as it is read', () => {
  test('has nothing nested unless asked for', async () => {
    const id = place();
    const plain = (await order(id)).body;
    for (const key of ['buyer', 'products', 'payments', 'shipping', 'custom_fields', 'status']) expect(plain).not.toHaveProperty(key);
    const { body } = await order(id, 'buyer,products.offer,payments,shipping,customFields,status,productsCount');
    expect(body).toMatchObject({
      buyer: { full_name: 'Test Buyer', phone: '+380670000001' },
      products: [{ sku: 'MUG', quantity: 2, shipment_type: 'warehouse', warehouse: { id: 1, name: 'Main' }, offer: { sku: 'MUG', weight: 420 } }],
      payments: [],
      shipping: {},
      custom_fields: [],
      status: { id: 1 },
      products_count: 1,
    });
    expect((await order(id, 'products')).body.products[0]).not.toHaveProperty('offer');
  });

  test('tells how many there are, or whether any, of whatever may be nested', async () => {
    const { body } = await order(place({ tags: [], expenses: [{ amount: 1 }] }), 'productsCount,expensesExists,buyerExists,tagsCount,shippingExists');
    expect(body).toMatchObject({ products_count: 1, expenses_exists: true, buyer_exists: true, tags_count: 0, shipping_exists: false });
    expect(body).not.toHaveProperty('expenses');
  });

  test('mixes two forms of dates', async () => {
    const id = place({ statusId: 12 });
    const { body } = await order(id);
    expect(body.updated_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/);
    expect(body.closed_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    at({ dateForm: 'plain' });
    expect((await order(id)).body.updated_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    at({ dateForm: 'micros' });
    expect((await order(id)).body.closed_at).toMatch(/\.000000Z$/);
  });

  test('gives numbers as numbers or texts', async () => {
    const id = place();
    expect((await order(id)).body.grand_total).toBe(500);
    at({ numberForm: 'strings2' });
    expect((await order(id)).body).toMatchObject({ id, grand_total: '500.00' });
    at({ numberForm: 'strings3' });
    expect((await order(id, 'products')).body.products[0].quantity).toBe('2.000');
  });

  test('leaves out what is not certain to be there', async () => {
    const id = place({ lines: [{ sku: 'MUG', quantity: 1, warehouseId: null }, { name: 'Engraving', price: 30, quantity: 1, shipmentType: 'manufacturing' }] });
    const lines = async () => (await order(id, 'products.offer')).body.products;
    expect((await lines())[0]).not.toHaveProperty('warehouse');
    expect((await lines())[1]).toMatchObject({ sku: null, offer: null, shipment_type: 'manufacturing' });
    at({ lineWithoutWarehouse: 'null', lineId: 'hidden', lineStockStatus: 'absent', liveOrderKeys: 'absent' });
    expect((await lines())[0].warehouse).toBeNull();
    expect((await lines())[0]).not.toHaveProperty('id');
    expect((await lines())[0]).not.toHaveProperty('stock_status');
    expect((await order(id)).body).not.toHaveProperty('payments_total');
  });

  test.each<[SwitchChanges, unknown]>([
    [{ orderWarehouse: 'absent' }, undefined],
    [{ orderWarehouse: 'null' }, null],
    [{ orderWarehouse: 'id' }, 1],
    [{ orderWarehouse: 'object' }, { id: 1, name: 'Main', description: null, is_active: true }],
  ])('a warehouse of its own %j', async (changes, warehouse) => {
    at(changes);
    expect((await order(place())).body.warehouse).toEqual(warehouse);
  });

  test('says in several ways that there is nothing', async () => {
    const id = place({ buyer: null, shippingPrice: 5 });
    expect((await order(id, 'buyer')).body).toMatchObject({ buyer: null, shipping_price: 5, wrap_price: 0, taxes: 0 });
    at({ orderWithoutBuyer: 'absent', unsetMoney: 'null' });
    expect((await order(id, 'buyer')).body).toMatchObject({ shipping_price: 5, wrap_price: null, taxes: null });
    expect((await order(id, 'buyer')).body).not.toHaveProperty('buyer');
  });

  test('a picture is an address or an object, a unit comes from the product', async () => {
    shop.control.createGoods({ goods: [{ name: 'Cloth', sku: 'CLOTH', unitType: 'м' }] });
    const id = place({ lines: [{ sku: 'CLOTH', quantity: '1.5', picture: 'https://pic/1' }, { sku: 'MUG', quantity: 1 }] });
    const lines = async () => (await order(id, 'products')).body.products;
    expect(await lines()).toMatchObject([{ picture: 'https://pic/1', unit_type: 'м' }, { picture: null, unit_type: null }]);
    at({ linePicture: 'object' });
    expect((await lines())[0].picture).toEqual({ thumbnail: 'https://pic/1' });
  });

  test('the day of delivery has the form of other dates', async () => {
    const id = place({ shipping: { shipping_date_actual: '2026-03-05' } });
    const day = async () => (await order(id, 'shipping')).body.shipping.shipping_date_actual;
    expect(await day()).toBe('2026-03-05T00:00:00.000000Z');
    at({ dateForm: 'plain' });
    expect(await day()).toBe('2026-03-05 00:00:00');
  });

  test('a deleted order is gone without a trace', async () => {
    const id = place();
    shop.control.deleteOrder({ orderId: id });
    expect((await order(id)).status).toBe(404);
    expect(await ids('')).toEqual([]);
  });

  test('a status that is listed no more keeps its orders', async () => {
    const id = place({ statusId: 4 });
    shop.control.deactivateStatus({ statusId: 4 });
    const listed = (await shop.call('GET', '/order/status?limit=50')).body.data;
    expect(listed.map((status: { id: number }) => status.id)).not.toContain(4);
    expect((await order(id, 'status')).body).toMatchObject({ status_id: 4, status: { is_active: false } });
  });
});

test.each<[SwitchChanges, unknown[]]>([
  [{ selectFieldValue: 'list' }, [['sea'], ['road', 'sea'], '7']],
  [{ selectFieldValue: 'text' }, ['sea', ['road', 'sea'], '7']],
])('K9: a choice as list or text %j', async (changes, values) => {
  at(changes);
  const filled: Record<string, string | string[]>[] = [{ OR_1045: 'sea' }, { OR_1045: ['road', 'sea'], OR_1044: '7' }];
  const orderIds = filled.map((customFields) => place({ customFields }));
  const fields = await Promise.all(orderIds.map(async (id) => (await order(id, 'custom_fields')).body.custom_fields));
  expect(fields.flat().map(({ value }) => value)).toEqual(values);
});

describe('PUT', () => {
  const put = (id: number, body: unknown) => shop.call('PUT', `/order/${id}`, body);

  test('sets custom fields and nothing else', async () => {
    const id = place();
    const before = (await order(id)).body;
    const reply = await put(id, { custom_fields: [{ uuid: 'OR_1044', value: '000117' }] });
    expect(reply).toMatchObject({ status: 202, body: { id, status_id: before.status_id } });
    expect((await order(id, 'custom_fields')).body.custom_fields).toEqual([{ id: 1001, uuid: 'OR_1044', name: 'Document', type: 'text', value: '000117' }]);
    await put(id, { custom_fields: [{ uuid: 'OR_1044', value: '' }] });
    expect((await order(id, 'custom_fields')).body.custom_fields).toEqual([]);
  });

  test('knows its fields and their options', async () => {
    const id = place();
    expect((await put(id, { custom_fields: [{ uuid: 'OR_1045', value: 'air' }] })).body.errors).toHaveProperty(['custom_fields.0.value']);
    expect((await put(id, { custom_fields: [{ uuid: 'OR_9', value: 'x' }] })).status).toBe(202);
    await put(id, { custom_fields: [{ uuid: 'OR_1045', value: 'sea' }] });
    expect((await order(id, 'custom_fields')).body.custom_fields).toMatchObject([{ uuid: 'OR_1045', value: ['sea'] }]);
    at({ unknownCustomField: 'rejected' });
    expect((await put(id, { custom_fields: [{ uuid: 'OR_9', value: 'x' }] })).status).toBe(422);
  });

  test('edits lines but never adds one', async () => {
    const id = place();
    await put(id, { products: [{ sku: 'MUG', quantity: 3, price: 100, discount_percent: 10 }, { sku: 'SHIRT-R', quantity: 1 }] });
    expect((await order(id, 'products')).body).toMatchObject({ grand_total: 270, products: [{ sku: 'MUG', quantity: 3 }] });
    await put(id, { products: [{ sku: 'MUG', product_status_id: 2 }] });
    await put(id, { products: [{ sku: 'MUG', product_status_id: null }] });
    expect((await order(id, 'products')).body.products[0].product_status_id).toBeNull();
    at({ unknownLine: 'rejected' });
    expect((await put(id, { products: [{ sku: 'SHIRT-R', quantity: 1 }] })).status).toBe(422);
  });

  test('sets a quantity to 0 and keeps the line', async () => {
    const lines = [{ sku: 'MUG', quantity: 2, discountAmount: 20 }, { sku: 'SHIRT-R', quantity: 1 }];
    const id = place({ lines, shippingPrice: 50 });
    await put(id, { products: [{ sku: 'MUG', quantity: 0 }] });
    const nothing = { sku: 'MUG', quantity: 0, price: 250, total_discount: 0 };
    const read = async () => (await order(id, 'products')).body;
    expect(await read()).toMatchObject({ grand_total: 550, products: [nothing, { sku: 'SHIRT-R' }] });
    const [, shirt] = shop.control.state().orders[0]?.lines ?? [];
    shop.control.editLines({ orderId: id, change: [{ lineId: shirt?.id ?? 0, quantity: 0 }] });
    expect(await read()).toMatchObject({ grand_total: 50, products: [nothing, { quantity: 0 }] });
  });

  test('refuses a second tracking code', async () => {
    const id = place();
    const track = () => put(id, { shipping: { tracking_code: '2045' } });
    expect((await track()).status).toBe(202);
    expect((await track()).status).toBe(422);
    at({ secondTrackingCode: '400' });
    expect((await track()).status).toBe(400);
  });

  test('moves the status, and the stock with it unless the account does not', async () => {
    await put(place(), { status_id: 11 });
    expect(shop.control.movements().at(-1)).toMatchObject({ reason: 'write-off', quantityChange: '-2' });
    at({ apiStatusMovesStock: 'stays' });
    const count = shop.control.movements().length;
    expect((await put(place(), { status_id: 11 })).body.status_id).toBe(11);
    expect(shop.control.movements()).toHaveLength(count);
    expect((await put(place(), { status_id: 999 })).body.errors).toHaveProperty('status_id');
  });

  test('of a closed or unknown order', async () => {
    const id = place({ statusId: 12 });
    expect((await put(id, { manager_comment: 'x' })).status).toBe(202);
    at({ closedOrderEdit: 'rejected' });
    expect((await put(id, { manager_comment: 'y' })).status).toBe(422);
    at({ closedOrderEdit: 'rejected-400' });
    expect((await put(id, { manager_comment: 'y' })).status).toBe(400);
    expect((await put(1, {})).status).toBe(404);
  });
});

describe('updated_at', () => {
  const changes: Record<string, (id: number) => unknown> = {
    updatedAtMovesOnStatusChange: (orderId) => shop.control.moveStatus({ orderId, statusId: 2 }),
    updatedAtMovesOnPayment: (orderId) => shop.control.addPayment({ orderId, amount: 1 }),
    updatedAtMovesOnLines: (orderId) => shop.control.editLines({ orderId, add: [{ sku: 'MUG', quantity: 1 }] }),
    updatedAtMovesOnCustomFields: (orderId) => shop.call('PUT', `/order/${orderId}`, { custom_fields: [{ uuid: 'OR_1044', value: '1' }] }),
    updatedAtMovesOnFields: (orderId) => shop.control.editOrder({ orderId, discountAmount: 1 }),
    updatedAtMovesOnBuyer: (orderId) => shop.control.changeBuyer({ orderId, buyer: { fullName: 'Another' } }),
  };

  test.each(Object.keys(changes))('%s', async (name) => {
    const isNoticed = async (position: string) => {
      at({ [name]: position });
      const id = place();
      await changes[name]?.(id);
      return shop.control.state().orders.find((one) => one.id === id)?.everChanged;
    };
    expect([await isNoticed('moves'), await isNoticed('stays')]).toEqual([true, false]);
  });
});

describe('POST', () => {
  const post = (body: Record<string, unknown>) => shop.call('POST', '/order', { source_id: 1, buyer: { full_name: 'New Buyer', phone: '+380670000009' }, ...body });

  test('starts in the first status with the source’s warehouse, bound by SKU', async () => {
    const { status, body } = await post({ products: [{ sku: 'MUG', quantity: 1.5 }, { sku: 'UNKNOWN', name: 'One-off', price: 7 }] });
    expect([status, body.status_id, body.grand_total]).toEqual([201, 1, 382]);
    expect((await order(body.id, 'products.offer')).body.products).toMatchObject([{ warehouse: { id: 1 }, offer: { sku: 'MUG' } }, { sku: 'UNKNOWN', offer: null }]);
    at({ defaultWarehouse: 'none' });
    const other = (await post({ products: [{ sku: 'MUG' }] })).body.id;
    expect((await order(other, 'products')).body.products[0]).not.toHaveProperty('warehouse');
  });

  test.each<[SwitchChanges, number | null]>([
    [{ lineRepeatedSku: 'first' }, 10],
    [{ lineRepeatedSku: 'last' }, 11],
    [{ lineRepeatedSku: 'none' }, null],
  ])('a SKU of several offers %j', async (changes, price) => {
    at(changes);
    const { body } = await post({ products: [{ sku: 'TWIN' }] });
    expect((await order(body.id, 'products.offer')).body.products[0].offer?.price ?? null).toBe(price);
  });

  test.each<[SwitchChanges, string | null]>([
    [{ lineBindsBy: 'sku' }, null],
    [{ lineBindsBy: 'sku-or-offer-id' }, 'MUG'],
  ])('an offer id on a line %j', async (changes, sku) => {
    at(changes);
    const { body } = await post({ products: [{ offer_id: 1001 }] });
    expect((await order(body.id, 'products.offer')).body.products[0].offer?.sku ?? null).toBe(sku);
  });

  test('K2: names its source, which is made on first use', async () => {
    const buyer = { full_name: 'X' };
    const named = (body: Record<string, unknown>) => shop.call('POST', '/order', { buyer, ...body });
    const sources = () => shop.control.state().sources.map(({ name, currencyCode }) => [name, currencyCode]);
    shop.control.configure({ settings: { currencyCode: 'PLN' } });
    expect((await named({ source_name: 'OpenCart', products: [{ quantity: 'x' }] })).status).toBe(422);
    expect(sources()).toEqual([['Site', 'UAH']]);
    const [first, second] = [await named({ source_name: 'OpenCart' }), await named({ source_name: 'OpenCart' })];
    expect([first.status, first.body.source_id, second.body.source_id]).toEqual([201, 2, 2]);
    expect(sources()).toEqual([['Site', 'UAH'], ['OpenCart', 'PLN']]);
    expect((await named({ source_name: 'OpenCart', source_id: 1 })).body.source_id).toBe(1);
    expect((await named({ source_name: 'Site' })).body.source_id).toBe(1);
    expect((await named({ source_name: '' })).body.errors).toHaveProperty('source_id');
    expect((await named({ source_name: 7 })).body.errors).toHaveProperty('source_name');
    expect((await shop.call('POST', '/order/import', { orders: [{ source_name: 'Prom', buyer }] })).status).toBe(201);
    expect(sources()).toHaveLength(3);
  });

  test('names every bad field', async () => {
    expect((await shop.call('POST', '/order', {})).body.errors).toMatchObject({ source_id: [expect.any(String)], buyer: [expect.any(String)] });
    expect((await post({ tags: ['vip'], products: [{ quantity: 'x' }] })).body.errors).toMatchObject({ 'tags.0': [expect.any(String)], 'products.0.quantity': [expect.any(String)] });
  });

  test('an import names bad rows, and is taken whole or row by row', async () => {
    const load = () => shop.call('POST', '/order/import', { orders: [{ source_id: 1, buyer: { full_name: 'X' }, source_uuid: 115, manager_id: 1 }, { source_id: 1 }] });
    expect((await load()).body.errors).toHaveProperty(['orders.1.buyer']);
    expect(await ids('')).toEqual([]);
    at({ importAtomicity: 'valid-rows' });
    expect(await load()).toMatchObject({ status: 201, text: '' });
    expect((await shop.call('GET', '/order?filter[source_uuid]=115')).body.data).toMatchObject([{ source_uuid: '115', manager_id: null }]);
    expect((await shop.call('POST', '/order/import', { orders: Array.from({ length: 51 }, () => ({})) })).status).toBe(422);
  });

  test('a delivery service is known by its name, too', async () => {
    const { body } = await post({ shipping: { shipping_service: 'Укрпошта', shipping_cost: 50 } });
    expect((await order(body.id, 'shipping.deliveryService')).body).toMatchObject({ shipping_price: 0, shipping: { delivery_service_id: 2, deliveryService: { id: 2 } } });
  });

  test('texts are texts', async () => {
    expect((await post({ promocode: 5, products: [{ sku: 7 }] })).body.errors).toMatchObject({ promocode: [expect.any(String)], 'products.0.sku': [expect.any(String)] });
  });

  test('a payment with both keys of a method falls to Other', async () => {
    const { body } = await post({ payments: [{ amount: 1, payment_method_id: 2, payment_method: 'card' }] });
    expect((await order(body.id, 'payments')).body.payments[0].payment_method_id).toBe(5);
  });

  test('a payment names its method and is dated now unless told', async () => {
    expect((await post({ payments: [{ amount: 1 }] })).body.errors).toHaveProperty(['payments.0.payment_method_id']);
    const { body } = await post({ payments: [{ amount: 1, payment_method: 'card', status: 'not_paid' }] });
    expect((await order(body.id, 'payments')).body.payments[0]).toMatchObject({ payment_method_id: 2, payment_date: expect.any(String), actual_amount: 1 });
  });

  test('source_uuid may have to be unique', async () => {
    expect([(await post({ source_uuid: 'A' })).status, (await post({ source_uuid: 'A' })).status]).toEqual([201, 201]);
    at({ sourceUuid: 'unique' });
    expect((await post({ source_uuid: 'A' })).status).toBe(422);
  });

  test('an existing buyer is found or not', async () => {
    const buyerOf = async () => (await order((await post({})).body.id, 'buyer')).body.buyer.id;
    const known = await buyerOf();
    expect(await buyerOf()).toBe(known);
    at({ buyerMatch: 'phone' });
    expect(await buyerOf()).toBe(known);
    const byEmail = async () => (await order((await post({ buyer: { email: 'a@example.com' } })).body.id, 'buyer')).body.buyer.id;
    expect(await byEmail()).not.toBe(await byEmail());
    at({ buyerMatch: 'none' });
    expect(await buyerOf()).not.toBe(known);
  });
});

test('merged buyers: the old id is gone, orders point to the survivor', async () => {
  const [a, b] = [place(), place({ buyer: { phone: '+380670000002' } })];
  const buyerOf = async (id: number) => (await order(id, 'buyer')).body.buyer.id;
  const [kept, gone] = [await buyerOf(a), await buyerOf(b)];
  shop.control.mergeBuyers({ intoId: kept, fromId: gone });
  expect((await shop.call('GET', `/buyer/${gone}`)).status).toBe(404);
  expect(await buyerOf(b)).toBe(kept);
});

describe('payments by hand', () => {
  test('a paid one is only cancelled, a cancelled one stays', () => {
    const { id, paymentId } = paid();
    const set = (status: 'paid' | 'not_paid' | 'canceled') => () => shop.control.setPaymentStatus({ orderId: id, paymentId, status });
    expect(set('not_paid')).toThrow(/only be cancelled/);
    set('canceled')();
    expect(set('paid')).toThrow(/for good/);
  });

  test('those of a completed order stay', () => {
    const { id, paymentId } = paid();
    shop.control.moveStatus({ orderId: id, statusId: 12 });
    expect(() => shop.control.setPaymentStatus({ orderId: id, paymentId, status: 'canceled' })).toThrow(/completed/);
  });

  function paid() {
    const id = place({ payments: [{ amount: 500 }] });
    return { id, paymentId: shop.control.state().orders.find((one) => one.id === id)?.payments[0]?.id ?? 0 };
  }
});

test.each<[SwitchChanges, { expenses_sum: number; expenses: unknown[] }]>([
  [{ expensesOnCancel: 'kept' }, { expenses_sum: 10, expenses: [{ status: 'paid' }] }],
  [{ expensesOnCancel: 'canceled' }, { expenses_sum: 0, expenses: [{ status: 'canceled' }] }],
])('expenses of a cancelled order %j', async (changes, left) => {
  at(changes);
  const id = place({ expenses: [{ amount: 10 }] });
  shop.control.moveStatus({ orderId: id, statusId: 19 });
  expect((await order(id, 'expenses')).body).toMatchObject(left);
});

test('a merged order gives its discount too, its percent as money', async () => {
  const [into, from] = [place({ discountAmount: 10 }), place({ discountPercent: 10 })];
  expect(() => shop.control.mergeOrders({ intoId: into, fromId: from, cancelStatusId: 12 })).toThrow(/cancels nothing/);
  shop.control.mergeOrders({ intoId: into, fromId: from, cancelStatusId: 19 });
  expect((await order(into)).body).toMatchObject({ grand_total: 940, discount_amount: 60 });
  expect((await order(from)).body).toMatchObject({ grand_total: 0, status_id: 19 });
});

test('a cancelled order has no payments left', async () => {
  const id = place({ payments: [{ amount: 500 }] });
  shop.control.moveStatus({ orderId: id, statusId: 19 });
  expect((await order(id, 'payments')).body).toMatchObject({ payment_status: 'not_paid', payments: [{ status: 'canceled' }] });
});

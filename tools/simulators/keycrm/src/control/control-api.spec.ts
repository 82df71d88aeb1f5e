import { openSampleShop, type SampleShop } from '../sample-shop.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
});
afterEach(() => shop.simulator.close());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- specs look into answers of every shape
async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  const response = await fetch(shop.simulator.controlUrl + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

test('accounts are made, named and driven', async () => {
  expect(await control('POST', '/accounts', { name: 'my shop', apiKey: 'k2', switches: { numberForm: 'strings2' } })).toEqual({ status: 200, body: { name: 'my shop' } });
  expect((await control('GET', '/accounts')).body).toEqual(['shop', 'my shop']);
  expect((await control('POST', '/accounts/my%20shop/createWarehouse', { name: 'Main' })).body).toEqual({ id: 1, name: 'Main', description: null, isActive: true });
  expect(shop.simulator.account('my shop').state().warehouses).toHaveLength(1);
});

test('the state is exact, whatever form the answers have', async () => {
  shop.control.setSwitches({ numberForm: 'strings3', dateForm: 'plain' });
  const { body: order } = await control('POST', '/accounts/shop/createOrder', {
    lines: [{ sku: 'MUG', quantity: '1.125', discountAmount: 10 }],
    buyer: { fullName: 'Test Buyer' },
    recipient: { fullName: 'Another', phone: '+380670000003' },
    orderedAt: '2026-03-01 10:00:00',
    customFields: { OR_1044: '7' },
  });
  const { body: state } = await control('GET', '/accounts/shop/state');
  expect(state.orders).toMatchObject([
    {
      id: order.id,
      orderedAt: '2026-03-01T10:00:00.000Z',
      grandTotal: '271.25',
      customFields: { OR_1044: '7' },
      shipping: { recipient_full_name: 'Another' },
      buyer: { fullName: 'Test Buyer' },
      lines: [{ id: order.lineIds[0], quantity: '1.125', price: '250', warehouseId: 1, state: null }],
    },
  ]);
  expect(state.offers[0]).toMatchObject({ sku: 'MUG', price: '250', weight: '420', quantity: '15', reserve: '0', stocks: [{ warehouseId: 1, quantity: '10' }, { warehouseId: 2 }] });
});

test('logs are read since a number, and cleared', async () => {
  await shop.call('GET', '/users?limit=3');
  await shop.call('PUT', '/offers', { offers: [{ sku: 'MUG', price: 1 }] });
  const { body } = await control('GET', '/accounts/shop/requests?since=1');
  expect(body).toMatchObject([{ seq: 2, operation: 'PUT /offers', executed: true, status: 202, answer: { status: true }, request: { body: { offers: [{ sku: 'MUG' }] } } }]);
  expect((await control('GET', '/accounts/shop/movements?since=1')).body).toMatchObject([{ seq: 2, reason: 'receipt', quantity: '5' }]);
  await control('POST', '/accounts/shop/clearLog');
  expect((await control('GET', '/accounts/shop/requests')).body).toEqual([]);
});

describe('what a tester does by hand', () => {
  test('stock is counted, whatever was there', async () => {
    shop.control.setStock({ warehouseId: 1, rows: [{ sku: 'MUG', quantity: '3.5' }] });
    expect(shop.control.state().offers[0]).toMatchObject({ quantity: '8.5' });
    expect(shop.control.movements().at(-1)).toMatchObject({ reason: 'inventory', quantityChange: '-6.5', quantity: '3.5' });
  });

  test('a SKU changes in the catalogue, not in orders', async () => {
    const { id } = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
    shop.control.changeSku({ sku: 'MUG', newSku: 'CUP' });
    expect((await shop.call('GET', `/order/${id}?include=products.offer`)).body.products).toMatchObject([{ sku: 'MUG', offer: { sku: 'CUP' } }]);
    expect((await shop.call('GET', '/offers?filter[sku]=CUP')).body.total).toBe(1);
    expect((await shop.call('PUT', '/offers', { offers: [{ sku: 'CUP', price: 7 }, { sku: 'MUG', price: 8 }] })).status).toBe(422);
    shop.control.changeSku({ sku: 'CUP', newSku: null });
    expect(shop.control.state().offers[0]?.sku).toBeNull();
  });

  test('a deleted status is listed no more and keeps its orders', async () => {
    const { id: statusId } = shop.control.createStatus({ name: "Передано кур'єру", groupId: 4 });
    const { id } = shop.control.createOrder({ lines: [], statusId });
    expect((await shop.call('GET', `/order/${id}?include=status`)).body.status).toMatchObject({ alias: 'peredano_kurjeru', deleted_at: null });
    shop.control.deleteStatus({ statusId });
    expect((await shop.call('GET', '/order/status?limit=50')).body.total).toBe(19);
    expect((await shop.call('GET', `/order/${id}?include=status`)).body.status.deleted_at).toMatch(/Z$/);
    expect((await shop.call('PUT', `/order/${shop.control.createOrder({ lines: [] }).id}`, { status_id: statusId })).status).toBe(422);
  });

  test('a renamed status of the system stays its own', () => {
    expect(shop.control.createStatus({ id: 4, name: 'Рахунок виставлено', groupId: 2 })).toMatchObject({ alias: 'raxunok_vistavleno', isReserved: true });
  });

  test('an order is backdated, a buyer made before any order', async () => {
    const buyer = shop.control.createBuyer({ fullName: 'Early Buyer', phone: '+380670000007' });
    const { id } = shop.control.createOrder({ lines: [], buyer: { phone: '+380670000007' } });
    shop.control.editOrder({ orderId: id, orderedAt: '2026-02-01 10:00:00' });
    expect((await shop.call('GET', '/order?filter[created_between]=2026-02-01,2026-02-02&include=buyer')).body.data).toMatchObject([{ id, buyer: { id: buyer.id } }]);
  });

  test('a recipient is named, changed and removed', async () => {
    const recipient = { fullName: 'Another', phone: '+380670000003' };
    const { id } = shop.control.createOrder({ lines: [], recipient, shipping: { tracking_code: '2045' } });
    const shipping = async () => (await shop.call('GET', `/order/${id}?include=shipping`)).body.shipping;
    shop.control.changeRecipient({ orderId: id, recipient: { phone: null } });
    expect(await shipping()).toEqual({ recipient_full_name: 'Another', tracking_code: '2045' });
    shop.control.changeRecipient({ orderId: id, recipient: null });
    expect(await shipping()).toEqual({ tracking_code: '2045' });
    shop.control.editOrder({ orderId: id, shipping: { tracking_code: null, recipient_full_name: 'Third' } });
    expect(await shipping()).toEqual({ recipient_full_name: 'Third' });
  });

  test('a buyer gets a phone, an order gets another buyer or none', async () => {
    const { id } = shop.control.createOrder({ lines: [], buyer: { fullName: 'First' } });
    const other = shop.control.createBuyer({ fullName: 'Second', phone: '+380670000002' });
    const buyer = async () => (await shop.call('GET', `/order/${id}?include=buyer`)).body.buyer;
    shop.control.changeBuyer({ orderId: id, buyer: { phone: '+380670000001' } });
    expect(await buyer()).toMatchObject({ full_name: 'First', phone: '+380670000001' });
    shop.control.assignBuyer({ orderId: id, buyerId: other.id });
    expect(await buyer()).toMatchObject({ id: other.id, full_name: 'Second' });
    shop.control.assignBuyer({ orderId: id, buyerId: null });
    expect(await buyer()).toBeNull();
  });

  test('lines are edited whole or not at all', () => {
    const { id, lineIds } = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
    expect(() => shop.control.editLines({ orderId: id, change: [{ lineId: lineIds[0] ?? 0, quantity: 5 }], remove: [1] })).toThrow(/no line 1/);
    expect(shop.control.state().orders[0]?.lines[0]?.quantity).toBe('1');
  });
});

describe('texts may hold what no database takes', () => {
  const odd = 'A\u0000B\ud83d';

  test.each(['in the process', 'over HTTP'])('in every text of an account, set %s', async (way) => {
    const say = async (verb: string, wanted: Record<string, unknown>) => {
      if (way === 'over HTTP') return (await control('POST', `/accounts/shop/${verb}`, wanted)).body;
      return (shop.control as unknown as Record<string, (body: unknown) => unknown>)[verb]?.(wanted);
    };
    await say('createGoods', { goods: [{ name: `${odd} good`, sku: `${odd}-1` }] });
    await say('changeProduct', { sku: 'MUG', name: odd });
    const status = await say('createStatus', { name: odd, groupId: 2 });
    await say('createSource', { name: odd });
    const people = { buyer: { fullName: odd }, recipient: { fullName: odd } };
    const texts = { sourceName: odd, managerComment: odd, buyerComment: odd, customFields: { OR_1044: odd } };
    const lines = [{ sku: 'MUG', quantity: 1, comment: odd }];
    const { id } = await say('createOrder', { ...people, ...texts, lines, statusId: status.id });
    const { body } = await shop.call('GET', `/order/${id}?include=buyer,products,shipping,status,custom_fields`);
    expect(body).toMatchObject({
      manager_comment: odd,
      buyer_comment: odd,
      buyer: { full_name: odd },
      products: [{ name: odd, comment: odd }],
      shipping: { recipient_full_name: odd },
      status: { name: odd },
      custom_fields: [{ value: odd }],
    });
    expect((await shop.call('GET', '/order/source')).body.data.at(-1)).toMatchObject({ name: odd });
    const goods = (await shop.call('GET', '/offers?include=product&sort=-id')).body.data;
    expect([goods[0].sku, goods[0].product.name, goods.at(-1).product.name]).toEqual([`${odd}-1`, `${odd} good`, odd]);
  });
});

test('faults and switches are set from outside', async () => {
  await control('POST', '/accounts/shop/addFault', { fault: { kind: 'html-error', status: 502 }, times: 1 });
  expect((await shop.call('GET', '/users')).status).toBe(502);
  await control('POST', '/accounts/shop/setSwitches', { archivedByDefault: 'omitted' });
  expect((await control('GET', '/accounts/shop/state')).body.switches.archivedByDefault).toBe('omitted');
  expect((await control('GET', '/accounts/shop/heldBack')).body).toBe(0);
  expect((await control('GET', '/switches')).body.numberForm.positions).toEqual(['plain', 'strings2', 'strings3']);
});

test.each([
  ['POST', '/accounts', { name: 'shop', apiKey: 'new' }, /an account shop already/],
  ['POST', '/accounts', { name: 'new', apiKey: 'shop-key' }, /has this key/],
  ['POST', '/accounts/shop/dance', {}, /verbs are configure/],
  ['POST', '/accounts/nobody/state', {}, /no account nobody/],
  ['GET', '/accounts/shop/clearLog', undefined, /POST it/],
  ['POST', '/accounts/shop/setSwitches', { numberForm: 'x' }, /plain, strings2/],
  ['POST', '/accounts/shop/moveStatus', { orderId: 1, statusId: 1 }, /no order 1/],
  ['POST', '/accounts/shop/moveStatus', { orderId: 1 }, /no order 1/],
  ['POST', '/accounts/shop/createOrder', { lines: [], statusId: 99 }, /no order status 99/],
  ['POST', '/accounts/shop/createOrder', { lines: [{ sku: 'MUG', quantity: 1, warehouseId: 9 }] }, /no warehouse 9/],
  ['POST', '/accounts/shop/createOrder', { lines: [{ offerId: 9, quantity: 1 }] }, /no offer 9/],
  ['POST', '/accounts/shop/createOrder', { lines: [], customFields: { OR_9: 'x' } }, /no custom field OR_9/],
  ['POST', '/accounts/shop/mergeBuyers', { intoId: 1, fromId: 2 }, /no buyer 1/],
  ['POST', '/accounts/shop/configure', { settings: { reserveStatus: 8 } }, /no setting reserveStatus; there are reserveStatusId/],
  ['POST', '/accounts/shop/deleteStatus', { statusId: 4 }, /the system's own/],
  ['POST', '/accounts/shop/addFault', { fault: { kind: 'dalay', ms: 1 } }, /faults are delay/],
  ['POST', '/accounts/shop/addFault', { fault: { kind: 'vendor', name: 'burst' } }, /vendor faults are throttle-burst/],
  ['POST', '/accounts/shop/addFault', { fault: { kind: 'reset-before' }, operation: 'PUT /stock' }, /no operation PUT \/stock; there are .*PUT \/offers\/stocks/],
  ['POST', '/accounts/shop/addFault', { fault: { kind: 'vendor', name: 'page-drift' } }, /a how: inserted, deleted/],
  ['POST', '/accounts/shop/missRow', { operation: 'GET /order/{id}', id: 1 }, /no list GET \/order\/\{id\}/],
  ['POST', '/accounts/shop/missRow', { operation: 'GET /offers', id: 1 }, /no row 1 in GET \/offers/],
  ['POST', '/accounts/shop/useKeyElsewhere', {}, /from 0/],
  ['POST', '/accounts/shop/createOrder', { lines: [], sourceName: 'Nowhere' }, /no source Nowhere/],
  ['POST', '/accounts/shop/changeSource', { sourceId: 9, currencyCode: 'USD' }, /no source 9/],
  ['POST', '/accounts/shop/changeProduct', { sku: 'NO', name: 'x' }, /no offer NO/],
  ['POST', '/accounts/shop/assignBuyer', { orderId: 1, buyerId: 1 }, /no order 1/],
  ['POST', '/accounts/shop/receiveStock', { warehouseId: 9, rows: [{ sku: 'MUG', quantity: 1 }] }, /no warehouse 9/],
])('%s %s %j says what is wrong', async (method, path, body, message) => {
  const reply = await control(method, path, body);
  expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(message)]);
});

import { openSampleShop, reserveStatusId, type SampleShop, writeOffStatusId } from '../sample-shop.js';
import type { SwitchChanges } from '../switches.js';

let shop: SampleShop;
afterEach(() => shop.simulator.close());

const [first, completed, canceled] = [1, 12, 19];

/** Stock of the mug in the first warehouse after moving an order of 3 through statuses. */
async function after(statuses: readonly number[], switches: SwitchChanges = {}) {
  shop = await openSampleShop({ switches });
  const { id } = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 3 }] });
  for (const statusId of statuses) shop.control.moveStatus({ orderId: id, statusId });
  return { id, ...mug() };
}

function mug() {
  const offer = shop.control.state().offers.find(({ sku }) => sku === 'MUG');
  const { quantity, reserve } = offer?.stocks.find(({ warehouseId }) => warehouseId === 1) ?? {};
  return { quantity, reserve };
}

test.each<[string, number[], SwitchChanges, { quantity: string; reserve: string }]>([
  ['a new order holds nothing', [], {}, { quantity: '10', reserve: '0' }],
  ['the reserve status reserves', [reserveStatusId], {}, { quantity: '10', reserve: '3' }],
  ['the reserve stays in later statuses', [reserveStatusId, 9], {}, { quantity: '10', reserve: '3' }],
  ['the write-off status writes off', [reserveStatusId, writeOffStatusId], {}, { quantity: '7', reserve: '0' }],
  ['also without a reserve before', [writeOffStatusId], {}, { quantity: '7', reserve: '0' }],
  ['and stays written off when completed', [writeOffStatusId, completed], {}, { quantity: '7', reserve: '0' }],
  ['entering twice writes off once', [writeOffStatusId, completed, writeOffStatusId], {}, { quantity: '7', reserve: '0' }],
  ['cancelling gives back the reserve', [reserveStatusId, canceled], {}, { quantity: '10', reserve: '0' }],
  ['cancelling gives back written-off goods', [writeOffStatusId, canceled], {}, { quantity: '10', reserve: '0' }],
  ['going back gives back', [writeOffStatusId, first], {}, { quantity: '10', reserve: '0' }],
  ['going back to the reserve status reserves', [writeOffStatusId, reserveStatusId], {}, { quantity: '10', reserve: '3' }],
  ['going back stays', [writeOffStatusId, first], { backFromWriteOff: 'stays' }, { quantity: '7', reserve: '0' }],
  ['a reserve is released', [reserveStatusId, first], {}, { quantity: '10', reserve: '0' }],
  ['a reserve is kept', [reserveStatusId, first], { backFromReserve: 'kept' }, { quantity: '10', reserve: '3' }],
  ['a status passed over is ignored', [completed], {}, { quantity: '10', reserve: '0' }],
  ['a status passed over is caught up', [completed], { skippedStockStatus: 'caught-up' }, { quantity: '7', reserve: '0' }],
  ['nothing moves while stock is not managed', [reserveStatusId, writeOffStatusId], { stockManagement: 'off' }, { quantity: '10', reserve: '0' }],
])('%s', async (_name, statuses, switches, stock) => {
  expect(await after(statuses, switches)).toMatchObject(stock);
});

test.each<[number[], SwitchChanges]>([
  [[reserveStatusId, writeOffStatusId, completed], { ordersWriteOff: 'never' }],
  [[completed], { ordersWriteOff: 'never', skippedStockStatus: 'caught-up' }],
])('K1: moving to %j moves no stock where orders never write off %j', async (statuses, switches) => {
  expect(await after(statuses, switches)).toMatchObject({ quantity: '10', reserve: '0' });
});

test('K1: where orders never write off, stock is written and shown all the same', async () => {
  const { id } = await after([writeOffStatusId], { ordersWriteOff: 'never' });
  await shop.call('PUT', `/order/${id}`, { status_id: completed, products: [{ sku: 'MUG', quantity: 1 }] });
  expect(mug()).toEqual({ quantity: '10', reserve: '0' });
  const lines = [{ state: null, quantity: '1', warehouseId: 1 }];
  expect(shop.control.state().orders[0]).toMatchObject({ statusId: completed, stockStage: 'none', lines });
  await shop.call('PUT', '/offers/stocks', { warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 7 }] });
  const { body } = await shop.call('GET', '/offers/stocks?filter[offers_sku]=MUG&filter[details]=true');
  expect(body.data[0]).toMatchObject({ quantity: 12, reserve: 0, warehouse: [{ quantity: 7 }, { quantity: 5 }] });
});

test('a line set to 0 stays as a line of nothing and gives back what it held', async () => {
  const { id } = await after([writeOffStatusId]);
  expect((await shop.call('PUT', `/order/${id}`, { products: [{ sku: 'MUG', quantity: 0 }] })).status).toBe(202);
  expect(mug()).toEqual({ quantity: '10', reserve: '0' });
  const lines = [{ quantity: '0', state: 'reverted' }];
  expect(shop.control.state().orders[0]).toMatchObject({ grandTotal: '0', lines });
});

test('edited lines move the stock after them', async () => {
  const { id } = await after([writeOffStatusId]);
  const [line] = shop.control.state().orders.find((order) => order.id === id)?.lines ?? [];
  const lineId = line?.id ?? 0;
  shop.control.editLines({ orderId: id, change: [{ lineId, quantity: 1 }] });
  expect(mug().quantity).toBe('9');
  shop.control.editLines({ orderId: id, change: [{ lineId, warehouseId: 2 }] });
  expect(mug().quantity).toBe('10');
  shop.control.editLines({ orderId: id, remove: [lineId] });
  expect(shop.control.state().offers[0]?.quantity).toBe('15');
  expect(shop.control.movements().at(-1)).toMatchObject({ reason: 'give-back', orderId: id, quantityChange: '1' });
});

test('a line tells its state, also that a write-off was undone', async () => {
  const { id } = await after([reserveStatusId]);
  const state = () => shop.control.state().orders.find((order) => order.id === id)?.lines[0]?.state;
  expect(state()).toBe('reserved');
  shop.control.moveStatus({ orderId: id, statusId: writeOffStatusId });
  expect(state()).toBe('fulfilled');
  shop.control.moveStatus({ orderId: id, statusId: canceled });
  expect(state()).toBe('reverted');
});

test.each<[SwitchChanges, string]>([
  [{ deletedOrderStock: 'given-back' }, '10'],
  [{ deletedOrderStock: 'kept' }, '7'],
])('a deleted order %j', async (switches, quantity) => {
  const { id } = await after([writeOffStatusId], switches);
  shop.control.deleteOrder({ orderId: id });
  expect(mug().quantity).toBe(quantity);
});

test('merged lines follow the order that takes them', async () => {
  const { id } = await after([writeOffStatusId]);
  const other = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 2 }], shippingPrice: 50, payments: [{ amount: 5 }] });
  shop.control.mergeOrders({ intoId: id, fromId: other.id, cancelStatusId: canceled });
  expect(mug()).toEqual({ quantity: '5', reserve: '0' });
  const orders = shop.control.state().orders;
  expect(orders.find((order) => order.id === id)).toMatchObject({ grandTotal: '1300', paid: '5', lines: [{}, {}] });
  expect(orders.find((order) => order.id === other.id)).toMatchObject({ statusGroupId: 6, lines: [], grandTotal: '0' });
});

describe('a shortage', () => {
  const order = { lines: [{ sku: 'MUG', quantity: 11 }] };

  test('is allowed', async () => {
    shop = await openSampleShop();
    shop.control.createOrder({ ...order, statusId: writeOffStatusId });
    expect(mug().quantity).toBe('-1');
  });

  test('blocks the move', async () => {
    shop = await openSampleShop({ switches: { shortage: 'blocks-status' } });
    const { id } = shop.control.createOrder(order);
    expect((await shop.call('PUT', `/order/${id}`, { status_id: writeOffStatusId })).status).toBe(422);
    expect(() => shop.control.moveStatus({ orderId: id, statusId: writeOffStatusId })).toThrow();
    expect(shop.control.state().orders[0]).toMatchObject({ statusId: 1, stockStage: 'none' });
  });

  test('blocks a whole edit or nothing of it', async () => {
    shop = await openSampleShop({ switches: { shortage: 'blocks-status' } });
    const { id } = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 2 }] });
    expect((await shop.call('PUT', `/order/${id}`, { status_id: writeOffStatusId, manager_comment: 'x', products: [{ sku: 'MUG', quantity: 11 }] })).status).toBe(422);
    expect(shop.control.state().orders[0]).toMatchObject({ statusId: 1, managerComment: null, lines: [{ quantity: '2' }] });
  });

  test('is none of an order that takes nothing more', async () => {
    shop = await openSampleShop({ switches: { shortage: 'blocks-status' } });
    const { id } = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 4 }], statusId: reserveStatusId });
    await shop.call('PUT', '/offers/stocks', { warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 3 }] });
    expect((await shop.call('PUT', `/order/${id}`, { manager_comment: 'x' })).status).toBe(202);
    expect((await shop.call('PUT', `/order/${id}`, { status_id: writeOffStatusId })).status).toBe(202);
  });

  test('leaves the line out', async () => {
    shop = await openSampleShop({ switches: { shortage: 'skips-line' } });
    shop.control.createOrder({ ...order, statusId: writeOffStatusId });
    expect(mug().quantity).toBe('10');
  });
});

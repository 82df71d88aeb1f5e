import { openSampleShop, type SampleShop } from '../sample-shop.js';
import type { SwitchChanges } from '../switches.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
});
afterEach(() => shop.simulator.close());

const at = (changes: SwitchChanges) => shop.control.setSwitches(changes);
const put = (stocks: unknown, warehouse_id: unknown = 1) => shop.call('PUT', '/offers/stocks', { warehouse_id, stocks });
const quantities = (sku: string) =>
  shop.control
    .state()
    .offers.filter((offer) => offer.sku === sku)
    .map((offer) => offer.stocks.find(({ warehouseId }) => warehouseId === 1)?.quantity ?? '0');
const mugId = () => shop.control.state().offers[0]?.id ?? 0;

describe('GET /offers/stocks', () => {
  const mug = async (query = '') => (await shop.call('GET', `/offers/stocks?filter[offers_sku]=MUG${query}`)).body.data[0];

  test('splits by warehouse when asked', async () => {
    expect(await mug()).toEqual({ id: mugId(), sku: 'MUG', price: 250, purchased_price: 140, quantity: 15, reserve: 0 });
    expect((await mug('&filter[details]=true')).warehouse).toEqual([
      { id: 1, name: 'Main', quantity: 10, reserve: 0 },
      { id: 2, name: 'Shop floor', quantity: 5, reserve: 0 },
    ]);
  });

  test('may hide the split and empty warehouses', async () => {
    await put([{ sku: 'MUG', quantity: 0 }]);
    expect((await mug('&filter[details]=true')).warehouse).toHaveLength(2);
    at({ zeroWarehouseRows: 'omitted' });
    expect((await mug('&filter[details]=true')).warehouse).toHaveLength(1);
    at({ stockDetails: 'off' });
    expect(await mug('&filter[details]=true')).not.toHaveProperty('warehouse');
    at({ stockDetails: 'on', stockManagement: 'off' });
    expect(await mug('&filter[details]=true')).not.toHaveProperty('warehouse');
  });

  test('ignores what it does not know', async () => {
    const { status, body } = await shop.call('GET', '/offers/stocks?filter[warehouse_id]=2&include=product&sort=-id');
    expect([status, body.total]).toEqual([200, 6]);
  });

  test('quantity contains the reserve', async () => {
    shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 4 }], statusId: 8 });
    expect(await mug()).toMatchObject({ quantity: 15, reserve: 4 });
    expect((await shop.call('GET', '/offers?filter[sku]=MUG')).body.data[0]).toMatchObject({ quantity: 15, in_reserve: 4 });
  });
});

describe('PUT /offers/stocks', () => {
  test('sets absolute balances of one warehouse and tells nothing of rows', async () => {
    const reply = await put([{ sku: 'MUG', quantity: 41 }, { id: mugId() + 1, quantity: '7.5' }]);
    expect([reply.status, reply.body]).toEqual([202, { status: true }]);
    expect([quantities('MUG'), quantities('SHIRT-R')]).toEqual([['41'], ['7.5']]);
    expect(shop.control.state().offers[0]?.quantity).toBe('46');
    expect(shop.control.movements().at(-2)).toMatchObject({ reason: 'set', quantityChange: '31', quantity: '41', warehouseId: 1 });
  });

  test('names the bad rows of a refused batch and changes nothing', async () => {
    const reply = await put([{ sku: 'MUG', quantity: 1 }, { sku: 'MUG' }, { quantity: 1 }, { sku: 'MUG', quantity: 'many' }]);
    expect(reply.status).toBe(422);
    expect(Object.keys(reply.body.errors).sort()).toEqual(['stocks.1.quantity', 'stocks.2.sku', 'stocks.3.quantity']);
    expect(quantities('MUG')).toEqual(['10']);
    expect((await shop.call('PUT', '/offers/stocks', [{ sku: 'MUG', quantity: 1 }])).status).toBe(422);
  });

  test.each<[SwitchChanges, unknown]>([
    [{ bulkErrors: 'rows' }, { 'stocks.1.sku': [expect.any(String)] }],
    [{ bulkErrors: 'list' }, { stocks: [expect.any(String)] }],
    [{ bulkErrors: 'none' }, undefined],
  ])('tells more or less of a refusal %j', async (changes, errors) => {
    at(changes);
    expect((await put([{ sku: 'MUG', quantity: 1 }, { sku: 'NO', quantity: 1 }])).body).toEqual({ message: expect.any(String), ...(errors ? { errors } : {}) });
  });

  test.each<[SwitchChanges, unknown[], { status: number; sku: string; left: string[] }]>([
    [{ stockUnknownSku: 'reject-batch' }, [{ sku: 'MUG', quantity: 1 }, { sku: 'NO', quantity: 1 }], { status: 422, sku: 'MUG', left: ['10'] }],
    [{ stockUnknownSku: 'skip-row' }, [{ sku: 'MUG', quantity: 1 }, { sku: 'NO', quantity: 1 }], { status: 202, sku: 'MUG', left: ['1'] }],
    [{ stockUnknownSku: 'reject-row' }, [{ sku: 'MUG', quantity: 1 }, { sku: 'NO', quantity: 1 }], { status: 422, sku: 'MUG', left: ['1'] }],
    [{ emptySku: 'reject-batch' }, [{ sku: 'MUG', quantity: 1 }, { sku: '', quantity: 1 }], { status: 422, sku: 'MUG', left: ['10'] }],
    [{ emptySku: 'skip-row' }, [{ sku: 'MUG', quantity: 1 }, { sku: '', quantity: 1 }], { status: 202, sku: 'MUG', left: ['1'] }],
    [{ repeatedSku: 'all' }, [{ sku: 'TWIN', quantity: 3 }], { status: 202, sku: 'TWIN', left: ['3', '3'] }],
    [{ repeatedSku: 'first' }, [{ sku: 'TWIN', quantity: 3 }], { status: 202, sku: 'TWIN', left: ['3', '0'] }],
    [{ repeatedSku: 'reject' }, [{ sku: 'TWIN', quantity: 3 }], { status: 422, sku: 'TWIN', left: ['0', '0'] }],
    [{ repeatedRow: 'last' }, [{ sku: 'MUG', quantity: 1 }, { sku: 'MUG', quantity: 2 }], { status: 202, sku: 'MUG', left: ['2'] }],
    [{ repeatedRow: 'first' }, [{ sku: 'MUG', quantity: 1 }, { sku: 'MUG', quantity: 2 }], { status: 202, sku: 'MUG', left: ['1'] }],
    [{ repeatedRow: 'reject' }, [{ sku: 'MUG', quantity: 1 }, { sku: 'MUG', quantity: 2 }], { status: 422, sku: 'MUG', left: ['10'] }],
    [{ negativeStock: 'accepted' }, [{ sku: 'MUG', quantity: -1 }], { status: 202, sku: 'MUG', left: ['-1'] }],
    [{ negativeStock: 'rejected' }, [{ sku: 'MUG', quantity: -1 }], { status: 422, sku: 'MUG', left: ['10'] }],
    [{ negativeStock: 'clamped' }, [{ sku: 'MUG', quantity: -1 }], { status: 202, sku: 'MUG', left: ['0'] }],
    [{ quantityDecimals: 'three' }, [{ sku: 'MUG', quantity: 1.2346 }], { status: 202, sku: 'MUG', left: ['1.235'] }],
    [{ quantityDecimals: 'two' }, [{ sku: 'MUG', quantity: 1.2346 }], { status: 202, sku: 'MUG', left: ['1.23'] }],
    [{ quantityDecimals: 'whole' }, [{ sku: 'MUG', quantity: 1.5 }], { status: 202, sku: 'MUG', left: ['2'] }],
    [{ stockRowById: 'rejected' }, [{ id: 1001, quantity: 1 }], { status: 422, sku: 'MUG', left: ['10'] }],
    [{ stockRowById: 'offer-id' }, [{ id: 1001, quantity: 1 }], { status: 422, sku: 'MUG', left: ['10'] }],
    [{ stockRowById: 'offer-id' }, [{ offer_id: 1001, quantity: 1 }], { status: 202, sku: 'MUG', left: ['1'] }],
    [{ stockManagement: 'off', stockWriteWhenUnmanaged: 'ignored' }, [{ sku: 'MUG', quantity: 1 }], { status: 202, sku: 'MUG', left: ['10'] }],
    [{ stockManagement: 'off', stockWriteWhenUnmanaged: 'applied' }, [{ sku: 'MUG', quantity: 1 }], { status: 202, sku: 'MUG', left: ['1'] }],
    [{ stockManagement: 'off', stockWriteWhenUnmanaged: 'rejected' }, [{ sku: 'MUG', quantity: 1 }], { status: 422, sku: 'MUG', left: ['10'] }],
  ])('%j with %j', async (changes, rows, { status, sku, left }) => {
    at(changes);
    expect((await put(rows)).status).toBe(status);
    expect(quantities(sku)).toEqual(left);
  });

  test.each<[SwitchChanges, string[], number, string]>([
    [{ skuMatching: 'exact' }, [' mug'], 422, '10'],
    [{ skuMatching: 'folds-case-and-blanks' }, [' mug'], 202, '1'],
    [{ skuMatching: 'folds-case-and-blanks' }, ['MUG', 'mug'], 202, '2'],
    [{ skuMatching: 'folds-case-and-blanks', repeatedRow: 'first' }, ['MUG', 'mug'], 202, '1'],
    [{ skuMatching: 'folds-case-and-blanks', repeatedRow: 'reject' }, ['MUG', 'mug'], 422, '10'],
    [{ skuMatching: 'folds-case-and-blanks', emptySku: 'reject-batch' }, ['MUG', ' '], 422, '10'],
  ])('%j with the SKUs %j', async (changes, skus, status, left) => {
    at(changes);
    expect((await put(skus.map((sku, index) => ({ sku, quantity: index + 1 })))).status).toBe(status);
    expect(quantities('MUG')).toEqual([left]);
  });

  test('below the reserve', async () => {
    shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 4 }], statusId: 8 });
    at({ belowReserve: 'rejected' });
    expect((await put([{ sku: 'MUG', quantity: 3 }])).status).toBe(422);
    at({ belowReserve: 'accepted' });
    expect((await put([{ sku: 'MUG', quantity: 3 }])).status).toBe(202);
  });

  test('a warehouse that is unknown or switched off', async () => {
    shop.control.createWarehouse({ name: 'Old', isActive: false });
    expect((await put([{ sku: 'MUG', quantity: 1 }], 99)).status).toBe(422);
    at({ unknownWarehouse: 'ignore' });
    expect((await put([{ sku: 'MUG', quantity: 1 }], 99)).status).toBe(202);
    expect(quantities('MUG')).toEqual(['10']);
    expect((await put([{ sku: 'MUG', quantity: 1 }], 3)).status).toBe(202);
    at({ inactiveWarehouse: 'reject' });
    expect((await put([{ sku: 'MUG', quantity: 1 }], 3)).status).toBe(422);
    at({ inactiveWarehouse: 'ignore' });
    const before = shop.control.movements().length;
    expect((await put([{ sku: 'MUG', quantity: 7 }], 3)).status).toBe(202);
    expect(shop.control.movements()).toHaveLength(before);
  });

  test.each<[SwitchChanges, string]>([
    [{ stockWriteSets: 'physical' }, '7'],
    [{ stockWriteSets: 'available', belowReserve: 'rejected' }, '11'],
  ])('with a reserve of 4 in it or beside it %j', async (changes, left) => {
    shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 4 }], statusId: 8 });
    at(changes);
    await put([{ sku: 'MUG', quantity: 7 }]);
    expect(quantities('MUG')).toEqual([left]);
  });

  test('an empty SKU may match what has one', async () => {
    shop.control.createGoods({ goods: [{ name: 'Empty', sku: '' }] });
    at({ emptySku: 'matches' });
    expect((await put([{ sku: '', quantity: 6 }])).status).toBe(202);
    expect(quantities('')).toEqual(['6']);
  });

  test('an equal quantity makes a movement or none', async () => {
    const before = shop.control.movements().length;
    await put([{ sku: 'MUG', quantity: 10 }]);
    expect(shop.control.movements()).toHaveLength(before);
    at({ equalQuantity: 'movement' });
    await put([{ sku: 'MUG', quantity: 10 }]);
    expect(shop.control.movements()).toHaveLength(before + 1);
  });

  test('a 202 may only mean queued', async () => {
    at({ bulkApply: 'delayed' });
    expect((await put([{ sku: 'MUG', quantity: 1 }])).status).toBe(202);
    expect([quantities('MUG'), shop.control.state().pendingWrites]).toEqual([['10'], 1]);
    await shop.control.settled();
    expect([quantities('MUG'), shop.control.state().pendingWrites]).toEqual([['1'], 0]);
  });

  test('ten thousand rows are one request', async () => {
    shop.control.createGoods({ goods: Array.from({ length: 10_000 }, (_, index) => ({ name: `G${index}`, sku: `S${index}` })) });
    expect((await put(Array.from({ length: 10_000 }, (_, index) => ({ sku: `S${index}`, quantity: index })))).status).toBe(202);
    expect(quantities('S9999')).toEqual(['9999']);
    expect((await shop.call('GET', '/offers/stocks?limit=50&page=200&filter[details]=true')).body.data).toHaveLength(50);
  });
});

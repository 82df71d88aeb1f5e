import { decimal } from '@kds/kernel';
import fc from 'fast-check';
import {
  maxBulkRows,
  toListOffersRequest,
  toListOrdersRequest,
  toListStatusesRequest,
  toListStocksRequest,
  toReadOrderRequest,
  toWritePricesRequest,
  toWriteStocksRequest,
  type WritePrices,
  type WriteStocks,
} from './keycrm-requests.js';

function sent(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

test('a list of orders: all that is told about them, filters, moments as whole UTC seconds widened outwards', () => {
  const period = { from: new Date('2026-03-01T10:00:00.900+02:00'), to: new Date('2026-03-01T08:20:00.001Z') };
  expect(toListOrdersRequest({ page: 2, limit: 50, filters: { updatedBetween: period, statusIds: [12, 15], sourceUuid: '№20417' } })).toEqual({
    method: 'GET',
    path: '/order',
    query: {
      page: '2',
      limit: '50',
      sort: 'id',
      include: 'buyer,products.offer,shipping.deliveryService,custom_fields,status',
      'filter[updated_between]': '2026-03-01 08:00:00,2026-03-01 08:20:01',
      'filter[status_id]': '12,15',
      'filter[source_uuid]': '№20417',
    },
  });
});

test('one order comes with all that a listed one has', () => {
  expect(toReadOrderRequest(9051).query.include).toBe(toListOrdersRequest({ page: 1, limit: 1 }).query.include);
});

test('offers by id, SKU and archive', () => {
  expect(toListOffersRequest({ page: 1, limit: 10, ids: [1, 2], skus: ['A'], isArchived: false }).query).toEqual({
    page: '1', limit: '10', sort: 'id', 'filter[id]': '1,2', 'filter[sku]': 'A', 'filter[is_archived]': 'false',
  });
});

test('pages and bulk writes out of bounds are bugs', () => {
  expect(() => toListStatusesRequest({ page: 0, limit: 50 })).toThrow(RangeError);
  expect(() => toListStocksRequest({ page: 1, limit: 51 })).toThrow(RangeError);
  expect(() => toReadOrderRequest(1.5)).toThrow(RangeError);
  expect(() => toWritePricesRequest({ rows: [] })).toThrow(RangeError);
  expect(() => toWriteStocksRequest({ warehouseId: 1, rows: [{ sku: ' ', quantity: decimal(1) }] })).toThrow(RangeError);
  const rows = Array.from({ length: maxBulkRows + 1 }, (_, index) => ({ sku: `S${index}`, quantity: decimal(1) }));
  expect(() => toWriteStocksRequest({ warehouseId: 1, rows })).toThrow(RangeError);
});

test('a price that is not named is not sent, zero is', () => {
  const rows = [{ sku: 'A', price: decimal('259.90') }, { sku: 'B', purchasedPrice: decimal(0) }];
  expect(JSON.stringify(toWritePricesRequest({ rows }).body)).toBe('{"offers":[{"sku":"A","price":259.9},{"sku":"B","purchased_price":0}]}');
});

test('B5: whatever else a row holds, only SKU, prices and quantity leave: never weight or size', () => {
  const strays = fc.dictionary(fc.constantFrom('weight', 'length', 'width', 'height', 'image_url', 'id', 'name'), fc.jsonValue());
  fc.assert(
    fc.property(strays, fc.integer(), (stray, number) => {
      const price = { ...stray, sku: 'A', price: decimal(number), purchasedPrice: decimal(number) };
      const stock = { ...stray, sku: 'A', quantity: decimal(number) };
      expect(sent(toWritePricesRequest({ rows: [price] }).body)).toEqual({ offers: [{ sku: 'A', price: number, purchased_price: number }] });
      expect(sent(toWriteStocksRequest({ warehouseId: 1, rows: [stock] }).body)).toEqual({ warehouse_id: 1, stocks: [{ sku: 'A', quantity: number }] });
    }),
  );
});

test('B5: weight and size are in no type that can be written', () => {
  const named: readonly Exclude<keyof WritePrices['rows'][number], 'sku' | 'price' | 'purchasedPrice'>[] = [];
  const counted: readonly Exclude<keyof WriteStocks['rows'][number], 'sku' | 'quantity'>[] = [];
  expect([named, counted]).toEqual([[], []]);
  // @ts-expect-error a row with a weight is no row of prices
  toWritePricesRequest({ rows: [{ sku: 'A', price: decimal(1), weight: decimal(1) }] });
  // @ts-expect-error nor of stock
  toWriteStocksRequest({ warehouseId: 1, rows: [{ sku: 'A', quantity: decimal(1), height: decimal(1) }] });
});

test('every decimal is written with its own digits', () => {
  const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }));
  fc.assert(
    fc.property(amounts, ([whole, fraction]) => {
      const quantity = decimal(`${whole}.${fraction.toString().padStart(12, '0')}`);
      expect(JSON.stringify(toWriteStocksRequest({ warehouseId: 1, rows: [{ sku: 'A', quantity }] }).body)).toContain(`"quantity":${quantity}}`);
    }),
  );
});

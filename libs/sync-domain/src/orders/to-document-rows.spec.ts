import { decimal, plus, zero } from '@kds/kernel';
import { type GoodFact, type Order, type OrderLine, type OrderMapping, nothingHeld, toDocumentRows } from '../index.js';

const mapping = {
  warehouses: [{ keycrm: 1, dilovod: 'W1' }],
  defaultWarehouse: null,
  unmappedLine: 'hold',
} as unknown as OrderMapping;
const goods = new Map<string, GoodFact>([['A', { kind: 'known', good: 'GA', unit: 'U' }], ['B', { kind: 'known', good: 'GB', unit: 'U' }]]);

const line = (sku: string, quantity: string, price: string, change: Partial<OrderLine> = {}): OrderLine => ({
  id: null,
  name: `Товар ${sku}`,
  sku,
  quantity: decimal(quantity),
  price: decimal(price),
  priceSold: null,
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  warehouseId: 1,
  ...change,
});

const order = (grandTotal: string, lines: readonly OrderLine[], change: Partial<Order> = {}): Order => ({
  id: 9051, sourceId: null,
  statusId: 12,
  statusGroupId: null,
  orderedAt: '2026-11-05T10:00:00.000Z',
  createdAt: '2026-11-05T10:00:00.000Z',
  updatedAt: null,
  statusChangedAt: null,
  buyer: null,
  recipient: null,
  lines,
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  shippingPrice: zero,
  wrapPrice: zero,
  taxes: zero,
  grandTotal: decimal(grandTotal),
  fields: {},
  ...change,
});

const rowsOf = (shown: Order) => toDocumentRows(shown, { mapping, goods, binding: nothingHeld });

test('A11: a row has the price before discount, and what is paid after it; delivery, wrapping and taxes are in none', () => {
  const shown = order('344.82', [line('A', '2.5', '19.90', { discountPercent: decimal(10) }), line('B', '3', '60')], { shippingPrice: decimal('85.5'), wrapPrice: decimal(25), taxes: decimal('9.55') });
  const rows = rowsOf(shown);
  expect(rows).toMatchObject({ ok: true, value: { rows: [{ good: 'GA', qty: '2.5', price: '19.9', priceAmount: '49.75', discount: '4.98', amountCur: '44.77' }, { good: 'GB', qty: '3', price: '60', priceAmount: '180', discount: '0', amountCur: '180' }] } });
  expect(rows.ok && plus(...rows.value.rows.map((row) => row.amountCur))).toBe('224.77');
});

test('A8: a line leaves from the storage of its own warehouse, and one that names none from the default', () => {
  const [one, none] = [line('A', '1', '100'), line('B', '1', '50', { warehouseId: null })];
  const shown = order('300', [one, { ...one, warehouseId: 2 }, { ...none, price: decimal(100) }]);
  const two = { ...mapping, warehouses: [{ keycrm: 1, dilovod: 'W1' }, { keycrm: 2, dilovod: 'W2' }], defaultWarehouse: 2 };
  expect(toDocumentRows(shown, { mapping: two, goods, binding: nothingHeld })).toMatchObject({ ok: true, value: { rows: [{ storage: 'W1' }, { storage: 'W2' }, { storage: 'W2' }] } });
  expect(rowsOf(order('150', [one, none]))).toMatchObject({ ok: false, error: { reason: 'line-without-warehouse', message: expect.stringMatching(/«Товар B».*defaultWarehouse/) } });
  expect(rowsOf(order('100', [{ ...one, warehouseId: 7 }]))).toMatchObject({ ok: false, error: { reason: 'warehouse-not-mapped', message: expect.stringContaining('7') } });
});

test('A11: a free good has a row of its own that costs nothing', () => {
  expect(rowsOf(order('100', [line('A', '1', '100'), line('B', '2', '0')]))).toMatchObject({ ok: true, value: { rows: [{ amountCur: '100' }, { good: 'GB', qty: '2', price: '0', discount: '0', amountCur: '0' }] } });
});

test('A10 A11: an order whose lines do not add up is held with both sums in message and detail', () => {
  const held = rowsOf(order('170', [line('A', '2', '100')], { discountAmount: decimal(20), shippingPrice: decimal(5) }));
  expect(held).toEqual({
    ok: false,
    error: { reason: 'totals-do-not-agree', message: expect.stringMatching(/add up to 180 after discounts.* leaves 165 for goods/), detail: { goodsTotal: '165', linesTotal: '180' } },
  });
});

test.each([
  ['more is taken off a line than it costs', order('90', [line('A', '1', '100'), line('B', '1', '5', { totalDiscount: decimal(15) })]), 'totals-do-not-agree', /«Товар B» costs 5 .* discount of 15/],
  ['a line has a negative price', order('50', [line('A', '1', '100'), line('B', '1', '-50')]), 'bad-price', /«Товар B».*-50/],
  ['a line has less than none', order('100', [line('A', '1', '100'), line('B', '-1', '50')]), 'bad-quantity', /«Товар B».*-1/],
  ['all its lines are set to 0', order('0', [line('A', '0', '100')]), 'no-lines', /no lines/],
])('A10 A11: an order is held with the line named when %s', (_what, shown, reason, message) => {
  expect(rowsOf(shown)).toMatchObject({ ok: false, error: { reason, message: expect.stringMatching(message) } });
});

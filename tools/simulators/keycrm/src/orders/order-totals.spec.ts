import { Big, toDecimal, toDecimalOrNull } from '../decimals.js';
import { defaultSwitches, type SwitchChanges } from '../switches.js';
import { lineTotals, orderTotals, paymentTotals, priceSold } from './order-totals.js';

function line(price: string, quantity: string, discountPercent?: string, discountAmount?: string) {
  return { price: toDecimal(price), quantity: toDecimal(quantity), discountPercent: toDecimalOrNull(discountPercent), discountAmount: toDecimalOrNull(discountAmount) };
}

function order(lines: ReturnType<typeof line>[], rest: Partial<Record<'discountPercent' | 'discountAmount' | 'shippingPrice' | 'wrapPrice' | 'taxes', string>> = {}) {
  const keys = ['discountPercent', 'discountAmount', 'shippingPrice', 'wrapPrice', 'taxes'] as const;
  return { lines, ...(Object.fromEntries(keys.map((key) => [key, toDecimalOrNull(rest[key])])) as Record<(typeof keys)[number], Big | null>) };
}

const at = (changes: SwitchChanges = {}) => ({ ...defaultSwitches, ...changes });
const discountOf = (one: ReturnType<typeof line>, changes: SwitchChanges) => lineTotals(one, at(changes)).discount.toFixed();
const totalOf = (one: ReturnType<typeof order>, changes: SwitchChanges) => orderTotals(one, at(changes)).grandTotal.toFixed();

test('the grand total is lines less discounts, plus delivery, wrapping and taxes', () => {
  const example = order([line('250', '4', '5')], { shippingPrice: '85.5', wrapPrice: '10', taxes: '1.5' });
  expect(orderTotals(example, at())).toMatchObject({ products: new Big(1000), totalDiscount: new Big(50), grandTotal: new Big(1047) });
});

test.each<[SwitchChanges, string]>([
  [{ lineDiscountAmount: 'per-line' }, '10'],
  [{ lineDiscountAmount: 'per-unit' }, '30'],
])('a fixed line discount %j', (changes, discount) => {
  expect(discountOf(line('100', '3', undefined, '10'), changes)).toBe(discount);
});

test.each<[SwitchChanges, string]>([
  [{ bothDiscounts: 'sum' }, '40'],
  [{ bothDiscounts: 'percent-wins' }, '30'],
  [{ bothDiscounts: 'amount-wins' }, '10'],
])('percent and amount together %j', (changes, discount) => {
  expect(discountOf(line('100', '3', '10', '10'), changes)).toBe(discount);
});

test.each<[SwitchChanges, string]>([
  [{ rounding: 'half-up' }, '0.13'],
  [{ rounding: 'half-even' }, '0.12'],
  [{ rounding: 'down' }, '0.12'],
])('rounding %j', (changes, discount) => {
  expect(discountOf(line('1.25', '1', '10'), changes)).toBe(discount);
});

test.each<[SwitchChanges, string]>([
  [{ roundingPlace: 'line' }, '1.25'],
  [{ roundingPlace: 'unit' }, '1.3'],
])('place of rounding %j', (changes, discount) => {
  expect(discountOf(line('1.25', '10', '10'), changes)).toBe(discount);
});

test.each<[SwitchChanges, string]>([
  [{ percentBase: 'after' }, '810'],
  [{ percentBase: 'before' }, '800'],
])('base of the order percent %j', (changes, total) => {
  expect(totalOf(order([line('100', '10', '10')], { discountPercent: '10' }), changes)).toBe(total);
});

test.each<[SwitchChanges, string]>([
  [{ orderTotalDiscount: 'includes-line-discounts' }, '150'],
  [{ orderTotalDiscount: 'order-only' }, '50'],
])('total discount %j', (changes, total) => {
  expect(orderTotals(order([line('100', '10', '10')], { discountAmount: '50' }), at(changes)).totalDiscount.toFixed()).toBe(total);
});

test.each<[SwitchChanges, string]>([
  [{ priceSold: 'line-discount' }, '90'],
  [{ priceSold: 'all-discounts' }, '85'],
])('price of sale %j', (changes, price) => {
  const sold = line('100', '10', '10');
  const totals = orderTotals(order([sold], { discountAmount: '50' }), at(changes));
  expect(priceSold(sold, totals, at(changes)).toFixed()).toBe(price);
});

test('only paid payments are money', () => {
  const paid = (...payments: [string, 'paid' | 'not_paid' | 'canceled'][]) =>
    paymentTotals({ payments: payments.map(([amount, status]) => ({ amount: toDecimal(amount), status })) as never }, toDecimal('100')).status;
  expect(paid(['100', 'not_paid'])).toBe('not_paid');
  expect(paid(['100', 'canceled'])).toBe('not_paid');
  expect(paid(['40', 'paid'])).toBe('part_paid');
  expect(paid(['40', 'paid'], ['60', 'paid'])).toBe('paid');
  expect(paid(['101', 'paid'])).toBe('overpaid');
});

test.each<[SwitchChanges]>([
  [{ lineDiscountAmount: 'per-line' }],
  [{ lineDiscountAmount: 'per-unit' }],
  [{ roundingPlace: 'unit' }],
])('a line of nothing costs nothing, and nothing is taken off it %j', (changes) => {
  const nothing = line('100', '0', '5', '10');
  expect(discountOf(nothing, changes)).toBe('0');
  expect(totalOf(order([nothing, line('50', '1')]), changes)).toBe('50');
  expect(priceSold(nothing, orderTotals(order([nothing]), at(changes)), at(changes)).toFixed()).toBe('100');
});

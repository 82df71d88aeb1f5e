import { compare, decimal, type Decimal, minus, plus, times, toKopeck, zero } from '@kds/kernel';
import { type Big, lineTotals, orderTotals, priceSold, switchTable, toDecimal, type TotalSwitches } from '@kds/keycrm-simulator';
import fc from 'fast-check';
import { priceOrder } from '../index.js';
import type { Order, OrderLine } from './order.js';

/** How KeyCRM may count: every combination of the switches of its simulator that bear on an order's money. */
const positions: readonly TotalSwitches[] = (['lineDiscountAmount', 'bothDiscounts', 'orderTotalDiscount', 'percentBase', 'rounding', 'roundingPlace', 'priceSold'] as const).reduce<readonly Partial<TotalSwitches>[]>(
  (all, name) => all.flatMap((chosen) => switchTable[name].positions.map((position) => ({ ...chosen, [name]: position }))),
  [{}],
) as readonly TotalSwitches[];

interface Given {
  readonly percent: string | null;
  readonly amount: string | null;
}

/** An order as a manager types it. */
interface Typed extends Given {
  readonly lines: readonly (Given & { readonly price: string; readonly quantity: string })[];
  readonly extras: readonly [shipping: string, wrap: string, taxes: string];
}

/** What an answer may leave out: the order's own discount is not described, a line's sums are nullable. */
interface Shown {
  readonly orderDiscount: boolean;
  readonly lineTotal: boolean;
  readonly priceSold: boolean;
}

const everything: Shown = { orderDiscount: true, lineTotal: true, priceSold: true };

const big = (text: string | null) => (text === null ? null : toDecimal(text));
const asDecimal = (value: Big | null) => (value === null ? null : decimal(value.toFixed()));

/** The order as KeyCRM shows it when it counts so, and what KeyCRM itself takes for each line (unrounded where the order's discount is spread). */
function show(typed: Typed, position: TotalSwitches, shown: Shown = everything): { readonly order: Order; readonly truth: readonly Big[]; readonly nets: readonly Big[]; readonly goodsTotal: Decimal } {
  const lines = typed.lines.map((line) => ({ price: toDecimal(line.price), quantity: toDecimal(line.quantity), discountPercent: big(line.percent), discountAmount: big(line.amount) }));
  const [shippingPrice, wrapPrice, taxes] = typed.extras.map((extra) => toDecimal(extra)) as [Big, Big, Big];
  const own = { discountPercent: big(typed.percent), discountAmount: big(typed.amount) };
  const totals = orderTotals({ ...own, shippingPrice, wrapPrice, taxes, lines }, position);
  const nets = lines.map((line) => lineTotals(line, position).net);
  const linesTotal = totals.products.minus(totals.lineDiscounts);
  const truth = nets.map((net) => (linesTotal.eq(0) ? net : net.minus(totals.orderDiscount.times(net).div(linesTotal))));
  const order: Order = {
    ...blankOrder,
    discountPercent: shown.orderDiscount ? asDecimal(own.discountPercent) : null,
    discountAmount: shown.orderDiscount ? asDecimal(own.discountAmount) : null,
    totalDiscount: asDecimal(totals.totalDiscount),
    shippingPrice: decimal(shippingPrice.toFixed()),
    wrapPrice: decimal(wrapPrice.toFixed()),
    taxes: decimal(taxes.toFixed()),
    grandTotal: decimal(totals.grandTotal.toFixed()),
    lines: lines.map((line, index): OrderLine => ({
      id: null,
      name: `line ${index}`,
      sku: `S${index}`,
      quantity: decimal(line.quantity.toFixed()),
      price: decimal(line.price.toFixed()),
      priceSold: shown.priceSold ? asDecimal(priceSold(line, totals, position)) : null,
      discountPercent: asDecimal(line.discountPercent),
      discountAmount: asDecimal(line.discountAmount),
      totalDiscount: shown.lineTotal ? asDecimal(lineTotals(line, position).discount) : null,
      warehouseId: 1,
    })),
  };
  return { order, truth, nets, goodsTotal: decimal(linesTotal.minus(totals.orderDiscount).toFixed()) };
}

const blankOrder: Order = {
  id: 9051, sourceId: null,
  statusId: 12,
  statusGroupId: null,
  orderedAt: '2026-11-05T10:00:00.000Z',
  createdAt: '2026-11-05T10:00:00.000Z',
  updatedAt: null,
  statusChangedAt: null,
  buyer: null,
  recipient: null,
  lines: [],
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  shippingPrice: zero,
  wrapPrice: zero,
  taxes: zero,
  grandTotal: zero,
  fields: {},
};

const money = (min: number, max: number) => fc.integer({ min, max }).map((kopecks) => (kopecks / 100).toFixed(2));
const percent = fc.oneof(fc.constantFrom('5', '10', '100', '0'), fc.integer({ min: 1, max: 999 }).map((tenths) => (tenths / 10).toFixed(1)));
const givenOf = (amount: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ percent: null, amount: null }) },
    { weight: 2, arbitrary: fc.record({ percent, amount: fc.constant(null) }) },
    { weight: 2, arbitrary: fc.record({ percent: fc.constant(null), amount }) },
    fc.record({ percent, amount }),
  );
const typedLine = fc
  .record({
    price: fc.oneof({ weight: 4, arbitrary: money(1_00, 2_000_00) }, fc.constantFrom('0', '33.33', '0.01'), fc.integer({ min: 1, max: 99_9999 }).map((n) => (n / 10_000).toFixed(4))),
    quantity: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) }, fc.integer({ min: 1, max: 5_000 }).map((n) => (n / 1_000).toFixed(3))),
    discounts: givenOf(money(0, 30_00)),
  })
  .map(({ discounts, ...line }) => ({ ...line, ...discounts }));
const typedOrder: fc.Arbitrary<Typed> = fc
  .record({ lines: fc.array(typedLine, { minLength: 1, maxLength: 6 }), discounts: givenOf(money(0, 50_00)), extras: fc.tuple(money(0, 200_00), fc.constantFrom('0', '25.5'), fc.constantFrom('0', '13.37')) })
  .map(({ discounts, ...order }) => ({ ...order, ...discounts }));
const anyPosition = fc.constantFrom(...positions);
const anyShown: fc.Arbitrary<Shown> = fc.record({ orderDiscount: fc.boolean(), lineTotal: fc.boolean(), priceSold: fc.boolean() });

/** No line and no order for which less than nothing would be paid: such an order is nobody's truth. */
function isPossible({ nets, goodsTotal }: ReturnType<typeof show>): boolean {
  return nets.every((net) => net.gte(0)) && compare(goodsTotal, zero) >= 0;
}

function priced(order: Order) {
  const result = priceOrder(order);
  if (!result.ok) throw new Error(`held: ${JSON.stringify(result.error)}`);
  return result.value;
}

function expectSound(order: Order, goodsTotal: Decimal): void {
  const rows = priced(order);
  expect(plus(zero, ...rows.map(({ amount }) => amount))).toBe(goodsTotal);
  rows.forEach(({ amount, priceAmount, discount }, index) => {
    const { price = zero, quantity = zero } = order.lines[index] ?? {};
    expect(compare(amount, zero)).toBeGreaterThanOrEqual(0);
    expect(compare(discount, zero)).toBeGreaterThanOrEqual(0);
    expect(priceAmount).toBe(toKopeck(times(price, quantity)));
    expect(minus(priceAmount, discount)).toBe(amount);
  });
  expect(priced(order)).toEqual(rows);
  expect(plus(zero, ...priced({ ...order, lines: order.lines.toReversed() }).map(({ amount }) => amount))).toBe(goodsTotal);
}

describe('A11: the rows of an order', () => {
  const rich: Typed = {
    lines: [
      { price: '890', quantity: '3', percent: '7', amount: null },
      { price: '1499.99', quantity: '2', percent: null, amount: '10.50' },
      { price: '33.33', quantity: '0.375', percent: '5', amount: '1.25' },
      { price: '12.50', quantity: '7', percent: '5', amount: null },
      { price: '0', quantity: '1', percent: null, amount: null },
    ],
    percent: '3.3',
    amount: '13.37',
    extras: ['85.50', '25', '13.37'],
  };

  test('are right in each of the 288 combinations of what KeyCRM leaves open', () => {
    expect(positions).toHaveLength(2 * 3 * 2 * 2 * 3 * 2 * 2);
    for (const position of positions) {
      const answer = show(rich, position);
      expectSound(answer.order, answer.goodsTotal);
      expectNear(answer, () => toDecimal('0.02'));
    }
  });

  test('add up to its goods total, whichever way KeyCRM counts and whatever it leaves out', () => {
    fc.assert(
      fc.property(typedOrder, anyPosition, anyShown, (typed, position, shown) => {
        const answer = show(typed, position, shown);
        fc.pre(isPossible(answer));
        expectSound(answer.order, answer.goodsTotal);
      }),
      { numRuns: 300 },
    );
  });

  test('are what KeyCRM itself takes for each line, to two kopecks, where it shows the discounts of its lines', () => {
    fc.assert(
      fc.property(typedOrder, anyPosition, anyShown, (typed, position, shown) => {
        const answer = show(typed, position, { ...shown, lineTotal: true });
        fc.pre(isPossible(answer));
        expectNear(answer, () => toDecimal('0.02'));
      }),
      { numRuns: 300 },
    );
  });

  test('are those that its prices of sale speak for, where it shows no sums of discounts on lines', () => {
    fc.assert(
      fc.property(typedOrder, anyPosition, fc.boolean(), (typed, position, orderDiscount) => {
        const answer = show(typed, position, { orderDiscount, lineTotal: false, priceSold: true });
        fc.pre(isPossible(answer));
        expectNear(answer, doubtLeftBy(answer));
      }),
      { numRuns: 300 },
    );
  });

  /** Two ways of counting that show the same in every number: with a percentage rounded per unit and 17.58 off, or rounded per line, half to even, and 17.64 off. */
  const alike = (orderDiscount: string): Typed => ({
    lines: [{ price: '1.05', quantity: '12', percent: '10', amount: null }, { price: '320.17', quantity: '0.213', percent: null, amount: null }],
    percent: null,
    amount: orderDiscount,
    extras: ['0.00', '0', '0'],
  });
  const common = { lineDiscountAmount: 'per-line', bothDiscounts: 'sum', orderTotalDiscount: 'includes-line-discounts', percentBase: 'before', priceSold: 'line-discount' } as const;
  const shown: Shown = { orderDiscount: false, lineTotal: false, priceSold: true };
  const perUnit = show(alike('17.58'), { ...common, rounding: 'half-up', roundingPlace: 'unit' }, shown);
  const perLine = show(alike('17.64'), { ...common, rounding: 'half-even', roundingPlace: 'line' }, shown);

  test('are those of the ordinary way of rounding, where the prices of sale leave it open which one it was', () => {
    expect(perLine.order).toEqual(perUnit.order);
    expect(perUnit.truth.map((amount) => amount.toFixed(4))).toEqual(['8.7850', '53.1150']);
    expect(perLine.truth.map((amount) => amount.toFixed(4))).toEqual(['8.8251', '53.0749']);
    expect(amountsOf(perUnit.order)).toEqual(['8.79', '53.11']);
    for (const answer of [perUnit, perLine]) expectNear(answer, doubtLeftBy(answer));
  });
});

const line = (price: string, quantity: string, change: Partial<Record<'priceSold' | 'discountPercent' | 'discountAmount' | 'totalDiscount', string>> = {}): OrderLine => ({
  id: null,
  name: 'Килимок',
  sku: 'MAT-6',
  quantity: decimal(quantity),
  price: decimal(price),
  priceSold: null,
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  warehouseId: 1,
  ...Object.fromEntries(Object.entries(change).map(([name, value]) => [name, decimal(value)])),
});

const orderOf = (grandTotal: string, lines: readonly OrderLine[], change: Partial<Order> = {}): Order => ({ ...blankOrder, lines, grandTotal: decimal(grandTotal), ...change });
const amountsOf = (order: Order) => priced(order).map(({ amount }) => amount);

describe('A11: an order', () => {
  test('of a free good gives it for nothing, whether its price or its discount says so', () => {
    expect(amountsOf(orderOf('100', [line('100', '1'), line('0', '2')]))).toEqual(['100', '0']);
    expect(amountsOf(orderOf('100', [line('100', '1'), line('59.90', '2', { discountPercent: '100' })]))).toEqual(['100', '0']);
    expect(amountsOf(orderOf('85.5', [line('100', '1')], { discountPercent: decimal(100), shippingPrice: decimal('85.5') }))).toEqual(['0']);
    expect(amountsOf(orderOf('0', [line('0', '1')]))).toEqual(['0']);
  });

  test('has its discount spread in proportion, the odd kopecks where most was cut, and nothing on what is free', () => {
    const lines = [line('33.33', '1'), line('33.33', '1'), line('33.34', '1'), line('0', '1')];
    expect(amountsOf(orderOf('99.90', lines, { discountAmount: decimal('0.10') }))).toEqual(['33.3', '33.3', '33.3', '0']);
    expect(amountsOf(orderOf('99.99', lines, { discountAmount: decimal('0.01') }))).toEqual(['33.33', '33.33', '33.33', '0']);
  });

  test('leaves delivery, wrapping and taxes out of its goods', () => {
    const extras = { shippingPrice: decimal('85.50'), wrapPrice: decimal('25'), taxes: decimal('13.37') };
    expect(amountsOf(orderOf('323.87', [line('100', '2')], extras))).toEqual(['200']);
  });

  test('is taken as its prices of sale say where two ways of counting explain its total', () => {
    const ambiguous = (priceSold: string) => orderOf('370', [line('100', '3', { discountAmount: '10', priceSold }), line('100', '1', { priceSold: '100' })], { totalDiscount: decimal(30) });
    expect(amountsOf(ambiguous('90'))).toEqual(['270', '100']);
    expect(amountsOf(ambiguous('96.67')).reduce((sum, amount) => plus(sum, amount))).toBe('370');
    expect(amountsOf(ambiguous('96.67'))).toEqual(['275.13', '94.87']);
  });

  test('without prices of sale is taken in the way that needs least to be guessed', () => {
    const silent = orderOf('370', [line('100', '3', { discountAmount: '10' }), line('100', '1')], { totalDiscount: decimal(30) });
    expect(amountsOf(silent)).toEqual(['270', '100']);
    const told = orderOf('370', [line('100', '3', { discountAmount: '10', totalDiscount: '10' }), line('100', '1', { totalDiscount: '0' })], { totalDiscount: decimal(30) });
    expect(amountsOf(told)).toEqual(['275.13', '94.87']);
  });

  test('is believed in what it says of each line before anything is computed', () => {
    expect(amountsOf(orderOf('150', [line('100', '2', { discountPercent: '10', discountAmount: '5', totalDiscount: '50' })]))).toEqual(['150']);
  });

  test.each([
    ['a kopeck too much', orderOf('200.01', [line('100', '2')]), '200.01', '200'],
    ['a kopeck too little', orderOf('199.99', [line('100', '2')]), '199.99', '200'],
    ['a discount that nobody names', orderOf('150', [line('100', '2')]), '150', '200'],
    ['another discount than the one it names', orderOf('170', [line('100', '2')], { discountAmount: decimal(20) }), '170', '180'],
    ['more than its lines', orderOf('300', [line('100', '2', { discountPercent: '10' })]), '300', '180'],
    ['less than nothing for goods', orderOf('50', [line('100', '1')], { shippingPrice: decimal('85.5') }), '-35.5', '100'],
    ['a line of less than nothing', orderOf('90', [line('100', '1'), line('5', '1', { totalDiscount: '15' })]), '90', '90'],
  ])('with %s is no order whose rows could be right', (_what, order, goodsTotal, linesTotal) => {
    expect(priceOrder(order)).toEqual({ ok: false, error: { goodsTotal, linesTotal } });
  });
});

/**
 * How far from KeyCRM's own sum a line may be of which only the price of sale is shown. It is rounded to the kopeck per unit, in whatever way: it leaves a line of
 * quantity q in doubt by a kopeck times q on either side, and by two kopecks for sums. What all lines are in doubt by, the order's discount is in doubt by, and
 * the line has its share of that; in the end the share is rounded.
 */
function doubtLeftBy({ order, nets }: ReturnType<typeof show>): (line: OrderLine | undefined) => Big {
  const total = nets.reduce((sum, net) => sum.plus(net), toDecimal(0));
  const doubtOf = (line: OrderLine | undefined) => toDecimal(line?.quantity ?? 0).times('0.02').plus('0.02');
  const doubtOfAll = order.lines.reduce((sum, line) => sum.plus(doubtOf(line)), toDecimal(0));
  return (line) => {
    const net = nets[order.lines.findIndex((each) => each === line)] ?? toDecimal(0);
    const share = total.eq(0) ? toDecimal(0) : net.div(total);
    return doubtOf(line).plus(share.times(doubtOfAll)).plus('0.02');
  };
}

function expectNear({ order, truth }: ReturnType<typeof show>, tolerance: (line: OrderLine | undefined) => Big): void {
  priced(order).forEach(({ amount }, index) => {
    const distance = truth[index]?.minus(amount).abs() ?? toDecimal(1e9);
    if (distance.gt(tolerance(order.lines[index]))) throw new Error(`line ${index} has ${amount} where KeyCRM takes ${truth[index]?.toFixed(4)}`);
  });
}

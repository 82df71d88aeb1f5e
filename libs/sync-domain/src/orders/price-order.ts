import { compare, decimal, type Decimal, dividedBy, failure, isNegative, isZero, minus, ok, percentOf, plus, type Result, spread, times, toKopeck, zero } from '@kds/kernel';
import type { Order, OrderLine } from './order.js';

/** One line's money, to the kopeck: `amount` = `priceAmount` − `discount`. */
export interface PricedLine {
  readonly priceAmount: Decimal;
  readonly discount: Decimal;
  readonly amount: Decimal;
}

/** Both sums when the lines cannot be brought to agree with what the buyer is asked to pay for goods. */
export interface TotalsMismatch {
  /** `grand_total` without delivery, wrapping and taxes. */
  readonly goodsTotal: Decimal;
  readonly linesTotal: Decimal;
}

type LineReading = (line: OrderLine, priceAmount: Decimal) => Decimal;

const none = (value: Decimal | null): Decimal => value ?? zero;

/**
 * How a line's discount may have been meant. KeyCRM documents neither whether a fixed discount is per line or per unit, nor in which order percent
 * and fixed parts apply, so each reading is tried against the total.
 */
const lineReadings: readonly LineReading[] = [
  (line, full) => (line.totalDiscount === null ? plus(percentOf(full, none(line.discountPercent)), none(line.discountAmount)) : line.totalDiscount),
  (line, full) => plus(percentOf(full, none(line.discountPercent)), none(line.discountAmount)),
  (line, full) => plus(percentOf(full, none(line.discountPercent)), times(none(line.discountAmount), line.quantity)),
  (line, full) => afterFixed(full, none(line.discountAmount), none(line.discountPercent)),
  (line, full) => afterFixed(full, times(none(line.discountAmount), line.quantity), none(line.discountPercent)),
  (line, full) => (line.priceSold === null ? zero : minus(full, times(line.priceSold, line.quantity))),
  () => zero,
];

function afterFixed(full: Decimal, fixed: Decimal, percent: Decimal): Decimal {
  return plus(fixed, percentOf(minus(full, fixed), percent));
}

/**
 * The money of every line. The goods total is `grand_total` less delivery, wrapping and taxes; what the lines' own discounts leave above it is the
 * order's discount and is spread over the lines in proportion, the odd kopecks to the lines that lost most by rounding, earlier lines first.
 * Fails when no reading of the discounts explains the total.
 */
export function priceOrder(order: Order): Result<readonly PricedLine[], TotalsMismatch> {
  const goodsTotal = minus(order.grandTotal, plus(order.shippingPrice, order.wrapPrice, order.taxes));
  const full = order.lines.map((line) => toKopeck(times(line.price, line.quantity)));
  for (const reading of lineReadings) {
    const own = order.lines.map((line, index) => toKopeck(reading(line, full[index] ?? zero)));
    const amounts = full.map((amount, index) => minus(amount, own[index] ?? zero));
    if (amounts.some(isNegative)) continue;
    if (explains({ order, goodsTotal, linesTotal: plus(...amounts), ownDiscounts: plus(...own) })) return ok(settle(full, amounts, goodsTotal));
  }
  return failure({ goodsTotal, linesTotal: plus(...full) });
}

interface Reading {
  readonly order: Order;
  readonly goodsTotal: Decimal;
  readonly linesTotal: Decimal;
  readonly ownDiscounts: Decimal;
}

/** Does some reading of the order's own discount account for the rest, but for rounding? */
function explains({ order, goodsTotal, linesTotal, ownDiscounts }: Reading): boolean {
  const rest = minus(linesTotal, goodsTotal);
  const tolerance = times(decimal('0.01'), decimal(Math.max(1, order.lines.length)));
  if (isNegative(goodsTotal) || compare(rest, minus(zero, tolerance)) < 0) return false;
  if (isZero(linesTotal)) return isZero(rest);
  const fixed = none(order.discountAmount);
  const percent = none(order.discountPercent);
  const total = none(order.totalDiscount);
  const candidates = [
    zero,
    fixed,
    percentOf(linesTotal, percent),
    percentOf(plus(linesTotal, ownDiscounts), percent),
    plus(fixed, percentOf(linesTotal, percent)),
    plus(fixed, percentOf(plus(linesTotal, ownDiscounts), percent)),
    afterFixed(linesTotal, fixed, percent),
    total,
    minus(total, ownDiscounts),
  ];
  return candidates.some((candidate) => compare(distance(candidate, rest), tolerance) <= 0);
}

function distance(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) < 0 ? minus(b, a) : minus(a, b);
}

function settle(full: readonly Decimal[], amounts: readonly Decimal[], goodsTotal: Decimal): readonly PricedLine[] {
  const shares = spread(minus(plus(...amounts), goodsTotal), amounts);
  return full.map((priceAmount, index) => {
    const amount = minus(amounts[index] ?? zero, shares[index] ?? zero);
    return { priceAmount, amount, discount: minus(priceAmount, amount) };
  });
}

/** Weighted unit cost to the kopeck; `undefined` where there is nothing on hand to have a cost. */
export function unitCost(amount: Decimal, qty: Decimal): Decimal | undefined {
  return compare(qty, zero) > 0 && compare(amount, zero) > 0 ? dividedBy(amount, qty, 2) : undefined;
}

import { compare, decimal, type Decimal, dividedBy, failure, isNegative, isZero, kopeck, kopecksAround, minus, ok, plus, type Result, spread, times, toKopeck, zero } from '@kds/kernel';
import { afterStatedDiscount, byStrength, type Explanation, explainOrderDiscount, type LineSums } from './explain-order-discount.js';
import type { Order } from './order.js';
import { amountAfter, fullPrice, type LineAmount, type LineReading, lineReadings } from './read-line-discounts.js';

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
  /** After the discounts of lines and order, as far as these are understood. */
  readonly linesTotal: Decimal;
}

/**
 * The money of every line. The goods total is `grand_total` less delivery, wrapping and taxes; what the lines' own discounts leave above it is the
 * order's discount and is spread over the lines in proportion, the odd kopecks to the lines that lost most by rounding, earlier lines first.
 * Fails when no reading of the discounts explains the total.
 */
export function priceOrder(order: Order): Result<readonly PricedLine[], TotalsMismatch> {
  const goodsTotal = toKopeck(minus(order.grandTotal, plus(order.shippingPrice, order.wrapPrice, order.taxes)));
  const readings = lineReadings(order.lines);
  const best = isNegative(goodsTotal) ? undefined : bestReading(order, readings, goodsTotal);
  return best ? ok(best.lines) : failure({ goodsTotal, linesTotal: asUnderstood(order, readings[0]) });
}

/** The first of the best. The readings come in the order of what they believe, so that the search ends where none to come could be better. */
function bestReading(order: Order, readings: readonly LineReading[], goodsTotal: Decimal): Understood | undefined {
  const seen = new Set<string>();
  let best: Understood | undefined;
  for (const reading of readings) {
    if (best !== undefined && rank(best) < believed.indexOf(reading.source)) break;
    const text = order.lines.map((line) => reading.discountOf(line)).join();
    if (seen.has(text)) continue;
    seen.add(text);
    const understood = understand(order, reading, goodsTotal);
    if (understood !== undefined && (best === undefined || compareReadings(understood, best) < 0)) best = understood;
  }
  return best;
}

function compareReadings(a: Understood, b: Understood): number {
  return rank(a) - rank(b) || byStrength(a.explanation, b.explanation) || a.pricesSoldMissed - b.pricesSoldMissed;
}

/** Lines that add up to the goods total in one reading. */
interface Understood {
  readonly reading: LineReading;
  readonly explanation: Explanation;
  readonly agreesWithPriceSold: boolean;
  /** Of how many lines the price of sale is another one, if KeyCRM rounds as book-keepers do. */
  readonly pricesSoldMissed: number;
  readonly lines: readonly PricedLine[];
}

const halfKopeck = decimal('0.005');
const believed: readonly LineReading['source'][] = ['total-discount', 'percent-and-amount', 'price-sold'];

/** Several readings may explain the same total: first come those that KeyCRM's prices of sale confirm, then those that believe more of what KeyCRM says. */
function rank({ reading, agreesWithPriceSold }: Understood): number {
  const confirmed = agreesWithPriceSold && reading.source !== 'price-sold';
  return (confirmed ? 0 : believed.length) + believed.indexOf(reading.source);
}

function understand(order: Order, reading: LineReading, goodsTotal: Decimal): Understood | undefined {
  const read = order.lines.map((line) => amountAfter(line, reading));
  const amounts = read.filter((amount) => amount !== undefined);
  if (amounts.length < read.length) return undefined;
  const explanation = explainOrderDiscount(order, rangeOf(order, amounts), goodsTotal);
  if (explanation === undefined) return undefined;
  const own = withResidue(amounts, explanation.residue);
  const shares = shareOut(minus(plus(zero, ...own), goodsTotal), own);
  if (shares === undefined) return undefined;
  const lines = order.lines.map((line, index): PricedLine => {
    const priceAmount = toKopeck(fullPrice(line));
    const amount = minus(own[index] ?? zero, shares[index] ?? zero);
    return { priceAmount, amount, discount: minus(priceAmount, amount) };
  });
  if (lines.some(({ amount }) => isNegative(amount))) return undefined;
  const net = lines.map(({ amount }) => amount);
  // Whether a price of sale counts the order's discount is not known; its share is not rounded before the price is.
  const pricesSoldMissed = Math.min(countMissed(order, own, zero), countMissed(order, net, kopeck));
  return { reading, explanation, lines, agreesWithPriceSold: agree(order, own) || agree(order, net), pricesSoldMissed };
}

function rangeOf({ lines }: Order, amounts: readonly LineAmount[]) {
  const full = lines.map(fullPrice);
  const sums = (net: keyof LineAmount, round: (amount: Decimal) => Decimal): LineSums => ({ full: plus(zero, ...full.map(round)), net: plus(zero, ...amounts.map((amount) => amount[net])) });
  return {
    likely: sums('likely', (amount) => toKopeck(amount)),
    least: sums('least', (amount) => kopecksAround(amount).below),
    most: sums('most', (amount) => kopecksAround(amount).above),
  };
}

/** Takes the residue of rounding off the lines that were rounded up most, within what rounding can have done; the rest of it stays. */
function withResidue(amounts: readonly LineAmount[], residue: Decimal): readonly Decimal[] {
  const own = amounts.map(({ likely }) => likely);
  const up = isNegative(residue);
  const step = up ? minus(zero, kopeck) : kopeck;
  const gains = amounts.map(({ exact, likely }, index) => ({ index, gain: minus(likely, exact) }));
  gains.sort((a, b) => (up ? compare(a.gain, b.gain) : compare(b.gain, a.gain)) || a.index - b.index);
  let rest = residue;
  for (let moved = true; moved && !isZero(rest); ) {
    moved = false;
    for (const { index } of gains) {
      const next = minus(own[index] ?? zero, step);
      const { least = zero, most = zero } = amounts[index] ?? {};
      if (isZero(rest) || compare(next, least) < 0 || compare(next, most) > 0) continue;
      own[index] = next;
      rest = minus(rest, step);
      moved = true;
    }
  }
  return own;
}

function shareOut(discount: Decimal, own: readonly Decimal[]): readonly Decimal[] | undefined {
  if (isZero(discount)) return own.map(() => zero);
  return own.every(isZero) ? undefined : spread(discount, own);
}

/** A price of sale is rounded to the kopeck per unit, so that it gives its line back but for that. */
function agree({ lines }: Order, amounts: readonly Decimal[]): boolean {
  return lines.every(({ priceSold, quantity }, index) => {
    if (priceSold === null) return true;
    const difference = minus(times(priceSold, quantity), amounts[index] ?? zero);
    const tolerance = times(kopeck, plus(quantity, decimal(2)));
    return compare(difference, tolerance) <= 0 && compare(minus(zero, difference), tolerance) <= 0;
  });
}

/** Lines whose amount, give or take `slack`, does not round to the price of sale per unit. */
function countMissed({ lines }: Order, amounts: readonly Decimal[], slack: Decimal): number {
  return lines.filter(({ priceSold, quantity }, index) => {
    if (priceSold === null || compare(quantity, zero) <= 0) return false;
    const amount = amounts[index] ?? zero;
    const least = times(minus(priceSold, halfKopeck), quantity);
    const above = times(plus(priceSold, halfKopeck), quantity);
    return compare(plus(amount, slack), least) < 0 || compare(minus(amount, slack), above) >= 0;
  }).length;
}

function asUnderstood(order: Order, reading: LineReading | undefined): Decimal {
  const full = plus(zero, ...order.lines.map((line) => toKopeck(fullPrice(line))));
  const own = reading ? order.lines.map((line) => toKopeck(reading.discountOf(line))) : [];
  return afterStatedDiscount(order, { full, net: minus(full, plus(zero, ...own)) });
}

/** Weighted unit cost to the kopeck; `undefined` where there is nothing on hand to have a cost. */
export function unitCost(amount: Decimal, qty: Decimal): Decimal | undefined {
  return compare(qty, zero) > 0 && compare(amount, zero) > 0 ? dividedBy(amount, qty, 2) : undefined;
}

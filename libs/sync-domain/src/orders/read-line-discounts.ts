import { compare, decimal, type Decimal, isZero, kopecksAround, minus, percentOf, plus, type Rounding, times, toKopeck, zero } from '@kds/kernel';
import type { OrderLine } from './order.js';

/** What a line comes to after its own discount: `likely` as book-keepers round, and the bounds within which every other way of rounding stays. */
export interface LineAmount {
  readonly exact: Decimal;
  readonly likely: Decimal;
  readonly least: Decimal;
  readonly most: Decimal;
}

/**
 * One way to understand the discounts of all lines. `source` says what it believes: KeyCRM's own `total_discount` where a line has one, else
 * percentage and fixed amount; these two alone; or `price_sold` alone.
 */
export interface LineReading {
  readonly source: 'total-discount' | 'percent-and-amount' | 'price-sold';
  readonly discountOf: (line: OrderLine) => Decimal;
}

/** What KeyCRM leaves open about a line's percentage and fixed amount. */
interface Meaning {
  readonly amountIsOf: 'line' | 'unit';
  readonly both: 'add-up' | 'percent-wins' | 'amount-wins' | 'percent-of-the-rest';
  /** A percentage of the whole line, or of one unit, rounded so and taken as often as there are units. */
  readonly percentIsOf: 'line' | { readonly unit: Rounding };
}

const one = decimal(1);
const none = (value: Decimal | null): Decimal => value ?? zero;

/** Price times quantity before any discount, unrounded. */
export function fullPrice(line: OrderLine): Decimal {
  return times(line.price, line.quantity);
}

/** Every reading that can make a difference to these lines, the likelier ones first. */
export function lineReadings(lines: readonly OrderLine[]): readonly LineReading[] {
  const meanings = meaningsFor(lines);
  const given = meanings.map((meaning): LineReading => ({ source: 'total-discount', discountOf: (line) => line.totalDiscount ?? discount(line, meaning) }));
  const computed = meanings.map((meaning): LineReading => ({ source: 'percent-and-amount', discountOf: (line) => discount(line, meaning) }));
  const sold: LineReading = { source: 'price-sold', discountOf: (line) => (line.priceSold === null ? zero : minus(fullPrice(line), times(line.priceSold, line.quantity))) };
  return [...given, ...computed, sold];
}

function meaningsFor(lines: readonly OrderLine[]): readonly Meaning[] {
  const severalUnits = lines.filter((line) => line.quantity !== '1');
  const amountIsOf = severalUnits.some((line) => !isZero(none(line.discountAmount))) ? (['line', 'unit'] as const) : (['line'] as const);
  const both = lines.some((line) => line.discountPercent !== null && line.discountAmount !== null)
    ? (['add-up', 'percent-of-the-rest', 'percent-wins', 'amount-wins'] as const)
    : (['add-up'] as const);
  const uneven = severalUnits.some((line) => isUneven(percentOf(line.price, none(line.discountPercent))));
  const percentIsOf: readonly Meaning['percentIsOf'][] = uneven ? ['line', { unit: 'half-up' }, { unit: 'half-even' }, { unit: 'down' }] : ['line'];
  return both.flatMap((both) => amountIsOf.flatMap((amountIsOf) => percentIsOf.map((percentIsOf) => ({ both, amountIsOf, percentIsOf }))));
}

function isUneven(amount: Decimal): boolean {
  return toKopeck(amount) !== amount;
}

function discount(line: OrderLine, { amountIsOf, both, percentIsOf }: Meaning): Decimal {
  const amount = times(none(line.discountAmount), amountIsOf === 'unit' ? line.quantity : one);
  const percentage = (base: Decimal) => percentOf(base, none(line.discountPercent));
  const percent = percentIsOf === 'line' ? percentage(fullPrice(line)) : times(toKopeck(percentage(line.price), percentIsOf.unit), line.quantity);
  const isBoth = line.discountPercent !== null && line.discountAmount !== null;
  if (isBoth && both === 'percent-wins') return percent;
  if (isBoth && both === 'amount-wins') return amount;
  if (isBoth && both === 'percent-of-the-rest') return plus(amount, percentage(minus(fullPrice(line), amount)));
  return plus(percent, amount);
}

/** What the line comes to in a reading; `undefined` when less than nothing would be left of it. */
export function amountAfter(line: OrderLine, { discountOf }: LineReading): LineAmount | undefined {
  const full = fullPrice(line);
  const off = discountOf(line);
  const likely = minus(toKopeck(full), toKopeck(off));
  if (compare(likely, zero) < 0) return undefined;
  const least = minus(kopecksAround(full).below, kopecksAround(off).above);
  const most = minus(kopecksAround(full).above, kopecksAround(off).below);
  const ceiling = larger(toKopeck(full), likely);
  return { exact: minus(full, off), likely, least: larger(least, zero), most: smaller(most, ceiling) };
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) < 0 ? b : a;
}

function smaller(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) < 0 ? a : b;
}

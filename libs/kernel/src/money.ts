import { compare, decimal, type Decimal, dividedBy, isZero, minus, plus, roundTo, times, zero } from './decimal.js';

const kopeck = decimal('0.01');

/** Rounds to the kopeck. */
export function toKopeck(amount: Decimal): Decimal {
  return roundTo(2, amount);
}

/** `percent` of `amount`, to the kopeck. */
export function percentOf(amount: Decimal, percent: Decimal): Decimal {
  return toKopeck(dividedBy(times(amount, percent), decimal(100), 6));
}

/**
 * Splits `amount` (money, to the kopeck) over `weights` in proportion, exactly: the parts add up to `amount`. Every part is first rounded towards
 * zero; the kopecks left over go one by one to the parts that lost most by that, the earlier part first where they lost the same. A part of weight
 * zero gets nothing. Throws when there is something to split and nothing to carry it.
 */
export function spread(amount: Decimal, weights: readonly Decimal[]): readonly Decimal[] {
  const total = plus(...weights);
  if (isZero(amount)) return weights.map(() => zero);
  if (isZero(total)) throw new RangeError('nothing carries the amount: all weights are zero');
  const exact = weights.map((weight) => dividedBy(times(amount, weight), total, 12));
  const parts = exact.map((part) => truncateToKopeck(part));
  const losses = exact.map((part, index) => ({ index, loss: abs(minus(part, parts[index] ?? zero)) }));
  losses.sort((a, b) => compare(b.loss, a.loss) || a.index - b.index);
  const step = compare(amount, zero) < 0 ? minus(zero, kopeck) : kopeck;
  let rest = minus(amount, plus(...parts));
  for (const { index } of losses) {
    if (isZero(rest)) break;
    parts[index] = plus(parts[index] ?? zero, step);
    rest = minus(rest, step);
  }
  return parts;
}

function truncateToKopeck(amount: Decimal): Decimal {
  const rounded = toKopeck(amount);
  if (compare(abs(rounded), abs(amount)) <= 0) return rounded;
  return compare(amount, zero) < 0 ? plus(rounded, kopeck) : minus(rounded, kopeck);
}

function abs(amount: Decimal): Decimal {
  return compare(amount, zero) < 0 ? minus(zero, amount) : amount;
}

import { compare, decimal, type Decimal, dividedBy, isZero, minus, plus, type Rounding, roundTo, times, zero } from './decimal.js';

export const kopeck = decimal('0.01');

/** Rounds to the kopeck. */
export function toKopeck(amount: Decimal, rounding?: Rounding): Decimal {
  return roundTo(2, amount, rounding);
}

/** The whole kopecks that `amount` lies between; twice the same where it is one itself. */
export function kopecksAround(amount: Decimal): { readonly below: Decimal; readonly above: Decimal } {
  const nearest = toKopeck(amount);
  const order = compare(nearest, amount);
  return { below: order > 0 ? minus(nearest, kopeck) : nearest, above: order < 0 ? plus(nearest, kopeck) : nearest };
}

/** `percent` of `amount`, unrounded. */
export function percentOf(amount: Decimal, percent: Decimal): Decimal {
  return times(times(amount, percent), kopeck);
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
  const parts = exact.map((part) => toKopeck(part, 'down'));
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

function abs(amount: Decimal): Decimal {
  return compare(amount, zero) < 0 ? minus(zero, amount) : amount;
}

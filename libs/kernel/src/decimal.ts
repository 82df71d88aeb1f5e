import Big from 'big.js';

/**
 * An exact decimal number, kept as its shortest plain text (`"1198"`, `"-0.5"`), so that it crosses JSON and Postgres unharmed.
 * Money is in the currency's main unit with up to two decimals, quantity in the good's unit with up to three.
 */
export type Decimal = string & { readonly __decimal: never };

const plain = /^[+-]?(\d{1,15})(\.\d{1,12})?$/;
/** Already as `Decimal` keeps it, but for zeros at the end; nearly every number of an API is, and whole catalogues are read. */
const tidy = /^(?!-0(?:\.0+)?$)(-?(?:0|[1-9]\d{0,14}))(?:\.(\d{0,11}[1-9])?0*)?$/;

/** Reads a number or numeric text; `undefined` when it is neither (an empty text, `NaN`, an exponent, thousands separators). */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 1e15 ? show(new Big(value)) : undefined;
  if (typeof value !== 'string') return undefined;
  const [, whole, fraction] = (value.length <= 28 ? tidy.exec(value) : null) ?? [];
  if (whole !== undefined && !value.endsWith('.')) return (fraction === undefined ? whole : `${whole}.${fraction}`) as Decimal;
  if (!plain.test(value.trim())) return undefined;
  return show(new Big(value.trim().replace(/^\+/, '')));
}

/** The same for values of our own making. Throws a `RangeError` on what is no decimal: that is a bug, not bad input. */
export function decimal(value: number | string): Decimal {
  const parsed = parseDecimal(value);
  if (parsed === undefined) throw new RangeError(`not a decimal: ${JSON.stringify(value)}`);
  return parsed;
}

export const zero = decimal(0);

export function plus(...terms: readonly Decimal[]): Decimal {
  return show(terms.reduce((sum, term) => sum.plus(term), new Big(0)));
}

export function minus(a: Decimal, b: Decimal): Decimal {
  return show(new Big(a).minus(b));
}

export function times(a: Decimal, b: Decimal): Decimal {
  return show(new Big(a).times(b));
}

/** `a / b` rounded half up to `places`. Throws when `b` is zero. */
export function dividedBy(a: Decimal, b: Decimal, places: number): Decimal {
  const quotient = Big();
  quotient.DP = places + 10;
  return show(new quotient(a).div(b).round(places, Big.roundHalfUp));
}

export function negated(a: Decimal): Decimal {
  return show(new Big(0).minus(a));
}

/** `down` is towards zero. */
export type Rounding = 'half-up' | 'half-even' | 'down';

const roundingModes = { 'half-up': Big.roundHalfUp, 'half-even': Big.roundHalfEven, down: Big.roundDown } as const;

/** Rounds half away from zero, as book-keepers do, unless another way is named. */
export function roundTo(places: number, a: Decimal, rounding: Rounding = 'half-up'): Decimal {
  return show(new Big(a).round(places, roundingModes[rounding]));
}

/** Negative, zero or positive, as `a` is below, equal to or above `b`. */
export function compare(a: Decimal, b: Decimal): number {
  return new Big(a).cmp(b);
}

export function isZero(a: Decimal): boolean {
  return compare(a, zero) === 0;
}

export function isNegative(a: Decimal): boolean {
  return compare(a, zero) < 0;
}

function show(value: Big): Decimal {
  const text = value.toFixed();
  return (text === '-0' ? '0' : text) as Decimal;
}

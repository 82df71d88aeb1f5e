import Big from 'big.js';
import type { Switches } from './switches.js';

export { Big };

/** What callers may hand in as a decimal. */
export type Numeric = number | string;

export const nought = new Big(0);

const decimalPlaces = { whole: 0, two: 2, three: 3, four: 4 } as const;

export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim());
}

export function toDecimal(value: Numeric | Big): Big {
  return new Big(typeof value === 'string' ? value.trim() : value);
}

/** The same for what may be missing. */
export function toDecimalOrNull(value: Numeric | null | undefined): Big | null {
  return value === null || value === undefined ? null : toDecimal(value);
}

export function sum(values: Iterable<Big>): Big {
  let total = nought;
  for (const value of values) total = total.plus(value);
  return total;
}

export type RoundingSwitches = Pick<Switches, 'rounding'>;

/** Rounds to the kopeck the way the account does. */
export function roundMoney(value: Big, switches: RoundingSwitches): Big {
  return roundTo(value, 2, switches);
}

/** A price as the account keeps it. */
export function keptPrice(value: Big, switches: RoundingSwitches & Pick<Switches, 'moneyDecimals'>): Big {
  return roundTo(value, decimalPlaces[switches.moneyDecimals], switches);
}

/** A quantity as the account keeps it. */
export function keptQuantity(value: Big, switches: RoundingSwitches & Pick<Switches, 'quantityDecimals'>): Big {
  return roundTo(value, decimalPlaces[switches.quantityDecimals], switches);
}

function roundTo(value: Big, places: number, switches: RoundingSwitches): Big {
  const modes = { 'half-up': Big.roundHalfUp, 'half-even': Big.roundHalfEven, down: Big.roundDown } as const;
  return value.round(places, modes[switches.rounding]);
}

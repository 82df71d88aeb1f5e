import type { Decimal } from '@kds/kernel';

declare global {
  interface JSON {
    /** ECMAScript's raw JSON text: `JSON.stringify` writes it as it stands. */
    rawJSON(text: string): ExactNumber;
  }
}

/** A number that `JSON.stringify` writes with exactly these digits; it never becomes a float on the way. */
export interface ExactNumber {
  readonly rawJSON: string;
}

export function exactNumber(amount: Decimal): ExactNumber {
  return JSON.rawJSON(amount);
}

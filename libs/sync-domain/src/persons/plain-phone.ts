import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * E.164 form of a phone as people type it (Ukraine where no country is given, an extension left out); the first valid number of several in one field,
 * `undefined` when there is none.
 */
export function normalisePhone(typed: string): string | undefined {
  const text = typed.trim();
  const digits = text.replace(/\D/g, '');
  for (const attempt of [text, ...spelledOut(digits)]) {
    const parsed = parsePhoneNumberFromString(attempt, 'UA');
    if (parsed?.isValid()) return parsed.number;
  }
  return findPhoneNumbersInText(text, 'UA').find(({ number }) => number.isValid())?.number.number ?? firstOfTwo(digits);
}

/** A phone to compare with others: E.164 where it is a valid number, else its bare digits. */
export function plainPhone(typed: string): string {
  return normalisePhone(typed) ?? typed.replace(/\D/g, '');
}

/** Without the plus, and in the old way with an eight for the long-distance line. */
function spelledOut(digits: string): readonly string[] {
  const longDistance = digits.length === 11 && digits.startsWith('80') ? [`+3${digits}`] : [];
  return [...longDistance, ...(digits.length > 10 ? [`+${digits}`] : [])];
}

/** Two numbers written in one row, of which both must be valid for the first to count. */
function firstOfTwo(digits: string): string | undefined {
  for (const length of [10, 12]) {
    const both = [digits.slice(0, length), digits.slice(length)].map((part) => parsePhoneNumberFromString(part.startsWith('380') ? `+${part}` : part, 'UA'));
    if (digits.length >= 20 && both.every((number) => number?.isValid())) return both[0]?.number;
  }
  return undefined;
}

import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * E.164 form of a phone as people type it (Ukraine where no country is given, an extension left out); the first valid number of several in one field,
 * `undefined` when there is none.
 */
export function normalisePhone(typed: string): string | undefined {
  return normalisePhones(typed)[0];
}

/** Every valid number of one field, in its order, each once; people write several into one. */
export function normalisePhones(typed: string): readonly string[] {
  const text = typed.trim();
  const digits = text.replace(/\D/g, '');
  for (const attempt of [text, ...spelledOut(digits)]) {
    const parsed = parsePhoneNumberFromString(attempt, 'UA');
    if (parsed?.isValid()) return [parsed.number];
  }
  const separate = text.split(/[,;/|\n]+/).flatMap((part) => (part === text ? [] : normalisePhones(part)));
  const inText = findPhoneNumbersInText(text, 'UA').flatMap(({ number }) => (number.isValid() ? [number.number] : []));
  const found = [...new Set([...separate, ...inText])];
  return found.length > 0 ? found : bothOfTwo(digits);
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

/** Two numbers written in one row, of which both must be valid to count. */
function bothOfTwo(digits: string): readonly string[] {
  for (const length of [10, 12]) {
    const both = [digits.slice(0, length), digits.slice(length)].map((part) => parsePhoneNumberFromString(part.startsWith('380') ? `+${part}` : part, 'UA'));
    if (digits.length >= 20 && both.every((number) => number?.isValid())) return both.flatMap((number) => number?.number ?? []);
  }
  return [];
}

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Buyer } from '../orders/order.js';

/**
 * What a buyer is recognised by, in one shop: `phone:+380671234567`, `email:olena@example.com`, or `digits:` for a number that is no valid phone.
 */
export type PersonKey = string & { readonly __personKey: never };

/** A buyer as Dilovod shall know them. `phone` is E.164 where it is a valid number, else its bare digits. */
export interface PersonWanted {
  readonly key: PersonKey;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/** E.164 form of a phone as people type it (Ukraine where no country is given); `undefined` when it is not a possible number. */
export function normalisePhone(typed: string): string | undefined {
  const text = typed.trim();
  const digits = text.replace(/\D/g, '');
  const attempts = [text, digits.startsWith('380') ? `+${digits}` : '', digits.length === 11 && digits.startsWith('80') ? `+3${digits}` : '', digits.length > 10 ? `+${digits}` : ''];
  for (const attempt of attempts) {
    const parsed = attempt === '' ? undefined : parsePhoneNumberFromString(attempt, 'UA');
    if (parsed?.isValid()) return parsed.number;
  }
  return undefined;
}

/** Who a buyer is to us; `undefined` when there is neither phone nor e-mail to recognise them by. */
export function toPersonWanted(buyer: Buyer | null): PersonWanted | undefined {
  if (buyer === null) return undefined;
  const phone = buyer.phone === null ? undefined : normalisePhone(buyer.phone);
  const digits = buyer.phone?.replace(/\D/g, '') ?? '';
  const email = buyer.email?.trim().toLowerCase() || null;
  const name = buyer.fullName?.trim().replace(/\s+/g, ' ') || phone || digits || email || '';
  if (phone !== undefined) return { key: `phone:${phone}` as PersonKey, name, phone, email };
  if (digits.length >= 5) return { key: `digits:${digits}` as PersonKey, name, phone: digits, email };
  if (email !== null) return { key: `email:${email}` as PersonKey, name, phone: null, email };
  return undefined;
}

/** A person that a look-up in Dilovod brought back. */
export interface PersonFound {
  readonly id: string;
  readonly name: string;
}

/**
 * Which of several persons with the buyer's phone the buyer is: the one of the same name (apostrophes, case and look-alike letters aside), else the
 * one that has been there longest.
 */
export function choosePerson(wanted: { readonly name: string }, found: readonly PersonFound[]): PersonFound | undefined {
  const oldestFirst = [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
  return oldestFirst.find((person) => foldName(person.name) === foldName(wanted.name)) ?? oldestFirst[0];
}

const lookAlikes: Readonly<Record<string, string>> = { a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', i: 'і', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у' };

/** A name without what people type differently: case, apostrophes, spaces, Latin letters that look Cyrillic, the order of its parts. */
export function foldName(name: string): string {
  const cyrillic = /[а-яіїєґ]/i.test(name);
  const letters = name.toLowerCase().replace(/['’ʼ`"]/g, '');
  const folded = cyrillic ? letters.replace(/[a-z]/g, (letter) => lookAlikes[letter] ?? letter) : letters;
  return folded.split(/\s+/).filter(Boolean).sort().join(' ');
}

import type { Buyer } from '../orders/order.js';
import { normalisePhones } from './plain-phone.js';
import { foldName } from './same-name.js';

/**
 * What a buyer is recognised by, in one shop: `phone:+380671234567`, else `email:olena@example.com`, else `digits:12345:` and a folded name for what is
 * no valid phone.
 */
export type PersonKey = string & { readonly __personKey: never };

/** A buyer as Dilovod shall know them: name and e-mail as KeyCRM holds them, `phone` E.164 where it is a valid number, else its bare digits. */
export interface PersonWanted {
  readonly key: PersonKey;
  readonly name: string;
  readonly phone: string | null;
  /** Every number that the buyer left, `phone` first. */
  readonly phones: readonly string[];
  readonly email: string | null;
}

/** Fewer digits are no trace of anybody. */
const fewestDigits = 5;

/** Who a buyer is to us; `undefined` when there is neither phone nor e-mail to recognise them by. */
export function toPersonWanted(buyer: Buyer | null): PersonWanted | undefined {
  if (buyer === null) return undefined;
  const phones = buyer.phone === null ? [] : normalisePhones(buyer.phone);
  const [phone] = phones;
  const digits = buyer.phone?.replace(/\D/g, '') ?? '';
  const email = buyer.email?.trim() || null;
  const name = buyer.fullName?.trim().replace(/\s+/g, ' ') || phone || digits || email || '';
  if (phone !== undefined) return { key: `phone:${phone}` as PersonKey, name, phone, phones, email };
  const bare = digits.length >= fewestDigits ? digits : null;
  const typed = bare === null ? [] : [bare];
  if (email !== null) return { key: `email:${email.toLowerCase()}` as PersonKey, name, phone: bare, phones: typed, email };
  if (bare === null) return undefined;
  return { key: `digits:${digits}:${foldName(name)}` as PersonKey, name, phone: bare, phones: typed, email };
}

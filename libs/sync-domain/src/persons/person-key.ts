import type { Buyer } from '../orders/order.js';
import { normalisePhone } from './plain-phone.js';
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
  readonly email: string | null;
}

/** Fewer digits are no trace of anybody. */
const fewestDigits = 5;

/** Who a buyer is to us; `undefined` when there is neither phone nor e-mail to recognise them by. */
export function toPersonWanted(buyer: Buyer | null): PersonWanted | undefined {
  if (buyer === null) return undefined;
  const phone = buyer.phone === null ? undefined : normalisePhone(buyer.phone);
  const digits = buyer.phone?.replace(/\D/g, '') ?? '';
  const email = buyer.email?.trim() || null;
  const name = buyer.fullName?.trim().replace(/\s+/g, ' ') || phone || digits || email || '';
  if (phone !== undefined) return { key: `phone:${phone}` as PersonKey, name, phone, email };
  if (email !== null) return { key: `email:${email.toLowerCase()}` as PersonKey, name, phone: digits.length >= fewestDigits ? digits : null, email };
  if (digits.length < fewestDigits) return undefined;
  return { key: `digits:${digits}:${foldName(name)}` as PersonKey, name, phone: digits, email };
}

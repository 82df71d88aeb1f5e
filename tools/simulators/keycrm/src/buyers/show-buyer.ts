import type { Account } from '../accounts/account.js';
import { customFieldsShown } from '../dictionaries/show-dictionaries.js';
import type { Buyer } from './buyer.js';

/** A buyer as the API gives it: here phones and e-mails are lists, unlike inside an order. */
export function showBuyer(account: Account, buyer: Buyer, include: readonly string[] = []): Record<string, unknown> {
  const custom_fields = customFieldsShown(account, buyer.customFields);
  const nested: Record<string, unknown> = { manager: null, shipping: [], company: null, loyalty: [], custom_fields };
  return {
    id: buyer.id,
    full_name: buyer.fullName,
    birthday: buyer.birthday,
    email: buyer.emails,
    phone: buyer.phones,
    note: buyer.note,
    created_at: buyer.createdAt,
    updated_at: buyer.updatedAt,
    ...Object.fromEntries(include.map((name) => [name, nested[name]])),
  };
}

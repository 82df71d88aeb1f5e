import { type StoredValue } from '../metadata/stored-value.js';
import { membersOf } from '../packet.js';
import { Refusal } from '../refusal.js';
import { type Switches } from '../switches.js';

/** Throws the refusal of a field when contacts are sent beside `details` to a base that only derives them. */
export function demandWritableContacts(sent: Readonly<Record<string, unknown>>, writable: Switches['personContactsWritable']): void {
  const name = ['phone', 'email'].find((contact) => contact in sent);
  if (writable === 'no' && name !== undefined) throw new Refusal(`cant set value of header.${name}: bad value, or field doesnt exist`);
}

/** Fills `phone` and `email` of a person from the JSON in `details`, unless they were sent themselves. */
export function deriveContacts(
  header: Record<string, StoredValue>,
  sent: Readonly<Record<string, unknown>>,
  switches: Switches,
): void {
  const { phoneStoredAs, personPhone } = switches;
  if ('details' in sent) {
    const json = String(header['details'] ?? '');
    const details = json === '' ? {} : parseDetails(json);
    const phones = contactsIn(details['phones']);
    if (!('phone' in sent)) header['phone'] = (personPhone === 'first' ? phones.slice(0, 1) : phones).join(',');
    if (!('email' in sent)) header['email'] = contactsIn(details['emails'])[0] ?? '';
  }
  const { phone } = header;
  if (phoneStoredAs === 'digits' && typeof phone === 'string') header['phone'] = phone.replace(/[^\d,]/g, '');
}

function parseDetails(json: string): Readonly<Record<string, unknown>> {
  try {
    const details: unknown = JSON.parse(json);
    if (typeof details === 'object' && details !== null) return details as Record<string, unknown>;
  } catch {
    // Answered below, with every other text that is no contact list.
  }
  throw new Refusal('cant set value of header.details: bad value, or field doesnt exist');
}

function contactsIn(contacts: unknown): readonly string[] {
  if (!Array.isArray(contacts)) return [];
  return contacts.map(membersOf).flatMap(({ pr }) => (pr === undefined ? [] : [String(pr)]));
}

import { type StoredValue } from '../metadata/stored-value.js';
import { Refusal } from '../refusal.js';
import { type Switches } from '../switches.js';

/** Throws the refusal of a field when contacts are sent beside `details` to a base that only derives them. */
export function demandWritableContacts(sent: Readonly<Record<string, unknown>>, writable: Switches['personContactsWritable']): void {
  const name = ['phone', 'email'].find((contact) => contact in sent);
  if (writable === 'no' && name !== undefined) throw new Refusal(`cant set value of header.${name}: bad value, or field doesnt exist`);
}

/** Fills `phone` and `email` of a person from the JSON in `details`, unless they were sent themselves. */
export function deriveContacts(header: Record<string, StoredValue>, sent: Readonly<Record<string, unknown>>, phoneStoredAs: Switches['phoneStoredAs']): void {
  if (typeof sent['details'] === 'string' && sent['details'] !== '') {
    const details = parseDetails(sent['details']);
    if (!('phone' in sent)) header['phone'] = firstContact(details['phones']) ?? '';
    if (!('email' in sent)) header['email'] = firstContact(details['emails']) ?? '';
  }
  if (phoneStoredAs === 'digits' && typeof header['phone'] === 'string') header['phone'] = header['phone'].replace(/\D/g, '');
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

function firstContact(contacts: unknown): string | undefined {
  if (!Array.isArray(contacts)) return undefined;
  const first: unknown = contacts[0];
  return typeof first === 'object' && first !== null && 'pr' in first ? String(first.pr) : undefined;
}

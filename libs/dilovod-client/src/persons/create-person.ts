import { cleanTexts } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import type { DilovodSavePacket } from '../dilovod-packets.js';

/** `name` is the full name as it shall read; `phone` is E.164. */
export interface PersonDraft {
  readonly name: string;
  readonly phone?: string | null;
  readonly email?: string | null;
}

/**
 * A new counterparty. Contacts stand in `details`, from which the base is believed to derive `phone` and `email`, by which people are found; with
 * `contactsInHeader` they are written there as well.
 */
export function toPersonPacket(
  draft: PersonDraft,
  { contactsInHeader }: { readonly contactsInHeader: boolean } = { contactsInHeader: true },
): DilovodSavePacket {
  const { name, phone, email } = cleanTexts(draft);
  const digits = phone?.replace(/\D/g, '');
  const names = { uk: name, ru: name };
  const details = {
    phones: digits ? [{ pr: digits, kind: 'phone' }] : [],
    emails: email ? [{ pr: email, kind: 'email' }] : [],
    messengers: [],
    urls: [],
    attributes: [],
    notes: [],
    names: [{ pr: names, kind: 'fullName' }],
    addresses: [],
  };
  const contacts = contactsInHeader ? { ...(digits ? { phone: digits } : {}), ...(email ? { email } : {}) } : {};
  return { header: { id: 'catalogs.persons', name: names, ...contacts, details: JSON.stringify(details) } };
}

/** Creates the person and gives its id. A base that takes no contacts in the header refuses before it creates, and then gets them in `details` alone. */
export async function createPerson(client: Pick<DilovodClient, 'saveObject'>, draft: PersonDraft, options: CallOptions): Promise<DilovodCall<string>> {
  const steps = stepsWithin(options);
  const answer = await steps.take((left) => client.saveObject(toPersonPacket(draft), left));
  const field = answer.kind === 'rejected' && answer.failure.code === 'bad-field' ? (answer.failure.detail as { field?: unknown }).field : undefined;
  if (field !== 'phone' && field !== 'email') return steps.end(answer);
  return steps.end(await steps.take((left) => client.saveObject(toPersonPacket(draft, { contactsInHeader: false }), left)));
}

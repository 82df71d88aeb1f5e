import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnRows } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import type { DilovodQuery } from '../dilovod-packets.js';
import { type FieldReader, fieldsOf, listAt, reading, recordAt } from '../read-json.js';
import { sortOut } from '../read-rows.js';
import { phoneSpellings } from './phone-spellings.js';

/** A counterparty. `phones` and `emails` are as typed: the person's own field first, then those in the contact details. */
export interface DilovodPerson {
  readonly id: string;
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly delMark: boolean | null;
}

/** Every person with this phone (E.164) in any usual spelling, marked ones too. One request. */
export async function findPersonsByPhone(
  client: Pick<DilovodClient, 'request'>,
  phone: string,
  options: CallOptions,
): Promise<DilovodCall<readonly DilovodPerson[]>> {
  const query: DilovodQuery = {
    from: 'catalogs.persons',
    fields: { id: 'id', name: 'name', phone: 'phone', email: 'email', delMark: 'delMark', details: 'details' },
    filters: [{ alias: 'phone', operator: 'IL', value: phoneSpellings(phone) }],
  };
  return turnRows(await client.request(query, options), (rows) => done(sortOut(rows, { read: fromPersonRow })));
}

/** Of a row with `id`, `name` and as much of `phone`, `email`, `delMark` and `details` as was asked for. */
export function fromPersonRow(fields: FieldReader): DilovodPerson {
  const contact = (own: string, part: string): readonly string[] => {
    const all = [fields.text(own), ...contactsIn(fields.raw('details'), part)];
    return [...new Set(all.filter((text) => text !== null && text !== ''))] as readonly string[];
  };
  return { id: fields.id('id'), name: fields.text('name'), phones: contact('phone', 'phones'), emails: contact('email', 'emails'), delMark: fields.flag('delMark') };
}

/** Contact details are JSON in a text that people and other programs write too; what is no such JSON holds no contacts. */
function contactsIn(details: unknown, part: string): readonly string[] {
  const contacts = reading('failed', () => {
    const parts = recordAt(typeof details === 'string' ? parsed(details) : details, 'details');
    return listAt(parts[part], part).flatMap((item) => fieldsOf(item, part).text('pr') ?? []);
  });
  return contacts.kind === 'done' ? contacts.value : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

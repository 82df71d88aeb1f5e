import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin, turnCall, turnRows } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import type { DilovodFilter, DilovodQuery } from '../dilovod-packets.js';
import { listed } from '../listed.js';
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

type Persons = Promise<DilovodCall<readonly DilovodPerson[]>>;

/** Every person whose own phone field is one of the phones (E.164) in any usual spelling, marked ones too. One request a phone. */
export async function findPersonsByPhone(client: Pick<DilovodClient, 'request'>, phones: readonly string[], options: CallOptions): Persons {
  const steps = stepsWithin(options);
  const found: DilovodPerson[] = [];
  for (const spellings of phones.flatMap((phone) => listed(phoneSpellings(phone)))) {
    const answer = await steps.take((left) => find(client, { alias: 'phone', operator: 'IL', value: spellings }, left));
    if (answer.kind !== 'done') return steps.end(answer);
    found.push(...answer.value);
  }
  return steps.end(done(found));
}

/** Every person whose contact details, or whose phone field beside other numbers, hold these digits in a row, marked ones too. One request. */
export function findPersonsByDigits(
  client: Pick<DilovodClient, 'request'>,
  { field, digits }: { readonly field: 'details' | 'phone'; readonly digits: string },
  options: CallOptions,
): Persons {
  return find(client, { alias: field, operator: '%', value: digits }, options);
}

/** Every person whose own e-mail field is this address, in the usual cases of letters. One request. */
export function findPersonsByEmail(client: Pick<DilovodClient, 'request'>, email: string, options: CallOptions): Persons {
  const lower = email.toLowerCase();
  const spellings = [...new Set([email, lower, lower.charAt(0).toUpperCase() + lower.slice(1)])];
  return find(client, { alias: 'email', operator: 'IL', value: spellings }, options);
}

async function find(client: Pick<DilovodClient, 'request'>, filter: DilovodFilter, options: CallOptions): Persons {
  const query: DilovodQuery = {
    from: 'catalogs.persons',
    fields: { id: 'id', name: 'name', phone: 'phone', email: 'email', delMark: 'delMark', details: 'details' },
    filters: [filter],
  };
  return turnRows(await client.request(query, options), (rows) => done(sortOut(rows, { read: fromPersonRow })));
}

/** One person as it stands now; `rejected` `not-found` when the base has none with this id. */
export async function readPerson(client: Pick<DilovodClient, 'getObject'>, id: string, options: CallOptions): Promise<DilovodCall<DilovodPerson>> {
  return turnCall(await client.getObject(id, options), ({ header }) => reading('failed', () => fromPersonRow(fieldsOf(header, 'header'))));
}

function fromPersonRow(fields: FieldReader): DilovodPerson {
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

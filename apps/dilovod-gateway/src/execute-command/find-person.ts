import type { DilovodCommand, ResultOf } from '@kds/contracts';
import { type DilovodPerson, type DilovodQuery, type DilovodRecord, findPersonsByPhone } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done } from '@kds/kernel';
import { type PersonFound, plainPhone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';

type FindPerson = Extract<DilovodCommand, { kind: 'find-person' }>;
type Answer = ApiAnswer<ResultOf['find-person']>;

/** Persons who are not marked for deletion and have the phone (E.164), in whatever spelling; without one, those with the e-mail address, or else with the digits. */
export async function findPerson({ phone, email }: FindPerson, desk: DilovodDesk): Promise<Answer> {
  if (email !== null && !phone?.startsWith('+')) return findByEmail(email, desk);
  return phone === null ? done({ found: [] }) : findByPhone(phone, desk);
}

async function findByPhone(phone: string, { dilovod, within }: DilovodDesk): Promise<Answer> {
  const { answer } = await findPersonsByPhone(dilovod, phone, within());
  if (answer.kind !== 'done') return answer;
  const live = answer.value.filter(({ delMark }) => delMark !== true);
  const found = live.filter((person) => hasPhone(person, phone)).map(({ id, name }) => ({ id, name: name ?? '' }));
  return found.length === 0 && live.some(isUnreadable) ? unreadable : done({ found });
}

function hasPhone({ phones }: DilovodPerson, wanted: string): boolean {
  return phones.some((typed) => plainPhone(typed) === plainPhone(wanted));
}

/** It was found by a phone and shows none: the key's role may not read it. */
function isUnreadable({ phones }: DilovodPerson): boolean {
  return phones.length === 0;
}

/** Whoever this is must not be taken for the buyer, and creating the buyer may make a second of the same. */
const unreadable: Answer = {
  kind: 'rejected',
  failure: { code: 'person-unreadable', message: "Dilovod knows somebody with the buyer's phone and does not show the phone to this key: open the catalogue of persons to the key's role." },
};

async function findByEmail(email: string, { dilovod, within }: DilovodDesk): Promise<Answer> {
  const query: DilovodQuery = {
    from: 'catalogs.persons',
    fields: { id: 'id', name: 'name', email: 'email', delMark: 'delMark' },
    filters: [{ alias: 'email', operator: 'IL', value: emailSpellings(email) }, { alias: 'delMark', operator: '=', value: false }],
  };
  const { answer } = await dilovod.request(query, within());
  return turn(answer, (rows) => ({ found: rows.flatMap((row) => toFound(row, email)) }));
}

/** A base may tell upper case from lower. */
function emailSpellings(email: string): readonly string[] {
  const lower = email.toLowerCase();
  return [...new Set([email, lower, lower.charAt(0).toUpperCase() + lower.slice(1)])];
}

/** The base may compare less exactly than we do. */
function toFound({ id, name, email: typed, delMark }: DilovodRecord, email: string): readonly PersonFound[] {
  const fits = typeof typed === 'string' && typed.trim().toLowerCase() === email.toLowerCase() && !['1', 1, true].includes(delMark as string);
  return fits && typeof id === 'string' ? [{ id, name: typeof name === 'string' ? name : '' }] : [];
}

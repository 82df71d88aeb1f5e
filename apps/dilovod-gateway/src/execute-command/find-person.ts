import type { DilovodCommand, ResultOf } from '@kds/contracts';
import { type DilovodPerson, type DilovodQuery, type DilovodRecord, findPersonsByPhone } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done } from '@kds/kernel';
import { normalisePhone, type PersonFound } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';

type FindPerson = Extract<DilovodCommand, { kind: 'find-person' }>;

/** Persons who are not marked for deletion and have the phone, in whatever spelling; without a phone, those with the e-mail address. */
export async function findPerson({ phone, email }: FindPerson, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['find-person']>> {
  if (phone !== null) return findByPhone(phone, desk);
  return email === null ? done({ found: [] }) : findByEmail(email, desk);
}

async function findByPhone(phone: string, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<ResultOf['find-person']>> {
  const { answer } = await findPersonsByPhone(dilovod, phone, within());
  return turn(answer, (persons) => ({ found: persons.filter((person) => person.delMark !== true && hasPhone(person, phone)).map(({ id, name }) => ({ id, name: name ?? '' })) }));
}

function hasPhone({ phones }: DilovodPerson, wanted: string): boolean {
  return phones.some((typed) => plainPhone(typed) === plainPhone(wanted));
}

function plainPhone(typed: string): string {
  return normalisePhone(typed) ?? typed.replace(/\D/g, '');
}

async function findByEmail(email: string, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<ResultOf['find-person']>> {
  const query: DilovodQuery = {
    from: 'catalogs.persons',
    fields: { id: 'id', name: 'name', email: 'email', delMark: 'delMark' },
    filters: [{ alias: 'email', operator: '=', value: email }, { alias: 'delMark', operator: '=', value: false }],
  };
  const { answer } = await dilovod.request(query, within());
  return turn(answer, (rows) => ({ found: rows.flatMap((row) => toFound(row, email)) }));
}

/** The base may compare less exactly than we do. */
function toFound({ id, name, email: typed, delMark }: DilovodRecord, email: string): readonly PersonFound[] {
  const fits = typeof typed === 'string' && typed.trim().toLowerCase() === email.toLowerCase() && !['1', 1, true].includes(delMark as string);
  return fits && typeof id === 'string' ? [{ id, name: typeof name === 'string' ? name : '' }] : [];
}

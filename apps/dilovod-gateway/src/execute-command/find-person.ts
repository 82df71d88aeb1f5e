import type { DilovodCommand, ResultOf } from '@kds/contracts';
import { type DilovodCall, type DilovodPerson, findPersonsByEmail, findPersonsByPhone } from '@kds/dilovod-client';
import { type ApiAnswer, done } from '@kds/kernel';
import { plainPhone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { reportUnreadable } from './report-unreadable.js';

type FindPerson = Extract<DilovodCommand, { kind: 'find-person' }>;
type Answer = ApiAnswer<ResultOf['find-person']>;

/** Persons who are not marked for deletion and have the phone (E.164), in whatever spelling; without one, those with the e-mail address, or else with the digits. */
export async function findPerson({ phone, email }: FindPerson, desk: DilovodDesk): Promise<Answer> {
  if (email !== null && !phone?.startsWith('+')) return findByEmail(email, desk);
  return phone === null ? done({ found: [] }) : findByPhone(phone, desk);
}

async function findByPhone(phone: string, desk: DilovodDesk): Promise<Answer> {
  const call = await findPersonsByPhone(desk.dilovod, phone, desk.within());
  return settleFound(call, { desk, fits: (person) => hasPhone(person, phone), hidden: ({ phones }) => phones.length === 0 });
}

interface Found {
  readonly desk: DilovodDesk;
  /** The base may compare less exactly than we do. */
  readonly fits: (person: DilovodPerson) => boolean;
  /** It was found by what it does not show: the key's role may not read it. */
  readonly hidden: (person: DilovodPerson) => boolean;
}

function settleFound(call: DilovodCall<readonly DilovodPerson[]>, { desk, fits, hidden }: Found): Answer {
  if (call.answer.kind !== 'done') return call.answer;
  const live = call.answer.value.filter(({ delMark }) => delMark !== true);
  const found = live.filter(fits).map(({ id, name }) => ({ id, name: name ?? '' }));
  const illegible = reportUnreadable(desk, 'persons', call).unreadable;
  if (found.length > 0) return done({ found });
  if (live.some(hidden)) return unreadable;
  return illegible === undefined ? done({ found }) : isIllegible(illegible);
}

function hasPhone({ phones }: DilovodPerson, wanted: string): boolean {
  return phones.some((typed) => plainPhone(typed) === plainPhone(wanted));
}

/** Whoever this is must not be taken for the buyer, and creating the buyer may make a second of the same. */
const unreadable: Answer = {
  kind: 'rejected',
  failure: { code: 'person-unreadable', message: "Dilovod knows somebody with the buyer's phone and does not show the phone to this key: open the catalogue of persons to the key's role." },
};

function isIllegible(ids: readonly string[]): Answer {
  const which = ids.length === 0 ? '' : ` (${ids.join(', ')})`;
  const known = `Dilovod knows somebody with the buyer's phone or e-mail whose record cannot be read${which}`;
  return { kind: 'rejected', failure: { code: 'person-unreadable', message: `${known}: open and save that person in Dilovod.` } };
}

async function findByEmail(email: string, desk: DilovodDesk): Promise<Answer> {
  const call = await findPersonsByEmail(desk.dilovod, emailSpellings(email), desk.within());
  const wanted = email.toLowerCase();
  const fits = ({ emails }: DilovodPerson): boolean => emails.some((typed) => typed.trim().toLowerCase() === wanted);
  return settleFound(call, { desk, fits, hidden: () => false });
}

/** A base may tell upper case from lower. */
function emailSpellings(email: string): readonly string[] {
  const lower = email.toLowerCase();
  return [...new Set([email, lower, lower.charAt(0).toUpperCase() + lower.slice(1)])];
}

import type { DilovodCommand, ResultOf } from '@kds/contracts';
import { createPerson, type DilovodCall, type DilovodPerson, findPersonsByDigits, findPersonsByEmail, findPersonsByPhone } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done } from '@kds/kernel';
import { choosePerson, isCalledLike, normalisePhones, type PersonChoice, plainPhone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { reportUnreadable } from './report-unreadable.js';

type Wanted = Omit<Extract<DilovodCommand, { kind: 'find-person' }>, 'kind'>;

/** Who of Dilovod's persons the buyer is, if anybody. */
export async function findPerson(wanted: Wanted, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['find-person']>> {
  return turn(await lookFor(wanted, desk), (person) => ({ person: person ?? null }));
}

/** The same, and whom nobody finds is created: whoever was booked by somebody else a moment ago is not made a second time. */
export async function createPersonOnce(wanted: Wanted, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['create-person']>> {
  const found = await lookFor(wanted, desk);
  if (found.kind !== 'done') return found;
  if (found.value !== undefined) return done({ person: found.value });
  const { name, phone, email } = wanted;
  const { answer } = await createPerson(desk.dilovod, { name, phone, email }, desk.within());
  return turn(answer, (id) => ({ person: { id, name, by: 'created', others: [] } }));
}

/**
 * By phone, in whatever spelling; a number may also stand beside others or in the contact details of somebody whose own number is another, so that is looked
 * at, too, before somebody who is called otherwise is taken for the buyer. By e-mail where there is no phone, and else only with the same name.
 */
async function lookFor(wanted: Wanted, desk: DilovodDesk): Promise<ApiAnswer<PersonChoice | undefined>> {
  const found: Found = { byPhone: [], byDigits: [], byEmail: [] };
  const illegible = new Set<string>();
  for (const { by, search, mayBeRefused } of searches(wanted, desk)) {
    const call = await search();
    const { answer } = call;
    if (answer.kind === 'rejected' && mayBeRefused && refusedFilters.includes(answer.failure.code)) continue;
    if (answer.kind !== 'done') return answer;
    found[by].push(...answer.value.filter((person) => person.delMark !== true));
    for (const { id } of call.unreadable ?? []) illegible.add(id ?? 'of an unknown id');
    reportUnreadable(desk, 'persons', call);
    const namesake = bearersOf(wanted, found).some((person) => isCalledLike(person.name ?? '', wanted.name));
    if (namesake) break;
  }
  const chosen = choose(wanted, bearersOf(wanted, found)) ?? choose(wanted, addresseesOf(wanted, found));
  if (chosen !== undefined) return done(chosen);
  // Digits may stand for anything; whoever has the number as a phone shows it, or the key may not see it.
  if (found.byPhone.some(({ phones }) => phones.length === 0)) return unreadable;
  return illegible.size === 0 ? done(undefined) : isIllegible([...illegible]);
}

type FoundBy = 'byPhone' | 'byDigits' | 'byEmail';
type Found = Readonly<Record<FoundBy, DilovodPerson[]>>;

interface Search {
  readonly by: FoundBy;
  readonly search: () => Promise<DilovodCall<readonly DilovodPerson[]>>;
  /** A base need not know how to look into this field. */
  readonly mayBeRefused?: boolean;
}

const refusedFilters: readonly string[] = ['bad-field', 'refused'];

function searches({ phone, phones, email }: Wanted, { dilovod, within }: DilovodDesk): readonly Search[] {
  const isReal = phone?.startsWith('+') === true;
  const asked = isReal || email === null ? phones : [];
  const digits = isReal ? [...new Set(asked.map((each) => each.replace(/\D/g, '').slice(-subscriberDigits)))] : [];
  const beside = (field: 'details' | 'phone') =>
    digits.map((each): Search => ({ by: 'byDigits', mayBeRefused: true, search: () => findPersonsByDigits(dilovod, { field, digits: each }, within()) }));
  return [
    ...(asked.length === 0 ? [] : [{ by: 'byPhone' as const, search: () => findPersonsByPhone(dilovod, asked, within()) }]),
    ...beside('details'),
    ...beside('phone'),
    ...(email === null ? [] : [{ by: 'byEmail' as const, search: () => findPersonsByEmail(dilovod, email, within()) }]),
  ];
}

/** Operator and number, as they stand in every spelling without blanks, with or without the country. */
const subscriberDigits = 9;

/** Persons who have one of the buyer's numbers, each once. */
function bearersOf({ phones }: Wanted, { byPhone, byDigits }: Found): readonly DilovodPerson[] {
  const wanted = new Set(phones.map(plainPhone));
  const has = (typed: string) => wanted.has(plainPhone(typed)) || normalisePhones(typed).some((phone) => wanted.has(phone));
  return onceEach([...byPhone, ...byDigits].filter((person) => person.phones.some(has)));
}

/** Persons who have the buyer's e-mail address: an address alone makes nobody the buyer who left another number. */
function addresseesOf({ phone, email, name }: Wanted, { byEmail }: Found): readonly DilovodPerson[] {
  const isSame = (typed: string) => typed.trim().toLowerCase() === email?.trim().toLowerCase();
  const leftNumber = phone?.startsWith('+') === true;
  return onceEach(byEmail.filter((person) => person.emails.some(isSame) && (!leftNumber || isCalledLike(person.name ?? '', name))));
}

function onceEach(persons: readonly DilovodPerson[]): readonly DilovodPerson[] {
  return [...new Map(persons.map((person) => [person.id, person])).values()];
}

function choose({ key, name }: Wanted, persons: readonly DilovodPerson[]): PersonChoice | undefined {
  return choosePerson({ key, name }, persons.map((person) => ({ id: person.id, name: person.name ?? '' })));
}

/** Whoever this is must not be taken for the buyer, and creating the buyer may make a second of the same. */
const unreadable: ApiAnswer<never> = {
  kind: 'rejected',
  failure: {
    code: 'person-unreadable',
    message: "Dilovod knows somebody with the buyer's phone and does not show the phone to this key: open the catalogue of persons to the key's role.",
  },
};

function isIllegible(ids: readonly string[]): ApiAnswer<never> {
  const message = `Dilovod knows somebody with the buyer's phone or e-mail whose record cannot be read (${ids.join(', ')}): open and save that person in Dilovod.`;
  return { kind: 'rejected', failure: { code: 'person-unreadable', message } };
}

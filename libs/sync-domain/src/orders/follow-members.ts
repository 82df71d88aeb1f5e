import { sameRows } from './compare-rows.js';
import type { OrderMembers, SaleOrderHeld, SaleOrderWritten } from './order-binding.js';
import type { SaleOrderExpected } from './order-command.js';

export type FollowedMembers = OrderMembers & { readonly person: string };
export type FollowedName = keyof FollowedMembers;

/** A member that was changed in KeyCRM (or the manifest) and in Dilovod since it was last written. */
export interface MemberConflict {
  readonly member: FollowedName;
  readonly dilovod: string | null;
  readonly keycrm: string | null;
}

export interface Followed {
  readonly members: FollowedMembers;
  readonly conflicts: readonly MemberConflict[];
}

export const memberNames: readonly FollowedName[] = [
  'person',
  'business',
  'author',
  'tradeChanel',
  'paymentForm',
  'details',
  'remarkFromPerson',
  'note',
];

/**
 * What an order document's header shall say: what KeyCRM changed since it was last written follows KeyCRM, what a person changed in Dilovod stays.
 * Where both did, KeyCRM's value is proposed and the member is in `conflicts`.
 */
export function followMembers(wanted: FollowedMembers, held: SaleOrderHeld): Followed {
  const followed = memberNames.map((member) => ({ member, ...follow(member, wanted, held) }));
  return {
    members: Object.fromEntries(followed.map(({ member, value }) => [member, value])) as unknown as FollowedMembers,
    conflicts: followed.flatMap(({ member, conflict }) => (conflict === undefined ? [] : [{ member, ...conflict }])),
  };
}

interface FollowedValue {
  readonly value: string | null;
  readonly conflict?: Omit<MemberConflict, 'member'>;
}

function follow(member: FollowedName, wanted: FollowedMembers, held: SaleOrderHeld): FollowedValue {
  const keycrm = wanted[member];
  if (!isShown(held, member)) return { value: keycrm };
  const dilovod = heldMember(held, member);
  if (keycrm === dilovod) return { value: dilovod };
  const written = writtenMember(held.written, member);
  // Whose words they are nobody knows, so none is taken away.
  if (written === undefined) return { value: keycrm ?? dilovod };
  if (keycrm === written) return { value: dilovod };
  const stood = held.written?.stood?.[member];
  if (dilovod === written || dilovod === stood) return { value: keycrm };
  return { value: keycrm, conflict: { dilovod, keycrm } };
}

/** Every document has a person: one that is not shown is not known. */
export function isShown(held: SaleOrderHeld, member: FollowedName): boolean {
  return member === 'person' ? held.person !== '' : held.members !== null;
}

/** `undefined`: not known. */
export function writtenMember(written: SaleOrderWritten | null, member: FollowedName): string | null | undefined {
  if (member === 'person') return written?.person ?? undefined;
  return written?.members[member];
}

/** As it stands in Dilovod. */
export function heldMember(held: SaleOrderHeld, member: FollowedName): string | null {
  return member === 'person' ? held.person : (held.members?.[member] ?? null);
}

/** Members in which two states of an order document differ. */
export function changedMembers(before: SaleOrderHeld, after: SaleOrderHeld): readonly FollowedName[] {
  const shown = before.members !== null && after.members !== null;
  return memberNames.filter((name) => (name === 'person' || shown) && heldMember(before, name) !== heldMember(after, name));
}

/** The members of anything that has them among others. */
export function pickMembers(of: FollowedMembers): FollowedMembers {
  const { person, business, author, tradeChanel, paymentForm, details, remarkFromPerson, note } = of;
  return { person, business, author, tradeChanel, paymentForm, details, remarkFromPerson, note };
}

/** Does an order document stand as it was last known to? What people added behind our words in the remark is theirs, and no change of ours. */
export function isAsExpected(found: SaleOrderExpected, expected: SaleOrderExpected): boolean {
  const samePerson = found.person === expected.person || found.person === '' || expected.person === '';
  if (!samePerson || !sameRows(found.rows, expected.rows)) return false;
  const [shown, known] = [found.members, expected.members];
  if (shown === null) return true;
  if (known === null) return false;
  const { note: _shown, ...others } = shown;
  const same = Object.entries(others).every(([name, value]) => value === known[name as keyof OrderMembers]);
  return same && ourNote(shown.note, known.note) === known.note;
}

/** Of what follows the key in a remark, the words that are ours. `written`: as we wrote them last. */
export function ourNote(tail: string | null, written: string | null): string | null {
  if (tail === null) return null;
  if (written !== null && tail.startsWith(written)) return written;
  return tail.startsWith(leftOut) ? tail : null;
}

const leftOut = 'Без рядків: ';

/** Names in the remark the lines that the client's policy leaves out of the documents. */
export function leftOutNote(skipped: readonly string[]): string | null {
  return skipped.length === 0 ? null : `${leftOut}${skipped.join(', ')}`;
}

import { foldName, isNameWithin } from './same-name.js';

/** A person that a look-up in Dilovod brought back. */
export interface PersonFound {
  readonly id: string;
  readonly name: string;
}

/** Which person it is, by what, and who else it could have been. */
export interface PersonChoice {
  readonly id: string;
  /** As Dilovod calls the person. */
  readonly name: string;
  readonly by: 'only-one' | 'same-name' | 'longest-known' | 'created';
  readonly others: readonly string[];
}

/**
 * Which of several persons with the buyer's phone or e-mail the buyer is: the one of the same name, else one whose name lacks a part or has one more,
 * else the one that has been there longest. What is no valid phone may be many people's («0000000000»): there only the name decides.
 */
export function choosePerson({ key, name }: { readonly key: string; readonly name: string }, found: readonly PersonFound[]): PersonChoice | undefined {
  const oldestFirst = [...found].sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  const namesake = oldestFirst.find((person) => foldName(person.name) === foldName(name)) ?? oldestFirst.find((person) => isNameWithin(person.name, name));
  const chosen = namesake ?? (key.startsWith('digits:') ? undefined : oldestFirst[0]);
  if (chosen === undefined) return undefined;
  const others = oldestFirst.flatMap(({ id }) => (id === chosen.id ? [] : [id]));
  return { id: chosen.id, name: chosen.name, by: others.length === 0 ? 'only-one' : namesake === undefined ? 'longest-known' : 'same-name', others };
}

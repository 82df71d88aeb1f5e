import { type Base } from '../base/base.js';

/** Puts things that come in the order of their last change into the order in which this base answers. */
export function inNaturalOrder<T extends { readonly id: string }>(base: Base, objects: readonly T[]): readonly T[] {
  switch (base.switches.naturalOrder) {
    case 'change':
      return objects;
    case 'id':
      return objects.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
    case 'random':
      return shuffled(objects, base.random);
  }
}

/** Records that have no id stay as they come, unless this base answers in an order of chance. */
export function perhapsShuffled<T>(base: Base, records: readonly T[]): readonly T[] {
  return base.switches.naturalOrder === 'random' ? shuffled(records, base.random) : records;
}

function shuffled<T>(things: readonly T[], random: () => number): readonly T[] {
  const mixed = [...things];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { byHand } from '../base/session.js';
import { setDelMark } from '../documents/set-del-mark.js';
import { storeObject } from '../documents/save-object.js';
import { type StoredRecord, type StoredValue } from '../metadata/stored-value.js';
import { type Name } from './catalog-verbs.js';

interface Phone {
  readonly pr: string;
  readonly kind: string;
}

interface Details {
  readonly phones?: readonly Phone[];
}

/** Verbs that do to counterparties what a person does in the UI. Phones stay as they are given, in `details`. */
export function personVerbs(base: Base) {
  const save = (header: object) => storeObject(base, byHand, { header }).id;
  const detailsOf = (id: string) => JSON.parse(String(load(base, id).header['details'] ?? '') || '{}') as Details;
  const setPhones = ({ id, phones }: { readonly id: string; readonly phones: readonly string[] }) => {
    const details = { ...detailsOf(id), phones: phones.map((pr): Phone => ({ pr, kind: 'phone' })) };
    return save({ id, details: JSON.stringify(details) });
  };
  return {
    renamePerson: ({ id, name }: { readonly id: string; readonly name: Name }) => save({ id, name }),
    /** Replaces all phones; none are left when none are given. */
    setPhones,
    addPhone: ({ id, phone }: { readonly id: string; readonly phone: string }) =>
      setPhones({ id, phones: [...(detailsOf(id).phones ?? []).map(({ pr }) => pr), phone] }),
    /** Everything that names `merged` names `survivor` from then on, and `merged` is marked for deletion. */
    mergePersons: ({ survivor, merged }: { readonly survivor: string; readonly merged: string }) => {
      for (const id of [survivor, merged]) load(base, id);
      for (const object of base.objects.all()) {
        const changed = withReference(object, merged, survivor);
        if (changed !== object) base.store(changed, byHand);
      }
      setDelMark(base, byHand, { header: { id: merged } });
    },
  };
}

function load(base: Base, id: string): StoredObject {
  const person = base.objects.find(id);
  if (person?.type !== 'catalogs.persons') throw new Error(`No person ${id}`);
  return person;
}

function withReference(object: StoredObject, from: string, to: string): StoredObject {
  const names = (record: StoredRecord) =>
    Object.entries(record).some(([name, value]) => name !== 'id' && value === from);
  const rows = Object.values(object.parts).flat();
  if (!names(object.header) && !rows.some(names)) return object;
  const pointed = (name: string, value: StoredValue) => (name !== 'id' && value === from ? to : value);
  const renamed = (record: StoredRecord): StoredRecord =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, pointed(name, value)]));
  const parts = Object.entries(object.parts).map(([name, part]) => [name, part.map(renamed)]);
  return { ...object, header: renamed(object.header), parts: Object.fromEntries(parts) };
}

import { noReference, type StoredValue, type Texts } from '../metadata/stored-value.js';
import { type Base } from './base.js';
import { type StoredObject } from './object-store.js';
import { type Session } from './session.js';

export const restricted = '[access restricted]';

/** The text that a reference shows: nothing for none and for an object without a text, the restriction when the role may not see the type. */
export function presentationOf(base: Base, session: Session, id: string): string | null {
  if (id === noReference) return null;
  const type = base.schema.typeOfId(id);
  if (type && session.closed.has(type.name)) return restricted;
  const object = base.objects.find(id);
  return (object && inLanguage(base, textsOf(base, object))) || null;
}

/** What an object is called: a document by date, kind and number, anything else by name. */
export function textsOf(base: Base, object: StoredObject): Texts {
  const type = base.schema.load(object.type);
  if (type.kind === 'documents') {
    const [year, month, day] = String(object.header['date'] ?? '0000-00-00').slice(0, 10).split('-');
    const named = (label: string) => `${day}.${month}.${year} ${label} ${String(object.header['number'] ?? '')}`;
    return { uk: named(type.presentation.uk), ru: named(type.presentation.ru) };
  }
  const name = object.header['name'];
  return typeof name === 'object' ? name : { uk: '', ru: '' };
}

/** A value as plain text, in the language of the base. */
export function inLanguage(base: Base, value: StoredValue): string {
  return typeof value === 'string' ? value : value[base.switches.textLanguage];
}

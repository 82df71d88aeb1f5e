import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { presentationOf, restricted, textsOf } from '../base/presentation.js';
import { demandRead, type Session } from '../base/session.js';
import { type Field } from '../metadata/field.js';
import { blank, noReference, type StoredRecord, toReference } from '../metadata/stored-value.js';
import { Refusal } from '../refusal.js';

/** One object with its table parts, in the form of `getObject`. */
export interface ObjectAnswer {
  readonly header: Readonly<Record<string, unknown>>;
  readonly tableParts?: Readonly<Record<string, unknown>>;
  readonly misc: false | null;
}

/** Reads one object. */
export function getObject(base: Base, session: Session, params: Readonly<Record<string, unknown>>): ObjectAnswer {
  const id = toReference(params['id']) ?? '';
  const object = base.objects.find(id);
  if (!object) throw new Refusal(`object with id ${String(params['id'] ?? '')} not found`);
  demandRead(session, object.type);
  return { ...describeObject(base, session, object), misc: false };
}

/** Header and table parts of an object; no `tableParts` for a type that has none. */
export function describeObject(base: Base, session: Session, object: StoredObject): Omit<ObjectAnswer, 'misc'> {
  const type = base.schema.load(object.type);
  const header = Object.fromEntries(Object.entries(type.header).map(([name, field]) => [name, headerValue({ base, session, object }, name, field)]));
  const parts = Object.entries(type.parts).map(([name, fields]) => [name, describeRows(base, session, { fields, rows: object.parts[name] ?? [] })]);
  return parts.length === 0 ? { header } : { header, tableParts: Object.fromEntries(parts) };
}

function headerValue({ base, session, object }: { base: Base; session: Session; object: StoredObject }, name: string, field: Field): unknown {
  if (name === 'presentation') return textsOf(base, object);
  const value = object.header[name] ?? blank(field);
  return field.kind === 'ref' ? { id: value, pr: shownAs(base, session, { field, id: String(value) }) } : value;
}

type Reference = Field & { readonly kind: 'ref' };

/** What a reference shows; an empty one to types that are closed shows the restriction. */
function shownAs(base: Base, session: Session, { field, id }: { field: Reference; id: string }): string | null {
  const isClosed = field.to.length > 0 && field.to.every((type) => session.closed.has(type));
  return id === noReference && isClosed ? restricted : presentationOf(base, session, id);
}

/** Rows keyed by their own ids, references flat; the empty list when there are none. */
function describeRows(base: Base, session: Session, { fields, rows }: { fields: Readonly<Record<string, Field>>; rows: readonly StoredRecord[] }): unknown {
  if (rows.length === 0) return [];
  const described = rows.map((row) => {
    const members: [string, unknown][] = [['id', row['id']]];
    for (const [name, field] of Object.entries(fields)) {
      const value = row[name] ?? blank(field);
      members.push([name, value]);
      if (field.kind === 'ref') members.push([`${name}__pr`, shownAs(base, session, { field, id: String(value) })]);
    }
    return [String(row['id']), Object.fromEntries(members)] as const;
  });
  return Object.fromEntries(described);
}

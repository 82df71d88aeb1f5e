import { isDeepStrictEqual } from 'node:util';
import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { type Session } from '../base/session.js';
import { type Field } from '../metadata/field.js';
import { blank, type StoredRecord, type StoredValue, toFlag, toReference } from '../metadata/stored-value.js';
import { type TypeDefinition } from '../metadata/type-definition.js';
import { Refusal } from '../refusal.js';
import { readRows } from './rows.js';
import { toValidStored } from './references.js';

/** The state of an object that is about to be stored. */
export interface Draft {
  readonly id: string;
  readonly type: TypeDefinition;
  readonly before: StoredObject | undefined;
  readonly header: Record<string, StoredValue>;
  readonly parts: Record<string, readonly StoredRecord[]>;
}

/** Set by the base alone, or by rules of their own; a write to them through the header is neither applied nor refused. */
const governed = new Set(['id', 'delMark', 'posted', 'version', 'presentation']);

/** A draft of the object that `header.id` names: a type for a new one, an id for one that exists. */
export function openDraft(base: Base, reference: unknown): Draft {
  const newType = typeof reference === 'string' ? base.schema.find(reference) : undefined;
  if (newType && newType.kind !== 'enumerates') {
    const id = base.objects.nextId(newType);
    return { id, type: newType, before: undefined, header: { id }, parts: {} };
  }
  const before = base.objects.find(toReference(reference) ?? '');
  if (!before) throw new Refusal(`object with id ${String(toReference(reference) ?? reference)} not found`);
  return { id: before.id, type: base.schema.load(before.type), before, header: { ...before.header }, parts: { ...before.parts } };
}

/** Attributes of a type that only the base sets. */
const notTaken: Readonly<Record<string, readonly string[]>> = {
  'documents.sale': ['number'],
  'documents.saleReturn': ['number'],
};

interface Change {
  readonly draft: Draft;
  readonly sent: Readonly<Record<string, unknown>>;
}

/** Sets the header attributes that were sent and leaves the others. Strict about names, values and reference types. */
export function applyHeader(base: Base, session: Session, { draft, sent }: Change): void {
  const emptying = session.origin === 'hand' || !draft.before ? 'taken' : base.switches.headerEmptying;
  for (const [name, raw] of Object.entries(sent)) {
    if (governed.has(name) && draft.type.header[name]) continue;
    const field = draft.type.header[name];
    const stored = field && toValidStored(base, field, raw);
    const isTaken = session.origin === 'hand' || !notTaken[draft.type.name]?.includes(name);
    if (!field || stored === undefined || !isTaken) throw badHeaderValue(name);
    if (name === 'placed' && !mayReserve(base, session)) continue;
    const empties = emptying !== 'taken' && canBeEmptied(field) && isDeepStrictEqual(stored, blank(field));
    if (empties && emptying === 'refused') throw badHeaderValue(name);
    if (!empties) draft.header[name] = stored;
  }
}

function badHeaderValue(name: string): Refusal {
  return new Refusal(`cant set value of header.${name}: bad value, or field doesnt exist`);
}

/** A zero is a value of a flag and of a number; for others there is a way to say "none". */
function canBeEmptied({ kind }: Field): boolean {
  return kind !== 'flag' && kind !== 'decimal';
}

/** Puts the table parts that were sent in place of those that were there. */
export function applyTableParts(base: Base, session: Session, { draft, sent }: Change): void {
  for (const [name, rows] of Object.entries(sent)) {
    const fields = draft.type.parts[name];
    if (!fields) throw new Refusal(`cant set value of tableParts.${name}: bad value, or table part doesnt exist`);
    const kept = base.switches.tablePartRowIds === 'kept' ? (draft.parts[name] ?? []) : [];
    draft.parts[name] = readRows({ base, fields, name, keptIds: new Set(kept.map((row) => String(row['id']))), mayReserve: mayReserve(base, session) }, rows);
  }
}

/** In the UI people reserve goods for an order; through the API only where the base takes that. */
function mayReserve(base: Base, session: Session): boolean {
  return session.origin === 'hand' || base.switches.reserveBySaveObject === 'yes';
}

/** Whether the header asks for the deletion mark. A zero asks for nothing: marks are never taken off this way. */
export function asksForMark(sent: Readonly<Record<string, unknown>>): boolean {
  return toFlag(sent['delMark']) === '1';
}

/** The draft as an object to store. */
export function toObject(draft: Draft): StoredObject {
  return { id: draft.id, type: draft.type.name, header: draft.header, parts: draft.parts };
}

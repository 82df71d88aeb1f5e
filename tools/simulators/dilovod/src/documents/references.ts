import { type Base } from '../base/base.js';
import { type Field } from '../metadata/field.js';
import { noReference, type StoredValue, toStored } from '../metadata/stored-value.js';

/** The stored form of a value, with references looked up: nothing when the value is bad, of another type, or points nowhere. */
export function toValidStored(base: Base, field: Field, raw: unknown): StoredValue | undefined {
  const stored = toStored(field, raw);
  if (field.kind !== 'ref' || typeof stored !== 'string' || stored === noReference) return stored;
  const object = base.objects.find(stored);
  return object && (field.to.length === 0 || field.to.includes(object.type)) ? stored : undefined;
}

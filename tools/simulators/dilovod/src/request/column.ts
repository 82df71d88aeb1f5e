import { type Base } from '../base/base.js';
import { presentationOf, restricted, textsOf } from '../base/presentation.js';
import { type Session } from '../base/session.js';
import { type Field, type Fields } from '../metadata/field.js';
import { blank, noReference, type StoredRecord, type StoredValue } from '../metadata/stored-value.js';

/** One requested path: what it reads, and under which name it is answered. */
export interface Column {
  readonly alias: string;
  readonly path: string;
  readonly field: Field;
  read(record: StoredRecord): StoredValue;
}

/** Opens a path from the attributes of a table, across references. Nothing when the base knows no such path. */
export function openColumn(base: Base, session: Session, { fields, path, alias }: { fields: Fields; path: string; alias: string }): Column | undefined {
  if (path.endsWith('__pr')) return presentationColumn(base, session, { fields, path, alias });
  const step = openPath(base, session, fields, path.split('.'));
  return step && { alias, path, ...step };
}

type Step = Pick<Column, 'field' | 'read'>;

function openPath(base: Base, session: Session, fields: Fields, [name, ...rest]: readonly string[]): Step | undefined {
  const field = name === undefined ? undefined : fields[name];
  if (name === undefined || !field) return undefined;
  if (rest.length === 0) return { field, read: reader(base, name, field) };
  if (field.kind !== 'ref') return undefined;
  const targets = targetsOf(base, field).flatMap((type) => {
    const step = openPath(base, session, type.header, rest);
    return step ? [{ type: type.name, step }] : [];
  });
  const first = targets[0];
  if (!first) return undefined;
  const steps = new Map(targets.map(({ type, step }) => [type, step]));
  return { field: first.step.field, read: (record) => readAcross(base, session, { steps, field: first.step.field, id: String(record[name] ?? noReference) }) };
}

function readAcross(base: Base, session: Session, { steps, field, id }: { steps: ReadonlyMap<string, Step>; field: Field; id: string }): StoredValue {
  const target = base.objects.find(id);
  const step = target && steps.get(target.type);
  if (!target || !step) return blank(field);
  if (session.closed.has(target.type)) return field.kind === 'text' || field.kind === 'texts' ? restricted : blank(field);
  return step.read(target.header);
}

function targetsOf(base: Base, field: Field & { kind: 'ref' }) {
  return field.to.length === 0 ? base.schema.all() : field.to.map((name) => base.schema.load(name));
}

function reader(base: Base, name: string, field: Field): Column['read'] {
  if (name === 'presentation') {
    return (record) => {
      const object = base.objects.find(String(record['id']));
      return object ? textsOf(base, object) : blank(field);
    };
  }
  const absent = blank(field);
  return (record) => record[name] ?? absent;
}

/** `id__pr` as a path of its own: whatever it is to be called, it is answered as `id__pr`. */
function presentationColumn(base: Base, session: Session, { fields, path, alias }: { fields: Fields; path: string; alias: string }): Column | undefined {
  const step = openPath(base, session, fields, path.slice(0, -'__pr'.length).split('.'));
  if (step?.field.kind !== 'ref') return undefined;
  return { alias, path, field: { kind: 'text' }, read: (record) => presentationOf(base, session, String(step.read(record))) ?? '' };
}

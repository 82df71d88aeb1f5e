import { type ApiAnswer, done } from '@kds/kernel';
import type { DilovodUnreadable } from './dilovod-call.js';
import { badAnswer, type DilovodRecord, type FieldReader, fieldsOf, fieldsOfRow, tryReading } from './read-json.js';

export interface RowReader<T> {
  readonly read: (fields: FieldReader) => T;
  /** The member that holds the id of what a row tells of; `id` unless told. */
  readonly key?: string;
}

/** Rows as they were read, and those that were left out, so that one bad row does not stop the others. */
export interface ReadRows<T> {
  readonly rows: readonly T[];
  readonly unreadable: readonly UnreadableRow[];
}

export interface UnreadableRow extends DilovodUnreadable {
  readonly record: DilovodRecord;
}

/**
 * Reads the rows of an answer; where there are some and none can be read, it is the answer that is wrong: `failed`
 * `bad-answer`.
 */
export function readRows<T>(records: readonly DilovodRecord[], reader: RowReader<T>): ApiAnswer<ReadRows<T>> {
  const read = sortOut(records, reader);
  const [first] = read.unreadable;
  return first !== undefined && read.rows.length === 0 ? { kind: 'failed', failure: badAnswer(first) } : done(read);
}

/**
 * As `readRows`, for lists in which a row that is absent tells something: what is left out must be known by its id,
 * else the answer is `failed`.
 */
export function readNamedRows<T>(records: readonly DilovodRecord[], reader: RowReader<T>): ApiAnswer<ReadRows<T>> {
  const answer = readRows(records, reader);
  const nameless = answer.kind === 'done' ? answer.value.unreadable.find(({ id }) => id === null) : undefined;
  return nameless === undefined ? answer : { kind: 'failed', failure: badAnswer(nameless) };
}

export function sortOut<T>(records: readonly DilovodRecord[], { read, key = 'id' }: RowReader<T>): ReadRows<T> {
  const rows: T[] = [];
  const unreadable: UnreadableRow[] = [];
  records.forEach((record, index) => {
    const row = tryReading(() => read(fieldsOfRow(record, index)));
    if (row.ok) rows.push(row.value);
    else unreadable.push({ id: idIn(record, key), ...row.error, record });
  });
  return { rows, unreadable };
}

function idIn(record: DilovodRecord, key: string): string | null {
  const id = tryReading(() => fieldsOf(record, key).id(key));
  return id.ok ? id.value : null;
}

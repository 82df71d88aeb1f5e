import { type ApiAnswer, type ApiFailure, cleanText, type Decimal, done, failure, ok, parseDecimal, type Result } from '@kds/kernel';

/** One row or header as it came: nothing in it is believed before it is read through `fieldsOf`. */
export type DilovodRecord = Readonly<Record<string, unknown>>;

const restricted = '[access restricted]';

/** Thrown by the readers below and caught by `tryReading`: an answer has a wrong type at `path`. */
class UnreadableAnswer extends Error {
  constructor(readonly path: string, expected: string) {
    super(`${path}: expected ${expected}`);
  }
}

/** What cannot be read: where it stands, and what was expected there. */
export interface Illegible {
  readonly path: string;
  readonly problem: string;
}

/** Runs a reader. */
export function tryReading<T>(read: () => T): Result<T, Illegible> {
  try {
    return ok(read());
  } catch (error) {
    if (!(error instanceof UnreadableAnswer)) throw error;
    return failure({ path: error.path, problem: error.message });
  }
}

/** Runs a reader; what cannot be read becomes `bad-answer`, `failed` or `unknown` as the caller says. */
export function reading<T>(kind: 'failed' | 'unknown', read: () => T): ApiAnswer<T> {
  const result = tryReading(read);
  return result.ok ? done(result.value) : { kind, failure: badAnswer(result.error) };
}

export function badAnswer({ path, problem }: Illegible): ApiFailure {
  return { code: 'bad-answer', message: `Dilovod's answer cannot be read: ${problem}`, detail: { path } };
}

/** Reads the members of a row, header or catalog object. `null` means empty, closed for the role, or not there. */
export interface FieldReader {
  /** A clean text; of texts in several languages the Ukrainian one, else the first. */
  text(name: string): string | null;
  /** An id, from `"1100…"`, a number or `{id, pr}`; `"0"` is an empty reference. */
  reference(name: string): string | null;
  /** A `reference` that must be there. */
  id(name: string): string;
  flag(name: string): boolean | null;
  amount(name: string): Decimal | null;
  /** An `amount` that must be there. */
  quantity(name: string): Decimal;
  /** The value as it came. */
  raw(name: string): unknown;
}

export function fieldsOf(value: unknown, path: string): FieldReader {
  return new Fields(recordAt(value, path), path);
}

/** As `fieldsOf`, of a row of a list. */
export function fieldsOfRow(record: DilovodRecord, row: number): FieldReader {
  return new Fields(record, 'rows', row);
}

/** Whole catalogues go through here: the path of a field is put together only when it is needed. */
class Fields implements FieldReader {
  constructor(
    private readonly record: DilovodRecord,
    private readonly path: string,
    private readonly row?: number,
  ) {}

  text(name: string): string | null {
    return this.read(name, textIn);
  }

  reference(name: string): string | null {
    return this.read(name, referenceIn);
  }

  id(name: string): string {
    return this.read(name, idIn);
  }

  flag(name: string): boolean | null {
    return this.read(name, flagIn);
  }

  amount(name: string): Decimal | null {
    return this.read(name, amountIn);
  }

  quantity(name: string): Decimal {
    return this.read(name, quantityIn);
  }

  raw(name: string): unknown {
    return this.record[name];
  }

  private read<T>(name: string, readIn: (value: unknown) => T | Expected): T {
    const found = readIn(this.record[name]);
    if (found instanceof Expected) throw new UnreadableAnswer(`${this.path}${this.row === undefined ? '' : `[${this.row}]`}.${name}`, found.what);
    return found;
  }
}

/** What should have stood where something else was found. */
class Expected {
  constructor(readonly what: string) {}
}

function expected(what: string): Expected {
  return new Expected(what);
}

export function recordAt(value: unknown, path: string): DilovodRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableAnswer(path, 'an object');
  return value as DilovodRecord;
}

/** A list, or an object keyed by anything (how PHP sends lists with holes), as a list; empty in any of its forms as `[]`. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return isEmpty(value) ? [] : Object.values(recordAt(value, path));
}

/** Rows of `request`: objects, or `{columns, data}`, or nothing in any of its forms. */
export function rowsAt(value: unknown, path: string): readonly DilovodRecord[] {
  if (Array.isArray(value)) return value.map((row, index) => recordAt(row, `${path}[${index}]`));
  const answer = recordAt(value, path);
  if (Object.keys(answer).length === 0) return [];
  if (!Array.isArray(answer.columns)) throw new UnreadableAnswer(`${path}.columns`, 'a list');
  const columns = answer.columns.map((column: unknown, index) => {
    if (typeof column !== 'string') throw new UnreadableAnswer(`${path}.columns[${index}]`, 'a text');
    return column;
  });
  return listAt(answer.data, `${path}.data`).map((row, index) => {
    if (!Array.isArray(row)) return recordAt(row, `${path}.data[${index}]`);
    const record: Record<string, unknown> = {};
    for (let position = 0; position < columns.length; position += 1) record[columns[position] as string] = row[position];
    return record;
  });
}

function textIn(value: unknown): string | null | Expected {
  if (isEmpty(value) || value === restricted) return null;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || Array.isArray(value)) return expected('an object');
  const { uk, ru, en, pr } = value as DilovodRecord;
  const found = [uk, ru, en, pr].find((text) => typeof text === 'string' && text !== '');
  return typeof found === 'string' ? cleanText(found) : null;
}

function referenceIn(value: unknown): string | null | Expected {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  if (isEmpty(id) || id === '' || id === restricted) return null;
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) return expected('an id');
  return /^0+$/.test(text) ? null : text;
}

function idIn(value: unknown): string | Expected {
  return referenceIn(value) ?? expected('an id');
}

function quantityIn(value: unknown): Decimal | Expected {
  return amountIn(value) ?? expected('a number');
}

function flagIn(value: unknown): boolean | null | Expected {
  if (isEmpty(value) || value === '' || value === restricted) return value === false ? false : null;
  const text = String(typeof value === 'object' ? '?' : value).toLowerCase();
  if (text === '1' || text === 'true') return true;
  if (text === '0' || text === 'false') return false;
  return expected('a flag');
}

function amountIn(value: unknown): Decimal | null | Expected {
  if (isEmpty(value) || value === '' || value === restricted) return null;
  return parseDecimal(value) ?? expected('a number');
}

/** Nothing, in the ways PHP writes it. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}

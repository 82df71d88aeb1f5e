import { cleanText, type Decimal, failure, ok, parseDecimal, type Result } from '@kds/kernel';
import { parseMoment } from './parse-moment.js';

/** A parsed answer, or what is wrong with it: where, and of what type; never the value, which may be personal. */
export type Parsed<T> = Result<T, string>;

class UnexpectedJson extends Error {}

/** Runs a reader that may meet JSON of another shape, and gives that back as a problem such as `$.data[3].grand_total: expected a number, found a text`. */
export function readJson<T>(read: () => T): Parsed<T> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof UnexpectedJson) return failure(error.message);
    throw error;
  }
}

/** The elements with the paths at which they stand. */
export function readList<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (!Array.isArray(value)) throw unexpected(path, 'a list', value);
  return value.map((item, index) => read(item, `${path}[${index}]`));
}

/**
 * The fields of a JSON object, read by name and type, forgivingly: a number may come as text and a text as a number; absent, `null` and blank are the
 * same. A field that is required and absent, or present with a type that cannot be meant, ends the reading (see `readJson`).
 */
export class JsonFields {
  private constructor(private readonly fields: Readonly<Record<string, unknown>>, private readonly path: string) {}

  static of(value: unknown, path: string): JsonFields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(path, 'an object', value);
    return new JsonFields(value as Record<string, unknown>, path);
  }

  id(name: string): number {
    return this.#required(name, 'a whole number', this.optionalId(name));
  }

  optionalId(name: string): number | undefined {
    return this.#optional(name, 'a whole number', toWholeNumber);
  }

  amount(name: string): Decimal {
    return this.#required(name, 'a number', this.optionalAmount(name));
  }

  optionalAmount(name: string): Decimal | undefined {
    return this.#optional(name, 'a number', parseDecimal);
  }

  text(name: string): string {
    return this.#required(name, 'a text', this.optionalText(name));
  }

  optionalText(name: string): string | undefined {
    return this.#optional(name, 'a text', toText);
  }

  /** ISO 8601 in UTC, e.g. `2026-03-01T17:00:07.000Z`. */
  moment(name: string): string {
    return this.#required(name, 'a moment', this.optionalMoment(name));
  }

  optionalMoment(name: string): string | undefined {
    return this.#optional(name, 'a moment', parseMoment);
  }

  optionalFlag(name: string): boolean | undefined {
    return this.#optional(name, 'yes or no', (value) => flags.get(value));
  }

  /** An empty list stands for an empty object where the sender's language does not tell the two apart. */
  optionalObject(name: string): JsonFields | undefined {
    const value = this.fields[name];
    const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    return empty ? undefined : JsonFields.of(value, this.#at(name));
  }

  list<T>(name: string, read: (item: unknown, path: string) => T): T[] {
    return readList(this.fields[name], this.#at(name), read);
  }

  optionalList<T>(name: string, read: (item: unknown, path: string) => T): T[] {
    return this.fields[name] === undefined || this.fields[name] === null ? [] : this.list(name, read);
  }

  /** The value as it came, for fields of a type of their own. */
  raw(name: string): unknown {
    return this.fields[name];
  }

  #optional<T>(name: string, expected: string, read: (value: unknown) => T | undefined): T | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null || (typeof value === 'string' && cleanText(value).trim() === '')) return undefined;
    const parsed = read(value);
    if (parsed === undefined) throw unexpected(this.#at(name), expected, value);
    return parsed;
  }

  #required<T>(name: string, expected: string, value: T | undefined): T {
    if (value === undefined) throw unexpected(this.#at(name), expected, this.fields[name]);
    return value;
  }

  #at(name: string): string {
    return `${this.path}.${name}`;
  }
}

const flags = new Map<unknown, boolean>([
  [true, true], [1, true], ['1', true], ['true', true],
  [false, false], [0, false], ['0', false], ['false', false],
]);

/** A whole number or the text of one. */
export function toWholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** A clean text, or a number or flag where a text was meant. */
export function toText(value: unknown): string | undefined {
  const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isText ? cleanText(String(value)) : undefined;
}

function unexpected(path: string, expected: string, found: unknown): UnexpectedJson {
  return new UnexpectedJson(`${path}: expected ${expected}, found ${nameType(found)}`);
}

function nameType(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'yes or no' }[typeof value as string] ?? 'an object';
}

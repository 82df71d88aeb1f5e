import { isNumeric } from '../decimals.js';
import { parseMoment } from '../moments.js';
import { invalid } from './refusal.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Collects what is wrong with a body, so that one answer names every bad field. */
export class BodyCheck {
  readonly errors: Record<string, string[]> = {};

  constructor(
    /** Begins the path of every field. */
    private readonly prefix = '',
  ) {}

  get broken(): boolean {
    return Object.keys(this.errors).length > 0;
  }

  fail(path: string, problem: string): void {
    (this.errors[this.prefix + path] ??= []).push(problem);
  }

  /** Takes over what another check found. */
  add(other: BodyCheck): void {
    for (const [path, problems] of Object.entries(other.errors)) for (const problem of problems) this.fail(path, problem);
  }

  required(path: string, value: unknown): boolean {
    if (value !== undefined && value !== null && value !== '') return true;
    this.fail(path, `The ${path} field is required.`);
    return false;
  }

  /** A number or numeric text, or nothing. */
  number(path: string, value: unknown): void {
    if (isAbsent(value) || isNumeric(value)) return;
    this.fail(path, `The ${path} must be a number.`);
  }

  /** A number that is not negative, or nothing. */
  amount(path: string, value: unknown): void {
    this.number(path, value);
    if (isNumeric(value) && Number(value) < 0) this.fail(path, `The ${path} must be at least 0.`);
  }

  integer(path: string, value: unknown): void {
    if (isAbsent(value) || (isNumeric(value) && Number.isInteger(Number(value)))) return;
    this.fail(path, `The ${path} must be an integer.`);
  }

  text(path: string, value: unknown): void {
    if (isAbsent(value) || typeof value === 'string') return;
    this.fail(path, `The ${path} must be a string.`);
  }

  /** One of `choices`, or nothing. */
  oneOf(path: string, value: unknown, choices: readonly string[]): void {
    if (isAbsent(value) || choices.some((choice) => choice === value)) return;
    this.fail(path, `The selected ${path} is invalid.`);
  }

  moment(path: string, value: unknown): void {
    if (isAbsent(value) || (typeof value === 'string' && parseMoment(value))) return;
    this.fail(path, `The ${path} is not a valid date.`);
  }

  /** The rows of a list of objects; none when it is missing or no list (which is noted). */
  rows(path: string, value: unknown): readonly JsonObject[] {
    if (isAbsent(value)) return [];
    if (!Array.isArray(value)) {
      this.fail(path, `The ${path} must be an array.`);
      return [];
    }
    return value.map((row, index) => this.object(`${path}.${index}`, row));
  }

  object(path: string, value: unknown): JsonObject {
    if (isAbsent(value)) return {};
    if (isObject(value)) return value;
    this.fail(path, `The ${path} must be an array.`);
    return {};
  }

  /** Throws the 422 when anything was wrong. */
  refuseIfBroken(): void {
    if (this.broken) throw invalid(this.errors);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

import 'reflect-metadata';
import { type ClassConstructor, Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

/** A rule on one member: what to write there, in words, and the test of it. */
function must(instruction: string, holds: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name: instruction, validator: { validate: holds, defaultMessage: () => instruction } });
}

function eachOf(holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(holds);
}

const mapping = 'write a mapping (name: value), indented below';
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isDilovodId = (value: unknown): boolean => typeof value === 'string' && /^\d{16}$/.test(value);
const isKeycrmId = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;

/** A mapping with members of its own. */
export function Section(type: () => ClassConstructor<object>): PropertyDecorator {
  return (target, member) => {
    must(mapping, (value) => typeof value === 'object' && value !== null && !Array.isArray(value))(target, member);
    ValidateNested()(target, member);
    Type(type)(target, member);
  };
}

/** A list of mappings. */
export function SectionList(type: () => ClassConstructor<object>): PropertyDecorator {
  return (target, member) => {
    must('write a list of mappings (- name: value)', eachOf((value) => !Array.isArray(value)))(target, member);
    ValidateNested({ message: mapping })(target, member);
    Type(type)(target, member);
  };
}

export function OneOf(...words: readonly string[]): PropertyDecorator {
  return must(words.length === 1 ? `write ${words[0]}` : `write one of: ${words.join(', ')}`, (value) => words.includes(value as string));
}

export function Flag(): PropertyDecorator {
  return must('write true or false', (value) => typeof value === 'boolean');
}

export function Text(): PropertyDecorator {
  return must('write a text, in quotes where it looks like a number', isText);
}

export function TextList(): PropertyDecorator {
  return must('write a list of texts, in quotes where they look like numbers', eachOf(isText));
}

export function DilovodId(): PropertyDecorator {
  return must('write the 16-digit Dilovod id in quotes', isDilovodId);
}

export function DilovodIdList(): PropertyDecorator {
  return must('write a list of 16-digit Dilovod ids in quotes', eachOf(isDilovodId));
}

/** Dilovod ids by the ISO code of the currency. */
export function CurrencyIds(): PropertyDecorator {
  const areIds = (value: object) => Object.entries(value).every(([code, id]) => /^[A-Z]{3}$/.test(code) && isDilovodId(id));
  return must(
    'write currency codes of three capital letters with the 16-digit Dilovod id of each in quotes, e.g. { USD: "1101200000001002" }',
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && areIds(value),
  );
}

export function KeycrmId(): PropertyDecorator {
  return must('write the KeyCRM id as a whole number, without quotes', isKeycrmId);
}

export function KeycrmIdList(): PropertyDecorator {
  return must('write a list of KeyCRM ids as whole numbers, without quotes, e.g. [12, 14]', eachOf(isKeycrmId));
}

export function OrderField(): PropertyDecorator {
  return must('write the uuid of a KeyCRM order custom field, e.g. OR_1044', (value) => typeof value === 'string' && /^OR_\d+$/.test(value));
}

export function Count(): PropertyDecorator {
  return must('write a whole number from 1', (value) => Number.isSafeInteger(value) && (value as number) >= 1);
}

export function Share(): PropertyDecorator {
  return must('write a share between 0 and 1, e.g. 0.3', (value) => typeof value === 'number' && value >= 0 && value <= 1);
}

export function PositiveNumber(): PropertyDecorator {
  return must('write a number above 0, e.g. 0.5', (value) => typeof value === 'number' && Number.isFinite(value) && value > 0);
}

/** RFC 1123: also one token of a bus subject, and a part of a URL. */
export function DnsLabel(): PropertyDecorator {
  return must('write a name of at most 63 small letters, digits and inner hyphens, e.g. yoga-shop', isMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/));
}

export function SecretName(): PropertyDecorator {
  return must('write the name of a Secret, e.g. yoga-shop-keys', isMatching(/^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/));
}

export function SecretKey(): PropertyDecorator {
  return must('write the key inside the Secret, e.g. keycrm-api-key', isMatching(/^[-._a-zA-Z0-9]{1,253}$/));
}

export function Duration(): PropertyDecorator {
  return must('write a time between 1s and 168h, e.g. 30s, 5m or 1h', (value) => typeof value === 'string' && durationMs(value) !== undefined);
}

const weekMs = 168 * 3_600_000;
const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m` or `1h` in milliseconds; `undefined` for anything else, less than a second, or more than a week. */
export function durationMs(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(amount) * (unitMs[unit ?? ''] ?? NaN);
  return ms >= 1_000 && ms <= weekMs ? ms : undefined;
}

export function Instant(): PropertyDecorator {
  return must('write a moment with its zone, in quotes, e.g. "2026-11-01T00:00:00Z"', (value) => typeof value === 'string' && utcInstant(value) !== undefined);
}

/** An ISO moment with a zone, as `YYYY-MM-DDThh:mm:ss.sssZ`; `undefined` for anything else, and for days no calendar has. */
export function utcInstant(text: string): string | undefined {
  const [, day] = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(text))) return undefined;
  return new Date(day).toISOString().startsWith(day) ? new Date(text).toISOString() : undefined;
}

export function TimeZone(): PropertyDecorator {
  return must('write an IANA time zone, e.g. Europe/Kyiv', isTimeZone);
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

function isMatching(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

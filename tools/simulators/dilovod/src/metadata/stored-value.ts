import { Big } from 'big.js';
import { type Field } from './field.js';

/** A text in both languages of a base. */
export interface Texts {
  readonly uk: string;
  readonly ru: string;
}

/** How a base keeps a value: everything is a string as it is answered, except multi-language texts. */
export type StoredValue = string | Texts;
export type StoredRecord = Readonly<Record<string, StoredValue>>;

export const emptyDate = '0000-00-00 00:00:00';
export const noReference = '0';

/** What an attribute that was never set reads as. */
export function blank(field: Field): StoredValue {
  switch (field.kind) {
    case 'text':
      return '';
    case 'texts':
      return { uk: '', ru: '' };
    case 'flag':
      return '0';
    case 'date':
      return emptyDate;
    case 'decimal':
      return field.scale === 0 ? '0' : `0.${'0'.repeat(field.scale)}`;
    case 'ref':
      return noReference;
  }
}

/** The stored form of a value from a packet; nothing where the base would not take it. References are not looked up here. */
export function toStored(field: Field, raw: unknown): StoredValue | undefined {
  if (raw === null || raw === undefined) return blank(field);
  switch (field.kind) {
    case 'text':
      return isScalar(raw) ? String(raw) : undefined;
    case 'texts':
      return toTexts(raw);
    case 'flag':
      return toFlag(raw);
    case 'date':
      return toDate(raw);
    case 'decimal':
      return toDecimal(raw, field.scale);
    case 'ref':
      return toReference(raw);
  }
}

/** `true`, `1`, `"1"` and their opposites. */
export function toFlag(raw: unknown): '0' | '1' | undefined {
  if (raw === true || raw === 1 || raw === '1' || raw === 'true') return '1';
  if (raw === false || raw === 0 || raw === '0' || raw === 'false' || raw === '') return '0';
  return undefined;
}

/** A reference as text, number or object with `id` (which may be such an object again). */
export function toReference(raw: unknown): string | undefined {
  if (typeof raw === 'object' && raw !== null && 'id' in raw) return toReference(raw.id);
  if (raw === '' || raw === null) return noReference;
  return (typeof raw === 'string' || typeof raw === 'number') && /^\d+$/.test(String(raw)) ? String(raw) : undefined;
}

/** `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, with a blank and no zone. */
export function toDate(raw: unknown): string | undefined {
  if (raw === '') return emptyDate;
  if (typeof raw !== 'string' || !/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(raw)) return undefined;
  return raw.length === 10 ? `${raw} 00:00:00` : raw;
}

function toTexts(raw: unknown): Texts | undefined {
  if (isScalar(raw)) return { uk: String(raw), ru: String(raw) };
  const { uk, ru } = raw as { uk?: unknown; ru?: unknown };
  const any = uk ?? ru;
  if (!isScalar(any)) return undefined;
  return { uk: String(uk ?? any), ru: String(ru ?? any) };
}

function toDecimal(raw: unknown, scale: number): string | undefined {
  if (raw === '') return new Big(0).toFixed(scale);
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(String(raw)) ? new Big(raw).toFixed(scale) : undefined;
}

function isScalar(raw: unknown): raw is string | number | boolean {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
}

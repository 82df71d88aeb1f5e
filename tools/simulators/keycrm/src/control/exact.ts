import { Big } from '../decimals.js';

/** A value as JSON can carry it without loss: decimals as their shortest plain text, moments as ISO text, maps as objects. */
export type Exact<T> = T extends Big | Date
  ? string
  : T extends ReadonlyMap<string | number, infer Value>
    ? Record<string, Exact<Value>>
    : T extends readonly (infer Item)[]
      ? Exact<Item>[]
      : T extends object
        ? { [Key in keyof T]: Exact<T[Key]> }
        : T;

export function exact<T>(value: T): Exact<T> {
  return convert(value) as Exact<T>;
}

function convert(value: unknown): unknown {
  if (value instanceof Big) return value.toFixed();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, convert(inner)]));
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]));
}

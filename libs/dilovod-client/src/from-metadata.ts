import type { DilovodType, DilovodTypeDescription } from './dilovod-packets.js';
import { fieldsOf, recordAt } from './read-json.js';

export function fromTypeList(json: unknown): readonly DilovodType[] {
  return Object.entries(recordAt(json, 'answer')).map(([name, entry]) => fromType(name, entry));
}

export function fromTypeDescription(name: string, json: unknown): DilovodTypeDescription {
  const { reqs, dimensions, resources } = recordAt(json, 'answer');
  const fields = [namesIn(reqs, 'answer.reqs'), namesIn(dimensions ?? [], 'answer.dimensions'), namesIn(resources ?? [], 'answer.resources')];
  return { ...fromType(name, json), fields: fields.flat() };
}

function fromType(name: string, entry: unknown): DilovodType {
  const fields = fieldsOf(entry, name);
  return { name, idPrefix: fields.text('idPrefix'), presentation: fields.text('presentation') };
}

/** Names are the keys of an object, or stand in the items of a list. */
function namesIn(value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return Object.keys(recordAt(value, path));
  return value.flatMap((item: unknown, index) => (typeof item === 'string' ? item : (fieldsOf(item, `${path}[${index}]`).text('name') ?? [])));
}

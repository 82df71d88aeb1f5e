import type { DilovodObject } from './dilovod-packets.js';
import { type DilovodRecord, listAt, recordAt } from './read-json.js';

/** Reads the answer of `getObject`, also as it stands in `data` of `saleOrderCreate`. */
export function fromObject(json: unknown, path: string): DilovodObject {
  const { header, tableParts } = recordAt(json, path);
  const parts = Array.isArray(tableParts) || !tableParts ? {} : recordAt(tableParts, `${path}.tableParts`);
  return {
    header: recordAt(header, `${path}.header`),
    tableParts: Object.fromEntries(Object.entries(parts).map(([name, rows]) => [name, inOrder(rows, `${path}.tableParts.${name}`)])),
  };
}

function inOrder(rows: unknown, path: string): readonly DilovodRecord[] {
  const records = listAt(rows, path).map((row, index) => recordAt(row, `${path}[${index}]`));
  return records.sort((a, b) => (Number(a.rowNum) || 0) - (Number(b.rowNum) || 0));
}

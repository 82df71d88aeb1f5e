import { type StoredObject } from '../base/object-store.js';

interface SliceRequest {
  readonly dimensions: readonly string[];
  /** Records after this moment do not count for the last values. */
  readonly to?: string;
  /** Records before this moment do not count for the first values. */
  readonly from?: string;
  readonly which?: 'last' | 'first';
}

/** One record per set of dimension values: the last at a moment, or the first since one. Records without a date all stand for the same moment. */
export function slice(records: readonly StoredObject[], { dimensions, to, from, which = 'last' }: SliceRequest): readonly StoredObject[] {
  const chosen = new Map<string, StoredObject>();
  for (const record of records) {
    const date = dateOf(record);
    if ((to !== undefined && date > to) || (from !== undefined && date < from)) continue;
    const key = dimensions.map((name) => String(record.header[name] ?? '')).join('|');
    const rival = chosen.get(key);
    if (!rival || (which === 'last' ? date >= dateOf(rival) : date < dateOf(rival))) chosen.set(key, record);
  }
  return [...chosen.values()];
}

function dateOf(record: StoredObject): string {
  return String(record.header['date'] ?? '');
}

import { nameOf, type TenantRecord } from '../tenant-record.js';

export interface Numbering {
  /** What this process knew before, numbered. */
  readonly before: readonly TenantRecord[];
  /** When a file came to stand where it stands as it is, in microseconds of the epoch. */
  readonly changedAt: (file: string) => number;
}

/**
 * Gives every manifest a number that grows with each change, as an API server does, and that is the same for every process that reads the folder: the moment at
 * which its file was changed or put there. It is taken from the file system, so that no clock of a process counts, and from what nobody can set, so that an
 * older file that is put back counts as new. A change that this process saw itself always has a larger number than what it saw before, be it that the clock of
 * the file system went back, or ticks too slowly. What says the same as before keeps its number.
 */
export function numberManifests(records: readonly TenantRecord[], { before, changedAt }: Numbering): readonly TenantRecord[] {
  const known = new Map(before.map((record) => [nameOf(record), record]));
  const places = Map.groupBy(records, nameOf);
  return records.map((record) => {
    const name = nameOf(record);
    const earlier = name === undefined ? undefined : known.get(name);
    const stands = Math.max(...(places.get(name) ?? [record]).map(({ file }) => changedAt(file ?? '')));
    const last = earlier === undefined ? 0 : generationOf(earlier);
    return withGeneration(record, earlier !== undefined && contentOf(earlier) === contentOf(record) ? last : Math.max(stands, last + 1));
  });
}

function contentOf(record: TenantRecord): string {
  return record.state === 'valid' ? record.tenant.revision : JSON.stringify(record.problems);
}

function generationOf(record: TenantRecord): number {
  return (record.state === 'valid' ? record.tenant.generation : record.generation) ?? 0;
}

function withGeneration(record: TenantRecord, generation: number): TenantRecord {
  return record.state === 'valid' ? { ...record, tenant: { ...record.tenant, generation } } : { ...record, generation };
}

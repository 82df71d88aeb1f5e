/**
 * What a difference between known and read most likely is, for a row `alias` that knows when it was written and when that was last read back: a
 * `lost-write` was never seen to arrive, a `manual-edit` came after it had; where nothing was ever written nobody can tell.
 */
export function driftClassSql(alias: string): string {
  return `case when ${alias}.written_at is null then 'unknown' when ${alias}.verified_at > ${alias}.written_at then 'manual-edit' else 'lost-write' end`;
}

/** KeyCRM may only have queued what it answered 202 to: for so long a write that is not seen yet is asked for again, and is no drift. */
export const arrivalSql = `interval '2 minutes'`;

import { isObject } from './body-check.js';

const ways = ['inserted', 'deleted', 'reordered'] as const;

/** What happened to the rows of a list while somebody read it page by page. */
export interface PageDrift {
  readonly how: (typeof ways)[number];
  /** How many rows appeared or went, all of them on pages before the one that is asked for. */
  readonly rows: number;
}

/** Reads `{how, rows}`, one row when not said. Throws a `RangeError` for anything else. */
export function driftOf(detail: unknown): PageDrift {
  const { how, rows = 1 } = isObject(detail) ? detail : {};
  const known = ways.find((way) => way === how);
  if (!known) throw new RangeError(`page-drift needs a how: ${ways.join(', ')}`);
  const isCount = typeof rows === 'number' && Number.isInteger(rows) && rows > 0;
  if (!isCount) throw new RangeError('page-drift needs rows from 1');
  return { how: known, rows };
}

/** The rows out of which a page is cut after a drift. On page 1 nothing lies before it. */
export function driftedRows<Row>(rows: readonly Row[], page: number, drift: PageDrift | undefined): readonly Row[] {
  if (!drift) return rows;
  if (drift.how === 'reordered') return rows.toReversed();
  if (page === 1) return rows;
  return drift.how === 'inserted' ? [...rows.slice(0, drift.rows), ...rows] : rows.slice(drift.rows);
}

import type { ApiQuery } from './api-query.js';

export interface NewMissedRow {
  readonly operation: string;
  readonly id: number;
  readonly passes: number;
}

interface MissedRow extends NewMissedRow {
  /** How many passes have begun since. */
  begun: number;
}

/** Filters that ask for single rows and not for whatever there is. */
const naming = ['id', 'product_id', 'sku', 'offers_id', 'offers_sku', 'source_uuid', 'buyer_id'];

/**
 * Rows that passes over the pages of a list do not meet although they are there, as when they change places with the
 * page that is being read. A pass begins with page 1 and lasts until the next one begins: its pages may be read side by
 * side.
 */
export class MissedRows {
  private rows: MissedRow[] = [];

  add(row: NewMissedRow): void {
    this.rows.push({ ...row, begun: 0 });
  }

  clear(): void {
    this.rows = [];
  }

  /** The rows of a list that this request meets. One that would not show a missed row anyway is no pass for it. */
  meet<Row extends { readonly id: number }>(operation: string, query: ApiQuery, rows: readonly Row[]): readonly Row[] {
    if (this.rows.length === 0 || naming.some((name) => query.filters.has(name))) return rows;
    const ids = new Set(rows.map(({ id }) => id));
    const concerned = this.rows.filter((missed) => missed.operation === operation && ids.has(missed.id));
    for (const missed of concerned) if (query.page === 1 || missed.begun === 0) missed.begun += 1;
    this.rows = this.rows.filter((missed) => missed.begun <= missed.passes);
    const missing = new Set(concerned.filter((missed) => missed.begun <= missed.passes).map(({ id }) => id));
    return missing.size === 0 ? rows : rows.filter(({ id }) => !missing.has(id));
  }
}

/** One page of a list, as the API wraps it. Pages are windows by offset: rows that appear in between shift them. */
export interface Page<Row> {
  readonly total: number;
  readonly current_page: number;
  readonly per_page: number;
  readonly last_page: number;
  readonly first_page_url: string;
  readonly last_page_url: string;
  readonly next_page_url: string | null;
  readonly data: readonly Row[];
  readonly prev_page_url?: string | null;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly path?: string;
}

/** Cuts one page out of `rows`; `url` is the address of the list without its query. */
export function pageOf<Row>(rows: readonly Row[], window: { readonly page: number; readonly limit: number; readonly url: string }): Page<Row> {
  const { page, limit, url } = window;
  const last = Math.max(1, Math.ceil(rows.length / limit));
  return {
    total: rows.length,
    current_page: page,
    per_page: limit,
    last_page: last,
    first_page_url: `${url}?page=1`,
    last_page_url: `${url}?page=${last}`,
    next_page_url: page < last ? `${url}?page=${page + 1}` : null,
    data: rows.slice((page - 1) * limit, page * limit),
  };
}

/** What such pages usually have besides. */
export function moreOf({ current_page: page, per_page: limit, data }: Page<unknown>, url: string): Partial<Page<never>> {
  const first = (page - 1) * limit;
  return {
    prev_page_url: page > 1 ? `${url}?page=${page - 1}` : null,
    from: data.length > 0 ? first + 1 : null,
    to: data.length > 0 ? first + data.length : null,
    path: url,
  };
}

/** Rows in the order that `sort` asks for (`id`, `-updated_at`); `keys` says what each name reads. */
export function sorted<Row>(rows: readonly Row[], sort: string, keys: Readonly<Record<string, (row: Row) => number>>): readonly Row[] {
  const descending = sort.startsWith('-');
  const key = keys[descending ? sort.slice(1) : sort];
  if (!key) return rows;
  return rows.toSorted((a, b) => (descending ? key(b) - key(a) : key(a) - key(b)));
}

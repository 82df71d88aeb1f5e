import { type ApiAnswer, done } from '@kds/kernel';
import { type CallOptions, type CallSteps, type DilovodCall, stepsWithin } from './dilovod-call.js';
import type { DilovodClient } from './dilovod-client.js';
import type { DilovodQuery } from './dilovod-packets.js';
import type { DilovodRecord } from './read-json.js';

/** `paged`: the rows came in several requests, so they need not all be of one moment. A request that only shows that there is no more does not count. */
export interface DilovodRows {
  readonly rows: readonly DilovodRecord[];
  readonly paged: boolean;
}

/** What reading rows takes of the client. */
export type RowsClient = Pick<DilovodClient, 'request' | 'roundCounts'>;

/**
 * Every row of a query. One request, hence one moment, unless the number of rows looks like a limit of the base (a multiple of 500): then the rest
 * is paged through. The base promises no order, so rows are told apart by the aliases in `key`, and where the order changes from page to page the
 * rows are gone through again until none is missing; what is not complete by the deadline fails, and is never taken for all. A round number that was
 * all there is is asked about again only after a while.
 */
export async function readAllRows(
  client: RowsClient,
  { query, key }: { readonly query: DilovodQuery; readonly key: readonly string[] },
  options: CallOptions,
): Promise<DilovodCall<DilovodRows>> {
  const steps = stepsWithin(options);
  const first = await steps.take((left) => client.request(query, left));
  if (first.kind !== 'done') return steps.end(first);
  const count = first.value.length;
  if (count === 0 || count % 500 !== 0 || client.roundCounts.areAll(query, count)) return steps.end(done({ rows: first.value, paged: false }));
  const found = new Found(key);
  const opening = found.add(first.value);
  const whole = await readPages(found, { opening, count, read: pageReader(client, query, steps) });
  if (whole.kind === 'done' && !whole.value.paged) client.roundCounts.wereAll(query, count);
  return steps.end(whole);
}

type ReadPage = (limit: { readonly offset: number; readonly count: number }) => Promise<ApiAnswer<readonly DilovodRecord[]>>;

function pageReader(client: RowsClient, query: DilovodQuery, steps: CallSteps): ReadPage {
  return (limit) => steps.take((left) => client.request({ ...query, limit }, left));
}

interface Paging {
  /** The keys of the first page, in their order. */
  readonly opening: string;
  readonly count: number;
  readonly read: ReadPage;
}

async function readPages(found: Found, { opening, count, read }: Paging): Promise<ApiAnswer<DilovodRows>> {
  for (let offset = count; ; ) {
    const page = await read({ offset, count });
    if (page.kind !== 'done') return page;
    // The first page once more: either the base ignores offsets, or its order is steady and a second pass would show nothing else.
    const nothingElse = found.add(page.value) === opening;
    const total = offset + page.value.length;
    const ended = page.value.length < count;
    if (nothingElse || (ended && found.size >= total)) return done({ rows: found.rows(), paged: nothingElse || found.size > count });
    offset = ended ? 0 : total;
  }
}

/** Rows by key, the first of each. */
class Found {
  private readonly byKey = new Map<string, DilovodRecord>();

  constructor(private readonly aliases: readonly string[]) {}

  get size(): number {
    return this.byKey.size;
  }

  /** Adds what is new, and answers the keys of all, in their order. */
  add(rows: readonly DilovodRecord[]): string {
    const keys = rows.map((row) => this.keyOf(row));
    rows.forEach((row, index) => {
      const key = keys[index] ?? '';
      if (!this.byKey.has(key)) this.byKey.set(key, row);
    });
    return keys.join('\n');
  }

  rows(): readonly DilovodRecord[] {
    return [...this.byKey.values()];
  }

  /** Values that are no ids make no key: such a row is unreadable to whoever asked. */
  private keyOf(row: DilovodRecord): string {
    return this.aliases.map((alias) => (typeof row[alias] === 'object' ? '' : String(row[alias]))).join(' ');
  }
}

import type { Account } from '../accounts/account.js';
import type { ApiQuery } from './api-query.js';
import { driftedRows, type PageDrift } from './page-drift.js';
import { moreOf, pageOf } from './paging.js';

/** What one operation of the API gets to answer with. */
export interface ApiRequest {
  readonly account: Account;
  /** `<METHOD> <path template>` */
  readonly operation: string;
  /** The `{id}` of the path, when it has one. */
  readonly id: string;
  /** The second id of the path, when it has one. */
  readonly partId: string;
  readonly query: ApiQuery;
  readonly body: unknown;
  /** Address of the resource without its query. */
  readonly url: string;
  /** What happened to a list since its other pages were read. */
  readonly drift?: PageDrift;
}

/** `body` is not rendered yet: it may hold decimals and dates. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One operation; `operation` is `<METHOD> <path template>`. May throw a `Refusal` before it changes anything. */
export interface Route {
  readonly operation: string;
  readonly answer: (request: ApiRequest) => ApiAnswer;
}

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

export const accepted: ApiAnswer = { status: 202, body: { status: true } };

/** A page of rows; only the rows of that page are shown. */
export function pageAnswer<Row extends { readonly id: number }>(
  request: ApiRequest,
  rows: readonly Row[],
  show: (row: Row) => unknown,
): ApiAnswer {
  const { account, operation, query, drift, url } = request;
  const met = driftedRows(account.missedRows.meet(operation, query, rows), query.page, drift);
  const page = pageOf(met, { page: query.page, limit: query.limit, url });
  const more = account.switches.pageKeys === 'more' ? moreOf(page, url) : {};
  return ok({ ...page, ...more, data: page.data.map(show) });
}

import type { Account } from '../accounts/account.js';
import type { ApiQuery } from './api-query.js';
import { moreOf, pageOf } from './paging.js';

/** What one operation of the API gets to answer with. */
export interface ApiRequest {
  readonly account: Account;
  /** The `{id}` of the path, when it has one. */
  readonly id: string;
  /** The second id of the path, when it has one. */
  readonly partId: string;
  readonly query: ApiQuery;
  readonly body: unknown;
  /** Address of the resource without its query. */
  readonly url: string;
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
export function pageAnswer<Row>(request: ApiRequest, rows: readonly Row[], show: (row: Row) => unknown): ApiAnswer {
  const page = pageOf(rows, { page: request.query.page, limit: request.query.limit, url: request.url });
  const more = request.account.switches.pageKeys === 'more' ? moreOf(page, request.url) : {};
  return ok({ ...page, ...more, data: page.data.map(show) });
}

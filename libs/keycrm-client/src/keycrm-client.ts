import { type ApiAnswer, done, failure } from '@kds/kernel';
import { classifyExchange, inDoubt } from './classify-exchange.js';
import type { Parsed } from './json-fields.js';
import type { KeycrmOffer, KeycrmStockRow } from './keycrm-catalogue.js';
import type { KeycrmCustomField, KeycrmSource, KeycrmStatus } from './keycrm-dictionary.js';
import { type CallOptions, type Exchange, type KeycrmConnection, openKeycrmHttp } from './keycrm-http.js';
import type { KeycrmOrder } from './keycrm-order.js';
import {
  type KeycrmCustomFieldValue,
  type KeycrmPaging,
  type KeycrmRequest,
  type ListOffers,
  type ListOrders,
  type ListStocks,
  toListCustomFieldsRequest,
  toListOffersRequest,
  toListOrdersRequest,
  toListSourcesRequest,
  toListStatusesRequest,
  toListStocksRequest,
  toReadOrderRequest,
  toUpdateOrderCustomFieldsRequest,
  toWritePricesRequest,
  toWriteStocksRequest,
  type WritePrices,
  type WriteStocks,
} from './keycrm-requests.js';
import { readOffer, readStockRow } from './parse-catalogue.js';
import { readCustomField, readSource, readStatus } from './parse-dictionary.js';
import { parseOrder, readOrder } from './parse-order.js';
import { type KeycrmPage, type KeycrmRows, parsePage, parseRows } from './parse-page.js';
import { type KeycrmUpdatedOrder, parseBulkAnswer, parseUpdatedOrder } from './parse-write-answer.js';
import { redactKey } from './plain-text.js';
import { refuseFilters } from './refuse-filters.js';

/** How one call went. */
export interface KeycrmCall<T> {
  readonly answer: ApiAnswer<T>;
  /** False when not a byte of the request left. */
  readonly called: boolean;
  /** When it began to leave, in milliseconds since 1970. */
  readonly sentAt?: number;
  /** From the call to its end. */
  readonly latencyMs: number;
  /** The HTTP status, when an answer began. */
  readonly status?: number;
}

/** A page of a list whose rows are under `Name`. */
type CalledPage<Name extends string, Row> = Promise<KeycrmCall<KeycrmPage & KeycrmRows<Name, Row>>>;

/**
 * KeyCRM's public API: each method sends at most one request and keeps no pace; pacing and repeating are the caller's.
 *
 * How a call ended is in `answer` (see `ApiAnswer`); the codes of its failures are
 * `rejected`: `bad-key`, `access-denied`, `not-found`, `bad-request`, `invalid` (detail: faults by field), `refused` (another 4xx), `bad-filter` (never
 * sent: a value that KeyCRM's comma lists cannot carry);
 * `failed`: `throttled` (with `retryAfterMs` where KeyCRM says it), `unreachable`, and for reads `server-error`, `not-json`, `bad-json`, `bad-answer`, `empty-body`,
 * `redirect`, `too-large`, `timeout`, `connection-lost`, `bad-http`, `aborted`; a write that ends so after it left is `unknown` with the same code.
 *
 * Promises reject only on a bug of the caller (a page below 1, no rows to write): a `RangeError`.
 */
export interface KeycrmClient {
  listOrders(query: ListOrders, options: CallOptions): CalledPage<'orders', KeycrmOrder>;
  readOrder(id: number, options: CallOptions): Promise<KeycrmCall<KeycrmOrder>>;
  listStocks(query: ListStocks, options: CallOptions): CalledPage<'rows', KeycrmStockRow>;
  listOffers(query: ListOffers, options: CallOptions): CalledPage<'offers', KeycrmOffer>;
  /** Active ones only: orders may be in statuses that are listed no more. */
  listStatuses(paging: KeycrmPaging, options: CallOptions): CalledPage<'statuses', KeycrmStatus>;
  listSources(paging: KeycrmPaging, options: CallOptions): CalledPage<'sources', KeycrmSource>;
  /** Those of orders, whole. */
  listCustomFields(options: CallOptions): Promise<KeycrmCall<KeycrmRows<'customFields', KeycrmCustomField>>>;
  /** `done` says that KeyCRM took the batch, not that every row had its effect: read back. Safe to repeat, as is `writePrices`. */
  writeStocks(write: WriteStocks, options: CallOptions): Promise<KeycrmCall<void>>;
  writePrices(write: WritePrices, options: CallOptions): Promise<KeycrmCall<void>>;
  /** Fields that are not named stay as they are. */
  updateOrderCustomFields(id: number, fields: readonly KeycrmCustomFieldValue[], options: CallOptions): Promise<KeycrmCall<KeycrmUpdatedOrder>>;
  /** Waits for calls under way and closes the connections. */
  close(): Promise<void>;
}

/** Throws a `RangeError` on an unusable base URL or key. */
export function createKeycrmClient(connection: KeycrmConnection): KeycrmClient {
  const http = openKeycrmHttp(connection);
  const redact = redactKey(connection.apiKey);

  async function call<T>(request: KeycrmRequest, options: CallOptions, parse: (json: unknown) => Parsed<T>): Promise<KeycrmCall<T>> {
    const exchange = await http.exchange(request, options);
    const write = request.method !== 'GET';
    const answer = classifyExchange(exchange, { write, now: Date.now(), redact });
    return describeCall(exchange, answer.kind === 'done' ? readAnswer(parse(answer.value), write) : answer);
  }

  return {
    async listOrders(query, options) {
      const { statusIds, sourceIds, sourceUuid } = query.filters ?? {};
      const refusal = refuseFilters(statusIds, sourceIds, sourceUuid === undefined ? undefined : [sourceUuid]);
      return refusal === undefined
        ? call(toListOrdersRequest(query), options, (json) => parsePage(json, query, { name: 'orders', readRow: readOrder }))
        : neverSent(refusal);
    },
    async readOrder(id, options) {
      return call(toReadOrderRequest(id), options, (json) => about(id, parseOrder(json)));
    },
    async listStocks(query, options) {
      const refusal = refuseFilters(query.skus);
      return refusal === undefined
        ? call(toListStocksRequest(query), options, (json) => parsePage(json, query, { name: 'rows', readRow: readStockRow }))
        : neverSent(refusal);
    },
    async listOffers(query, options) {
      const refusal = refuseFilters(query.ids, query.skus);
      return refusal === undefined
        ? call(toListOffersRequest(query), options, (json) => parsePage(json, query, { name: 'offers', readRow: readOffer }))
        : neverSent(refusal);
    },
    async listStatuses(paging, options) {
      return call(toListStatusesRequest(paging), options, (json) => parsePage(json, paging, { name: 'statuses', readRow: readStatus }));
    },
    async listSources(paging, options) {
      const reader = { name: 'sources', readRow: readSource } as const;
      return call(toListSourcesRequest(paging), options, (json) => parsePage(json, paging, reader));
    },
    async listCustomFields(options) {
      return call(toListCustomFieldsRequest(), options, (json) => parseRows(json, { name: 'customFields', readRow: readCustomField }));
    },
    async writeStocks(write, options) {
      return call(toWriteStocksRequest(write), options, parseBulkAnswer);
    },
    async writePrices(write, options) {
      return call(toWritePricesRequest(write), options, parseBulkAnswer);
    },
    async updateOrderCustomFields(id, fields, options) {
      return call(toUpdateOrderCustomFieldsRequest(id, fields), options, (json) => about(id, parseUpdatedOrder(json)));
    },
    close: () => http.close(),
  };
}

function readAnswer<T>(parsed: Parsed<T>, write: boolean): ApiAnswer<T> {
  if (parsed.ok) return done(parsed.value);
  return inDoubt({ code: 'bad-answer', message: `KeyCRM answered with unexpected JSON: ${parsed.error}` }, write);
}

function describeCall<T>({ sentAt, latencyMs, head }: Exchange, answer: ApiAnswer<T>): KeycrmCall<T> {
  return { answer, called: sentAt !== undefined, sentAt, latencyMs, status: head?.status };
}

function neverSent(answer: ApiAnswer<never>): KeycrmCall<never> {
  return { answer, called: false, latencyMs: 0 };
}

/** An answer about another order than the one asked for is no answer. */
function about<T extends { readonly id: number }>(id: number, parsed: Parsed<T>): Parsed<T> {
  return parsed.ok && parsed.value.id !== id ? failure(`$.id: expected ${id}`) : parsed;
}

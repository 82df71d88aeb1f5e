import type { Decimal } from '@kds/kernel';
import { type ExactNumber, exactNumber } from './exact-number.js';

/** A request as the vendor describes it: independent of host, key and transport. `path` lies below the base URL; the body is JSON. */
export interface KeycrmRequest {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `page` from 1, `limit` from 1 to 50: KeyCRM cuts a larger one without a word, so it is refused here with a `RangeError`. */
export interface KeycrmPaging {
  readonly page: number;
  readonly limit: number;
}

/** Sent as whole seconds, widened outwards. Whether KeyCRM includes the bounds is not known: overlap the windows. */
export interface KeycrmPeriod {
  readonly from: Date;
  readonly to: Date;
}

export interface ListOrders extends KeycrmPaging {
  readonly filters?: {
    readonly updatedBetween?: KeycrmPeriod;
    /** KeyCRM applies it to `ordered_at`, not to `created_at`. */
    readonly createdBetween?: KeycrmPeriod;
    readonly statusIds?: readonly number[];
    readonly sourceIds?: readonly number[];
    readonly sourceUuid?: string;
  };
  readonly sort?: KeycrmSort;
}

export type KeycrmSort = 'id' | '-id';

export interface ListStocks extends KeycrmPaging {
  readonly skus?: readonly string[];
}

export interface ListOffers extends KeycrmPaging {
  readonly ids?: readonly number[];
  readonly skus?: readonly string[];
  readonly isArchived?: boolean;
  /** With the card that each belongs to. */
  readonly withProduct?: boolean;
  readonly sort?: KeycrmSort;
}

/** Sets the balances of one warehouse, absolutely. */
export interface WriteStocks {
  readonly warehouseId: number;
  readonly rows: readonly { readonly sku: string; readonly quantity: Decimal }[];
}

/** Sets prices; one that is not named stays as it is. */
export interface WritePrices {
  readonly rows: readonly { readonly sku: string; readonly price?: Decimal; readonly purchasedPrice?: Decimal }[];
}

export interface KeycrmCustomFieldValue {
  readonly uuid: string;
  /** A list for fields of the type `select`. */
  readonly value: string | readonly string[];
}

/** The most rows that one bulk write takes. */
export const maxBulkRows = 10_000;

const orderIncludes = 'buyer,products.offer,shipping.deliveryService,custom_fields,status';

export function toListOrdersRequest({ filters = {}, sort = 'id', ...paging }: ListOrders): KeycrmRequest {
  return get('/order', {
    ...toPaging(paging),
    sort,
    include: orderIncludes,
    'filter[updated_between]': filters.updatedBetween && toPeriod(filters.updatedBetween),
    'filter[created_between]': filters.createdBetween && toPeriod(filters.createdBetween),
    'filter[status_id]': filters.statusIds?.join(','),
    'filter[source_id]': filters.sourceIds?.join(','),
    'filter[source_uuid]': filters.sourceUuid,
  });
}

export function toReadOrderRequest(id: number): KeycrmRequest {
  return get(`/order/${toId(id)}`, { include: orderIncludes });
}

export function toListStocksRequest({ skus, ...paging }: ListStocks): KeycrmRequest {
  return get('/offers/stocks', { ...toPaging(paging), 'filter[details]': 'true', 'filter[offers_sku]': skus?.join(',') });
}

export function toListOffersRequest(query: ListOffers): KeycrmRequest {
  const { ids, skus, isArchived, withProduct, sort = 'id', ...paging } = query;
  return get('/offers', {
    ...toPaging(paging),
    sort,
    include: withProduct === true ? 'product' : undefined,
    'filter[id]': ids?.join(','),
    'filter[sku]': skus?.join(','),
    'filter[is_archived]': isArchived?.toString(),
  });
}

export function toListStatusesRequest(paging: KeycrmPaging): KeycrmRequest {
  return get('/order/status', { ...toPaging(paging), sort: 'id' });
}

export function toListSourcesRequest(paging: KeycrmPaging): KeycrmRequest {
  return get('/order/source', { ...toPaging(paging), sort: 'id' });
}

export function toListCustomFieldsRequest(): KeycrmRequest {
  return get('/custom-fields', { 'filter[model]': 'order' });
}

export function toWriteStocksRequest({ warehouseId, rows }: WriteStocks): KeycrmRequest {
  const stocks = toRows(rows, ({ sku, quantity }) => ({ sku, quantity: exactNumber(quantity) }));
  return put('/offers/stocks', { warehouse_id: toId(warehouseId), stocks });
}

/** Everything that KeyCRM is ever told about an offer. The same request could set weight and size; a row of this type cannot. */
interface OfferPriceRow {
  readonly sku: string;
  readonly price?: ExactNumber;
  readonly purchased_price?: ExactNumber;
}

export function toWritePricesRequest({ rows }: WritePrices): KeycrmRequest {
  const offers = toRows(rows, ({ sku, price, purchasedPrice }): OfferPriceRow => ({
    sku,
    price: price && exactNumber(price),
    purchased_price: purchasedPrice && exactNumber(purchasedPrice),
  }));
  return put('/offers', { offers });
}

export function toUpdateOrderCustomFieldsRequest(id: number, fields: readonly KeycrmCustomFieldValue[]): KeycrmRequest {
  return put(`/order/${toId(id)}`, { custom_fields: fields.map(({ uuid, value }) => ({ uuid, value })) });
}

function get(path: string, query: Readonly<Record<string, string | undefined>>): KeycrmRequest {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { method: 'GET', path, query: Object.fromEntries(given) };
}

function put(path: string, body: object): KeycrmRequest {
  return { method: 'PUT', path, query: {}, body };
}

function toPaging({ page, limit }: KeycrmPaging): { page: string; limit: string } {
  if (limit > 50) throw new RangeError(`KeyCRM gives at most 50 rows a page, not ${limit}`);
  return { page: toId(page).toString(), limit: toId(limit).toString() };
}

function toId(value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`a whole number from 1 is needed, not ${value}`);
  return value;
}

function toRows<Row extends { readonly sku: string }, Sent>(rows: readonly Row[], toRow: (row: Row) => Sent): Sent[] {
  if (rows.length < 1 || rows.length > maxBulkRows) throw new RangeError(`a bulk write takes 1 to ${maxBulkRows} rows, not ${rows.length}`);
  if (rows.some(({ sku }) => sku.trim() === '')) throw new RangeError('a row of a bulk write has no SKU');
  return rows.map(toRow);
}

function toPeriod({ from, to }: KeycrmPeriod): string {
  return `${toUtcSecond(Math.floor(from.getTime() / 1000))},${toUtcSecond(Math.ceil(to.getTime() / 1000))}`;
}

function toUtcSecond(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

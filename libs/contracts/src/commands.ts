import type { Decimal } from '@kds/kernel';
import type { DocumentType, Observation, Order, OrderCommand, OrderCommandDone, PersonChoice, PersonWanted } from '@kds/sync-domain';
import type { Columns } from './columns.js';

export type System = 'keycrm' | 'dilovod';

/** Requests to KeyCRM; each costs exactly one API call. */
export type KeycrmCommand =
  | { readonly kind: 'read-order'; readonly orderId: number }
  | { readonly kind: 'list-orders'; readonly filter: OrdersFilter; readonly page: number }
  /** `skus` (at most 50, none with a comma) names rows; without it the page of the whole catalogue. */
  | { readonly kind: 'list-stocks'; readonly page: number; readonly skus: readonly string[] | null }
  /** Currencies of cards: of these offers (at most 50), or of a page of all. */
  | { readonly kind: 'list-cards'; readonly page: number; readonly offers: readonly number[] | null }
  /** A page of the channels that orders come through. */
  | { readonly kind: 'read-sources'; readonly page: number }
  | { readonly kind: 'write-stocks'; readonly warehouseId: number; readonly rows: readonly { readonly sku: string; readonly quantity: Decimal }[] }
  | { readonly kind: 'write-prices'; readonly rows: readonly PriceRow[] }
  | { readonly kind: 'write-order-fields'; readonly orderId: number; readonly fields: readonly { readonly uuid: string; readonly value: string }[] };

/** What one reading pass over orders asks for; moments are ISO in UTC. `startedAt` is when the pass began. */
export interface OrdersFilter {
  readonly by: 'updated' | 'created';
  readonly from: string;
  readonly to: string;
  readonly startedAt: string;
}

export interface PriceRow {
  readonly sku: string;
  readonly price?: Decimal;
  readonly purchasedPrice?: Decimal;
}

/** Requests to Dilovod; a kind may take several API calls, made one after the other. */
export type DilovodCommand =
  | OrderCommand
  /** Only looks. */
  | ({ readonly kind: 'find-person' } & PersonWanted)
  /** Looks, and creates whom nobody finds, in one turn of the lane. */
  | ({ readonly kind: 'create-person' } & PersonWanted)
  /** Every live document that is dated `from` (`YYYY-MM-DD`, in the base's calendar) or later, whoever made it. */
  | { readonly kind: 'list-documents'; readonly from: string }
  /** `articles` names goods; null reads the whole catalogue. */
  | { readonly kind: 'read-goods'; readonly articles: readonly string[] | null }
  /** `goods`: only of these (at most 200), each at one moment. */
  | { readonly kind: 'read-balances'; readonly storages: readonly string[]; readonly goods?: readonly string[] }
  /** Every good that the stock register ever moved, whoever's and wherever. */
  | { readonly kind: 'read-stock-history' }
  | { readonly kind: 'read-prices'; readonly priceType: string }
  /** The base's currencies with their codes. */
  | { readonly kind: 'read-currencies' };

export type Command = KeycrmCommand | DilovodCommand;
export type CommandKind = Command['kind'];

/** One row of KeyCRM's stock list; `warehouses` is null where the account shows no stock by warehouse. */
export interface StockRow {
  readonly offerId: number;
  readonly sku: string | null;
  readonly price: Decimal | null;
  readonly purchasedPrice: Decimal | null;
  readonly quantity: Decimal;
  readonly warehouses: readonly { readonly id: number; readonly name: string; readonly quantity: Decimal; readonly reserve: Decimal }[] | null;
}

/**
 * A channel that orders come through. `currency`: ISO 4217, of the orders that come through it; null where KeyCRM does
 * not say.
 */
export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly currency: string | null;
}

/** A currency of a Dilovod base. `code`: ISO 4217. */
export interface CurrencyRow {
  readonly id: string;
  readonly code: string;
}

/** In which currency the card of an offer is kept, ISO 4217; null where KeyCRM does not say. */
export interface CardRow {
  readonly offerId: number;
  readonly currency: string | null;
}

export interface GoodRow {
  readonly id: string;
  readonly article: string | null;
  readonly name: string;
  readonly unit: string | null;
}

export interface BalanceRow {
  readonly good: string;
  readonly storage: string;
  readonly qty: Decimal;
  /** Cost of what is on hand. */
  readonly amount: Decimal;
}

export interface RetailPriceRow {
  readonly good: string;
  readonly price: Decimal;
  readonly currency: string | null;
}

/** A live document of the client's firm, as a list of all shows it. */
export interface ListedDocument {
  readonly id: string;
  readonly type: DocumentType;
  /** The order whose key it bears; `null`: somebody made it by hand, or a program that knew nothing of keys. */
  readonly orderId: number | null;
  readonly number: string | null;
  readonly person: string | null;
  readonly amount: Decimal | null;
  /** In the base's calendar, `YYYY-MM-DD`. */
  readonly madeOn: string | null;
  /** Whole numbers in the remark of one without a key. */
  readonly mentions: readonly number[];
}

export const listedDocumentMembers = ['id', 'type', 'orderId', 'number', 'person', 'amount', 'madeOn', 'mentions'] as const satisfies readonly (keyof ListedDocument)[];
export const balanceMembers = ['good', 'storage', 'qty', 'amount'] as const satisfies readonly (keyof BalanceRow)[];
export const retailPriceMembers = ['good', 'price', 'currency'] as const satisfies readonly (keyof RetailPriceRow)[];

interface ResultPage<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly lastPage: number;
}

/** What a command brought back when it was done, by kind. */
export interface ResultOf {
  'read-order': Observation;
  'list-orders': { readonly orders: readonly Order[]; readonly unreadable: readonly { readonly orderId: number | null; readonly problem: string }[]; readonly page: number; readonly lastPage: number };
  /** `whole`: every row of the page could be read. `unreadable`: offers that are there, of which nothing new is known. */
  'list-stocks': ResultPage<StockRow> & { readonly whole: boolean; readonly unreadable?: readonly number[] };
  'list-cards': ResultPage<CardRow>;
  'read-sources': ResultPage<SourceRow>;
  'write-stocks': null;
  'write-prices': null;
  'write-order-fields': null;
  'find-person': { readonly person: PersonChoice | null };
  'create-person': { readonly person: PersonChoice };
  /** `whole`: no type of document is closed for the API role. `unreadable`: documents that are there, of which nothing new is known. */
  'list-documents': { readonly columns: Columns<ListedDocument>; readonly whole: boolean; readonly unreadable?: readonly string[] };
  /**
   * `atomic`, here and below: all in one answer, so that what is not in it is not there. `unreadable`: goods that are
   * there, of which nothing new is known.
   */
  'read-goods': { readonly rows: readonly GoodRow[]; readonly atomic: boolean; readonly unreadable?: readonly string[] };
  'read-balances': { readonly columns: Columns<BalanceRow>; readonly atomic: boolean; readonly unreadable?: readonly string[] };
  'read-stock-history': { readonly goods: readonly string[] };
  'read-prices': { readonly columns: Columns<RetailPriceRow>; readonly atomic: boolean };
  'read-currencies': { readonly rows: readonly CurrencyRow[] };
  'find-documents': OrderCommandDone;
  'save-sale-order': OrderCommandDone;
  'save-sale': OrderCommandDone;
  'save-sale-return': OrderCommandDone;
  'set-order-state': OrderCommandDone;
  'relink-sale': OrderCommandDone;
  'read-document': OrderCommandDone;
  'mark-document': OrderCommandDone;
}

/** How long one command may work on an API, in milliseconds; its lease outlives that by the time it may wait on the bus. */
export const workingTimeMs: Readonly<Record<CommandKind, number>> = {
  'read-order': 30_000,
  'list-orders': 40_000,
  'list-stocks': 40_000,
  'list-cards': 40_000,
  'read-sources': 40_000,
  'write-stocks': 60_000,
  'write-prices': 60_000,
  'write-order-fields': 30_000,
  'find-person': 60_000,
  'create-person': 60_000,
  'list-documents': 90_000,
  'read-goods': 90_000,
  'read-balances': 90_000,
  'read-stock-history': 90_000,
  'read-prices': 90_000,
  'read-currencies': 60_000,
  'find-documents': 90_000,
  'save-sale-order': 60_000,
  'save-sale': 60_000,
  'save-sale-return': 60_000,
  'set-order-state': 60_000,
  'relink-sale': 60_000,
  'read-document': 60_000,
  'mark-document': 90_000,
};

/** Whether a kind changes anything on the other side. */
export const writes: Readonly<Record<CommandKind, boolean>> = {
  'read-order': false,
  'list-orders': false,
  'list-stocks': false,
  'read-sources': false,
  'write-stocks': true,
  'write-prices': true,
  'write-order-fields': true,
  'find-person': false,
  'create-person': true,
  'list-documents': false,
  'read-goods': false,
  'list-cards': false,
  'read-stock-history': false,
  'read-balances': false,
  'read-prices': false,
  'read-currencies': false,
  'find-documents': false,
  'save-sale-order': true,
  'save-sale': true,
  'save-sale-return': true,
  'set-order-state': true,
  'relink-sale': true,
  'read-document': false,
  'mark-document': true,
};

/** How long a command may lie on the bus before a gateway has to leave it alone, in milliseconds. */
export const startWithinMs = 10_000;

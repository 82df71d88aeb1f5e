import type { Decimal } from '@kds/kernel';

/** An offer: the variant of a product that has a SKU, a price and stock. */
export interface KeycrmOffer {
  readonly id: number;
  readonly productId: number | null;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly price: Decimal | null;
  readonly purchasedPrice: Decimal | null;
  /** Over all warehouses, reserved goods included. */
  readonly quantity: Decimal | null;
  /** Of the card, in which its prices are; null unless it was asked for `withProduct`. */
  readonly currencyCode: string | null;
}

/** The stock of one offer. Quantities include what is reserved. */
export interface KeycrmStockRow {
  /** The offer's. */
  readonly id: number;
  readonly sku: string | null;
  readonly price: Decimal | null;
  readonly purchasedPrice: Decimal | null;
  readonly quantity: Decimal;
  readonly reserve: Decimal;
  /** KeyCRM may leave out warehouses that hold nothing. Null where it splits nothing by warehouse, as in an account without stock management. */
  readonly warehouses: readonly KeycrmWarehouseStock[] | null;
}

export interface KeycrmWarehouseStock {
  readonly id: number;
  readonly name: string | null;
  readonly quantity: Decimal;
  readonly reserve: Decimal;
}

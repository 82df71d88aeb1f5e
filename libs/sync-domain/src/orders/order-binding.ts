import type { Decimal } from '@kds/kernel';

/** One row of a Dilovod document, as we mean it and as it can be read back. Money is in the order's currency, to the kopeck. */
export interface DocumentRow {
  readonly good: string;
  readonly unit: string;
  readonly qty: Decimal;
  /** Before discount. */
  readonly price: Decimal;
  readonly priceAmount: Decimal;
  readonly discount: Decimal;
  /** After all discounts. */
  readonly amountCur: Decimal;
  readonly storage: string;
}

export interface SaleOrderHeld {
  readonly id: string;
  /** Known once it has been read. */
  readonly number: string | null;
  readonly state: string | null;
  readonly person: string;
  readonly rows: readonly DocumentRow[];
}

export interface ShipmentHeld {
  readonly id: string;
  readonly storage: string;
  readonly person: string;
  /** The order document that it is based on. */
  readonly saleOrder: string;
  readonly rows: readonly DocumentRow[];
  readonly saleReturn: string | null;
}

export type DocumentType = 'saleOrder' | 'sale' | 'saleReturn';

/**
 * What Dilovod is known to hold for one KeyCRM order: live documents only. `doubt` names a kind of document that was asked for without a clear
 * answer; nothing is created before a look has settled it.
 */
export interface OrderBinding {
  readonly saleOrder: SaleOrderHeld | null;
  readonly shipments: readonly ShipmentHeld[];
  readonly doubt: DocumentType | null;
}

export const nothingHeld: OrderBinding = { saleOrder: null, shipments: [], doubt: null };

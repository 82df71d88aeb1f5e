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

/** What an order document says of people beside its person. */
export interface OrderContacts {
  readonly details: string | null;
  readonly remarkFromPerson: string | null;
}

export interface SaleOrderHeld {
  readonly id: string;
  /** Known once it has been read. */
  readonly number: string | null;
  readonly state: string | null;
  readonly person: string;
  readonly rows: readonly DocumentRow[];
  /** Who receives the parcel, and who bought where the person is the end consumer, as we wrote it; null for an order that was found. */
  readonly contacts: OrderContacts | null;
  /** Whether the base was seen to have reserved the goods; null where that was not asked for, or not looked at. */
  readonly reserved: boolean | null;
}

export interface ShipmentHeld {
  readonly id: string;
  readonly storage: string;
  readonly person: string;
  /** The order document that it is based on. */
  readonly saleOrder: string;
  readonly rows: readonly DocumentRow[];
  readonly saleReturn: ReturnHeld | null;
}

/** What came back of one shipment: all of it, or some. */
export interface ReturnHeld {
  readonly id: string;
  readonly rows: readonly DocumentRow[];
}

export type DocumentType = 'saleOrder' | 'sale' | 'saleReturn';

/** Kinds of document to look for: one, or everything that belongs to the order. */
export type DocumentScope = DocumentType | 'all';

/**
 * What Dilovod is known to hold for one KeyCRM order: live documents only. `doubt` names what is not known for certain (it was asked for without a clear
 * answer, or somebody else may have changed it); nothing is created before a look has settled it. `repeated` names documents of which there may be only one.
 */
export interface OrderBinding {
  readonly saleOrder: SaleOrderHeld | null;
  readonly shipments: readonly ShipmentHeld[];
  /** The order document that was there last and is marked for deletion now, as long as there is no live one. */
  readonly marked: string | null;
  readonly doubt: DocumentScope | null;
  readonly repeated: { readonly type: DocumentType; readonly ids: readonly string[] } | null;
}

export const nothingHeld: OrderBinding = { saleOrder: null, shipments: [], marked: null, doubt: null, repeated: null };

/** An order of which documents may have been made before this ledger knew it. */
export const perhapsHeld: OrderBinding = { ...nothingHeld, doubt: 'all' };

/** The order documents that a shipment or return of this order may be linked to. */
export function saleOrdersOf({ saleOrder, shipments }: OrderBinding): readonly string[] {
  return [...new Set([...(saleOrder === null ? [] : [saleOrder.id]), ...shipments.map((shipment) => shipment.saleOrder)])].filter((id) => id !== '');
}

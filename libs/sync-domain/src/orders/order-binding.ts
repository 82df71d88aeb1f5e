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

/** Members of an order document's header that follow KeyCRM and the manifest; `null`: empty. */
export interface OrderMembers {
  readonly business: string | null;
  readonly author: string | null;
  readonly tradeChanel: string | null;
  readonly paymentForm: string | null;
  /** Who bought, where the person is called otherwise. */
  readonly details: string | null;
  /** Who receives the parcel when that is not the buyer. */
  readonly remarkFromPerson: string | null;
  /** Our words after the order's key in the remark. */
  readonly note: string | null;
}

/** What KeyCRM's order last made of its document: what differs from it since is a person's doing. */
export interface SaleOrderWritten {
  /** `null`: not known. */
  readonly person: string | null;
  /** `null`: none, or not known for certain. */
  readonly state: string | null;
  /** Of a member that is missing it is not known. */
  readonly members: Partial<OrderMembers>;
  /** What the base made of that, when it was read back: it may fill in members, spell them otherwise, or not take them empty. */
  readonly stood: (OrderMembers & { readonly person: string }) | null;
}

/** What the order document was last to say, and its lines were to be booked as, when the answer was lost. */
export interface SaleOrderAttempted extends SaleOrderWritten {
  readonly booked?: readonly BookedLine[];
}

export interface SaleOrderHeld {
  readonly id: string;
  /** Known once it has been read. */
  readonly number: string | null;
  readonly state: string | null;
  readonly person: string;
  readonly rows: readonly DocumentRow[];
  /** As they stand; `null` where they were not shown. */
  readonly members: OrderMembers | null;
  readonly currency: string | null;
  /** `null` for an order that was found. */
  readonly written: SaleOrderWritten | null;
  /** Whether the base was seen to have reserved the goods; null where that was not asked for, or not looked at. */
  readonly reserved: boolean | null;
}

export interface ShipmentHeld {
  readonly id: string;
  readonly storage: string;
  readonly person: string;
  readonly currency: string | null;
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

/** What one line of the order was booked as, when its documents were made; `good` is null where the client's policy left the line out. */
export interface BookedLine {
  /** KeyCRM's id of the line. */
  readonly line: number | null;
  readonly sku: string | null;
  readonly good: string | null;
  readonly unit: string;
  readonly storage: string;
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
  readonly attempted: SaleOrderAttempted | null;
  readonly booked: readonly BookedLine[];
}

export const nothingHeld: OrderBinding = { saleOrder: null, shipments: [], marked: null, doubt: null, repeated: null, attempted: null, booked: [] };

/** An order of which documents may have been made before this ledger knew it. */
export const perhapsHeld: OrderBinding = { ...nothingHeld, doubt: 'all' };

/** The order documents that a shipment or return of this order may be linked to. */
export function saleOrdersOf({ saleOrder, shipments }: OrderBinding): readonly string[] {
  return [...new Set([...(saleOrder === null ? [] : [saleOrder.id]), ...shipments.map((shipment) => shipment.saleOrder)])].filter((id) => id !== '');
}

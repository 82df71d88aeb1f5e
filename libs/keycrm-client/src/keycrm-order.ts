import type { Decimal } from '@kds/kernel';

/** An order as KeyCRM tells it, with its buyer, lines, delivery and custom fields. Moments are ISO 8601 in UTC; `null` and absent: KeyCRM names none. */
export interface KeycrmOrder {
  readonly id: number;
  /** The order that this one was copied from. */
  readonly parentId: number | null;
  readonly sourceId: number | null;
  /** Its number at the source: free text. */
  readonly sourceUuid: string | null;
  readonly statusId: number;
  readonly statusGroupId: number | null;
  readonly grandTotal: Decimal;
  readonly totalDiscount: Decimal;
  readonly discountPercent?: Decimal;
  readonly discountAmount?: Decimal;
  readonly shippingPrice: Decimal;
  readonly wrapPrice: Decimal;
  readonly taxes: Decimal;
  readonly productsTotal?: Decimal;
  readonly buyerComment: string | null;
  readonly managerComment: string | null;
  /** When it was made at the source (may be set back by hand); where KeyCRM names none, when it was made in KeyCRM. */
  readonly orderedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly statusChangedAt?: string;
  readonly closedAt?: string;
  readonly deletedAt?: string;
  readonly buyer: KeycrmBuyer | null;
  readonly shipping: KeycrmShipping | null;
  readonly lines: readonly KeycrmOrderLine[];
  readonly customFields: readonly KeycrmOrderCustomField[];
}

export interface KeycrmBuyer {
  readonly id: number | null;
  readonly fullName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface KeycrmShipping {
  /** Absent when the buyer is the recipient. */
  readonly recipientFullName?: string;
  readonly recipientPhone?: string;
  readonly trackingCode?: string;
  readonly shippingStatus?: string;
  readonly deliveryServiceId?: number;
}

export interface KeycrmOrderLine {
  readonly id?: number;
  readonly name: string | null;
  /** Copied when the line was made; may differ from the offer's of today. */
  readonly sku: string | null;
  /** Per unit, before discount. */
  readonly price: Decimal;
  /** Per unit, as sold. */
  readonly priceSold: Decimal | null;
  readonly discountPercent: Decimal | null;
  readonly discountAmount: Decimal | null;
  /** Of the whole line. */
  readonly totalDiscount: Decimal | null;
  readonly quantity: Decimal;
  /** `null`: pieces. */
  readonly unitType: string | null;
  /** `warehouse` or `manufacturing`. */
  readonly shipmentType: string | null;
  readonly warehouseId: number | null;
  readonly warehouseName?: string;
  /** `null`: a one-off line, not in the catalogue. */
  readonly offer: { readonly id: number | null; readonly sku: string | null; readonly productId: number | null } | null;
  readonly comment: string | null;
}

export interface KeycrmOrderCustomField {
  readonly uuid: string;
  /** A list for fields of the type `select`; `null` when KeyCRM sent neither text nor list. */
  readonly value: string | readonly string[] | null;
}

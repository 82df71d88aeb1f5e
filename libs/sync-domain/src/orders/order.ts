import { canonicalJson, type Decimal } from '@kds/kernel';

/** An order as KeyCRM shows it at one moment. Times are ISO 8601 in UTC, money is in the shop's currency. */
export interface Order {
  readonly id: number;
  /** The sales channel that it came through; its currency is the order's. */
  readonly sourceId: number | null;
  readonly statusId: number;
  /** KeyCRM's own six groups; 6 is «cancelled», where written-off goods return to stock. */
  readonly statusGroupId: number | null;
  readonly orderedAt: string;
  readonly createdAt: string;
  readonly updatedAt: string | null;
  readonly statusChangedAt: string | null;
  readonly buyer: Buyer | null;
  /** Present when the parcel goes to somebody who is not the buyer. */
  readonly recipient: Recipient | null;
  readonly lines: readonly OrderLine[];
  readonly discountPercent: Decimal | null;
  readonly discountAmount: Decimal | null;
  readonly totalDiscount: Decimal | null;
  readonly shippingPrice: Decimal;
  readonly wrapPrice: Decimal;
  readonly taxes: Decimal;
  readonly grandTotal: Decimal;
  /** Filled custom fields by uuid (`OR_…`). */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Buyer {
  readonly fullName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface Recipient {
  readonly fullName: string | null;
  readonly phone: string | null;
}

export interface OrderLine {
  /** Stays the same however the line is edited; KeyCRM may not show it. */
  readonly id: number | null;
  readonly name: string;
  /** Of the catalogue offer where the line has one, else of the line itself. */
  readonly sku: string | null;
  readonly quantity: Decimal;
  /** Per unit, before any discount. */
  readonly price: Decimal;
  readonly priceSold: Decimal | null;
  readonly discountPercent: Decimal | null;
  readonly discountAmount: Decimal | null;
  /** Of the whole line. */
  readonly totalDiscount: Decimal | null;
  readonly warehouseId: number | null;
}

/** What a gateway saw when it asked for an order: the order, or that KeyCRM has it no more. */
export type Observation = { readonly kind: 'present'; readonly order: Order } | { readonly kind: 'missing'; readonly orderId: number };

/**
 * What people see of an order that a decision can depend on; two observations with equal essence are one and the same to us. What a person decided about an
 * order holds for its essence.
 */
export function essenceOf(observation: Observation): string {
  if (observation.kind === 'missing') return 'missing';
  const { updatedAt: _u, statusChangedAt: _s, fields: _f, sourceId: _i, lines, ...essence } = observation.order;
  return canonicalJson({ ...essence, lines: lines.map(({ id: _, ...line }) => line) });
}

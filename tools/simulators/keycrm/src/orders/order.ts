import type { Property } from '../catalogue/catalogue.js';
import { type Big, nought } from '../decimals.js';
import type { CustomFieldValue } from '../dictionaries/dictionaries.js';

/** How far the account has got with an order's stock. */
export type StockStage = 'none' | 'reserved' | 'written-off';

/** What a line holds of the stock right now. */
export interface Hold {
  readonly offerId: number;
  readonly warehouseId: number;
  readonly reserved: Big;
  readonly writtenOff: Big;
}

export interface OrderLine {
  readonly id: number;
  name: string;
  readonly sku: string | null;
  /** Null for a one-off good. */
  readonly offerId: number | null;
  price: Big;
  purchasedPrice: Big;
  quantity: Big;
  discountPercent: Big | null;
  discountAmount: Big | null;
  readonly unitType: string | null;
  comment: string | null;
  lineStatusId: number | null;
  readonly picture: string | null;
  readonly properties: readonly Property[];
  readonly shipmentType: 'warehouse' | 'manufacturing';
  warehouseId: number | null;
  hold: Hold | null;
  /** A write-off of this line was undone. */
  reverted: boolean;
}

export type PaymentStatus = 'paid' | 'not_paid' | 'canceled';

export interface Payment {
  readonly id: number;
  readonly methodId: number;
  readonly amount: Big;
  readonly currency: string;
  description: string | null;
  status: PaymentStatus;
  readonly paidAt: Date;
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Expense {
  readonly id: number;
  readonly typeId: number;
  readonly amount: Big;
  description: string | null;
  status: 'paid' | 'canceled';
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Order {
  readonly id: number;
  readonly parentId: number | null;
  readonly sourceId: number;
  readonly sourceUuid: string | null;
  statusId: number;
  statusChangedAt: Date;
  lines: OrderLine[];
  payments: Payment[];
  expenses: Expense[];
  discountPercent: Big | null;
  discountAmount: Big | null;
  shippingPrice: Big | null;
  wrapPrice: Big | null;
  taxes: Big | null;
  readonly promocode: string | null;
  managerComment: string | null;
  buyerComment: string | null;
  readonly giftMessage: string | null;
  readonly isGift: boolean;
  readonly giftWrap: boolean;
  readonly managerId: number | null;
  buyerId: number | null;
  /** Only filled keys, spelt as the API spells them. */
  shipping: Record<string, string | number>;
  readonly marketing: Readonly<Record<string, string>>;
  tags: number[];
  readonly customFields: Map<string, CustomFieldValue>;
  orderedAt: Date;
  readonly createdAt: Date;
  updatedAt: Date;
  /** False until anything changed after creation. */
  everChanged: boolean;
  closedAt: Date | null;
  stockStage: StockStage;
}

export function heldReserve(line: OrderLine): Big {
  return line.hold?.reserved ?? nought;
}

export function heldWriteOff(line: OrderLine): Big {
  return line.hold?.writtenOff ?? nought;
}

/** The state of a line as managers see it. */
export function lineState(line: OrderLine): 'reserved' | 'fulfilled' | 'reverted' | null {
  if (heldWriteOff(line).gt(0)) return 'fulfilled';
  if (heldReserve(line).gt(0)) return 'reserved';
  return line.reverted ? 'reverted' : null;
}

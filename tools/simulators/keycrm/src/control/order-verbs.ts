import type { Account } from '../accounts/account.js';
import type { BuyerContacts } from '../buyers/buyer.js';
import { type Numeric, toDecimal, toDecimalOrNull } from '../decimals.js';
import { findSource } from '../dictionaries/add-source.js';
import type { Source } from '../dictionaries/dictionaries.js';
import { parseMoment } from '../moments.js';
import { changePayments, paymentProblem } from '../orders/change-payments.js';
import { changeStatus } from '../orders/change-status.js';
import { mergeOrders } from '../orders/merge-orders.js';
import type { Order, OrderLine, PaymentStatus } from '../orders/order.js';
import { addPayment, type NewLine, newLine, type NewOrder, type NewPayment, placeOrder } from '../orders/place-order.js';
import { touch } from '../orders/touch.js';
import { giveBack, settleStock } from '../stock/write-off.js';
import { announceOrder, type OrderEventName } from '../webhooks/order-event.js';
import { warehouseOf } from './goods-verbs.js';

/** An order as a manager or a shop makes it, `orderedAt` as UTC text. */
export interface ControlOrder extends Omit<NewOrder, 'orderedAt' | 'payments'> {
  readonly orderedAt?: string;
  /** In place of `sourceId`; unlike the API, a person cannot make a source this way. */
  readonly sourceName?: string;
  readonly statusId?: number;
  /** Who receives it, when that is not the buyer. */
  readonly recipient?: { readonly fullName?: string; readonly phone?: string };
  readonly payments?: readonly Omit<NewPayment, 'paidAt'>[];
  /** No webhook for the move to `statusId`. */
  readonly silently?: boolean;
}

export interface LineChange {
  readonly lineId: number;
  readonly quantity?: Numeric;
  readonly price?: Numeric;
  readonly discountPercent?: Numeric | null;
  readonly discountAmount?: Numeric | null;
  readonly warehouseId?: number | null;
}

export interface OrderEdit {
  readonly orderId: number;
  readonly discountPercent?: Numeric | null;
  readonly discountAmount?: Numeric | null;
  readonly shippingPrice?: Numeric | null;
  readonly wrapPrice?: Numeric | null;
  readonly taxes?: Numeric | null;
  readonly managerComment?: string | null;
  readonly buyerComment?: string | null;
  /** Backdates it, as UTC text. */
  readonly orderedAt?: string;
  /** Null removes a key. */
  readonly shipping?: ShippingChange;
}

export type ShippingChange = Readonly<Record<string, string | number | null | undefined>>;

export interface RecipientChange {
  readonly fullName?: string | null;
  readonly phone?: string | null;
}

/** Verbs of what is done with orders in the account's own interface. */
export const orderVerbs = {
  createOrder(account: Account, wanted: ControlOrder) {
    const { orderedAt, statusId, sourceName, recipient, silently, ...rest } = wanted;
    if (statusId !== undefined) account.dictionaries.statusOf(statusId);
    checkLines(account, wanted.lines);
    for (const uuid of Object.keys(wanted.customFields ?? {})) if (account.dictionaries.customFields.get(uuid)?.model !== 'order') throw new RangeError(`no custom field ${uuid} of orders`);
    const order = placeOrder(account, {
      ...rest,
      sourceId: sourceName === undefined ? rest.sourceId : sourceNamed(account, sourceName).id,
      orderedAt: orderedAt === undefined ? undefined : momentOf(orderedAt),
      shipping: {
        ...rest.shipping,
        ...(recipient?.fullName ? { recipient_full_name: recipient.fullName } : {}),
        ...(recipient?.phone ? { recipient_phone: recipient.phone } : {}),
      },
    });
    if (account.switches.webhookOnCreate === 'sent' && !silently) announceOrder(account, order, 'order.change_order_status');
    if (statusId !== undefined) changeStatus(account, order, { statusId, silently });
    return { id: order.id, lineIds: order.lines.map((line) => line.id) };
  },

  moveStatus(account: Account, wanted: { orderId: number; statusId: number; silently?: boolean }) {
    changeStatus(account, orderOf(account, wanted.orderId), wanted);
  },

  /**
   * Changes, removes and adds lines, in this order; reserved and written-off stock follows. With quantity 0 a line stays.
   */
  editLines(account: Account, wanted: { orderId: number; change?: readonly LineChange[]; remove?: readonly number[]; add?: readonly NewLine[] }) {
    const order = orderOf(account, wanted.orderId);
    checkLines(account, [...(wanted.change ?? []), ...(wanted.add ?? [])]);
    for (const { lineId } of wanted.change ?? []) lineOf(order, lineId);
    for (const lineId of wanted.remove ?? []) lineOf(order, lineId);
    for (const change of wanted.change ?? []) changeLine(lineOf(order, change.lineId), change);
    for (const lineId of wanted.remove ?? []) {
      giveBack(account, order, lineOf(order, lineId));
      order.lines = order.lines.filter((line) => line.id !== lineId);
    }
    const source = account.dictionaries.sources.get(order.sourceId);
    order.lines.push(...(wanted.add ?? []).map((line) => newLine(account, line, source?.defaultWarehouseId ?? null)));
    settleStock(account, order);
    touch(account, order, 'updatedAtMovesOnLines');
    return { lineIds: order.lines.map((line) => line.id) };
  },

  editOrder(account: Account, wanted: OrderEdit) {
    const order = orderOf(account, wanted.orderId);
    for (const key of ['discountPercent', 'discountAmount', 'shippingPrice', 'wrapPrice', 'taxes'] as const) {
      if (wanted[key] !== undefined) order[key] = toDecimalOrNull(wanted[key]);
    }
    if (wanted.managerComment !== undefined) order.managerComment = wanted.managerComment;
    if (wanted.buyerComment !== undefined) order.buyerComment = wanted.buyerComment;
    if (wanted.orderedAt !== undefined) order.orderedAt = momentOf(wanted.orderedAt);
    setShipping(order, wanted.shipping ?? {});
    touch(account, order, 'updatedAtMovesOnFields');
  },

  /** Tells the subscribers of an order in which nothing changed: such events happen. */
  sendWebhook(account: Account, wanted: { orderId: number; event?: OrderEventName }) {
    announceOrder(account, orderOf(account, wanted.orderId), wanted.event ?? 'order.change_order_status');
  },

  createBuyer(account: Account, wanted: BuyerContacts) {
    return { id: account.buyers.add(wanted, account.now()).id };
  },

  /** Corrects the order's buyer, or gives it one. */
  changeBuyer(account: Account, wanted: { orderId: number; buyer: BuyerContacts }) {
    const order = orderOf(account, wanted.orderId);
    const known = account.buyers.byId.get(order.buyerId ?? 0);
    if (known) correctBuyer(account, known.id, wanted.buyer);
    else order.buyerId = account.buyers.add(wanted.buyer, account.now()).id;
    touch(account, order, 'updatedAtMovesOnBuyer');
  },

  /** Another buyer who is known already, or none. */
  assignBuyer(account: Account, wanted: { orderId: number; buyerId: number | null }) {
    const order = orderOf(account, wanted.orderId);
    const { buyerId } = wanted;
    if (buyerId !== null && !account.buyers.byId.has(buyerId)) throw new RangeError(`no buyer ${buyerId}`);
    order.buyerId = buyerId;
    touch(account, order, 'updatedAtMovesOnBuyer');
  },

  /** Who receives an order; null removes what is said of him, the whole of it or one half. */
  changeRecipient(account: Account, wanted: { orderId: number; recipient: RecipientChange | null }) {
    const order = orderOf(account, wanted.orderId);
    const { fullName, phone } = wanted.recipient ?? { fullName: null, phone: null };
    setShipping(order, { recipient_full_name: fullName, recipient_phone: phone });
    touch(account, order, 'updatedAtMovesOnFields');
  },

  /** The second buyer vanishes; its orders point to the first. */
  mergeBuyers(account: Account, wanted: { intoId: number; fromId: number }) {
    for (const id of [wanted.intoId, wanted.fromId]) if (!account.buyers.byId.has(id)) throw new RangeError(`no buyer ${id}`);
    if (wanted.intoId === wanted.fromId) throw new RangeError('a buyer cannot be merged with itself');
    for (const order of account.orders.values()) if (order.buyerId === wanted.fromId) order.buyerId = wanted.intoId;
    account.buyers.byId.delete(wanted.fromId);
  },

  addPayment(account: Account, wanted: Omit<NewPayment, 'paidAt'> & { orderId: number }) {
    const order = orderOf(account, wanted.orderId);
    return { id: changePayments(account, order, () => addPayment(account, order, wanted)).id };
  },

  setPaymentStatus(account: Account, wanted: { orderId: number; paymentId: number; status: PaymentStatus }) {
    const order = orderOf(account, wanted.orderId);
    const payment = order.payments.find(({ id }) => id === wanted.paymentId);
    if (!payment) throw new RangeError(`no payment ${wanted.paymentId} in order ${order.id}`);
    const problem = paymentProblem(account, order, payment, wanted.status);
    if (problem !== undefined) throw new RangeError(problem);
    changePayments(account, order, () => Object.assign(payment, { status: wanted.status, updatedAt: account.now() }));
  },

  /** The order vanishes without a trace: no feed tells. */
  deleteOrder(account: Account, wanted: { orderId: number }) {
    const order = orderOf(account, wanted.orderId);
    if (account.switches.deletedOrderStock === 'given-back') for (const line of order.lines) giveBack(account, order, line);
    account.orders.delete(order.id);
  },

  mergeOrders(account: Account, wanted: { intoId: number; fromId: number; cancelStatusId: number; silently?: boolean }) {
    if (wanted.intoId === wanted.fromId) throw new RangeError('an order cannot be merged with itself');
    mergeOrders(account, { ...wanted, into: orderOf(account, wanted.intoId), from: orderOf(account, wanted.fromId) });
  },
};

/** An unknown SKU makes a one-off line; an unknown warehouse or offer id is a mistake. */
function checkLines(account: Account, lines: readonly Pick<NewLine, 'warehouseId' | 'offerId'>[]): void {
  for (const { warehouseId, offerId } of lines) {
    if (warehouseId != null) warehouseOf(account, warehouseId);
    if (offerId !== undefined && !account.catalogue.offers.has(offerId)) throw new RangeError(`no offer ${offerId}`);
  }
}

function changeLine(line: OrderLine, change: LineChange): void {
  if (change.quantity !== undefined) line.quantity = toDecimal(change.quantity);
  if (change.price !== undefined) line.price = toDecimal(change.price);
  if (change.discountPercent !== undefined) line.discountPercent = toDecimalOrNull(change.discountPercent);
  if (change.discountAmount !== undefined) line.discountAmount = toDecimalOrNull(change.discountAmount);
  if (change.warehouseId !== undefined) line.warehouseId = change.warehouseId;
}

function setShipping(order: Order, changes: ShippingChange): void {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete order.shipping[key];
    else if (value !== undefined) order.shipping[key] = value;
  }
}

function sourceNamed(account: Account, name: string): Source {
  const source = findSource(account, name);
  if (!source) throw new RangeError(`no source ${name}: create it first`);
  return source;
}

function correctBuyer(account: Account, id: number, contacts: BuyerContacts): void {
  const buyer = account.buyers.byId.get(id);
  if (!buyer) return;
  if (contacts.fullName != null) buyer.fullName = contacts.fullName;
  if (contacts.phone !== undefined) buyer.phones = contacts.phone === null ? [] : [contacts.phone];
  if (contacts.email !== undefined) buyer.emails = contacts.email === null ? [] : [contacts.email];
  buyer.updatedAt = account.now();
}

function momentOf(text: string): Date {
  const at = parseMoment(text);
  if (!at) throw new RangeError(`not a moment: ${text}`);
  return at;
}

function orderOf(account: Account, id: number): Order {
  const order = account.orders.get(id);
  if (!order) throw new RangeError(`no order ${id}`);
  return order;
}

function lineOf(order: Order, id: number): OrderLine {
  const line = order.lines.find((one) => one.id === id);
  if (!line) throw new RangeError(`no line ${id} in order ${order.id}`);
  return line;
}

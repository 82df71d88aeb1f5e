import type { Account } from '../accounts/account.js';
import type { BuyerContacts } from '../buyers/buyer.js';
import type { Offer, Property } from '../catalogue/catalogue.js';
import { keptPrice, keptQuantity, nought, type Numeric, toDecimal, toDecimalOrNull } from '../decimals.js';
import type { CustomFieldValue } from '../dictionaries/dictionaries.js';
import type { Order, OrderLine, Payment, PaymentStatus } from './order.js';

export interface NewLine {
  readonly sku?: string | null;
  readonly offerId?: number;
  readonly name?: string;
  /** The offer's price when absent. */
  readonly price?: Numeric;
  readonly purchasedPrice?: Numeric;
  readonly quantity: Numeric;
  readonly discountPercent?: Numeric | null;
  readonly discountAmount?: Numeric | null;
  readonly unitType?: string | null;
  readonly comment?: string | null;
  readonly picture?: string | null;
  readonly properties?: readonly Property[];
  readonly shipmentType?: OrderLine['shipmentType'];
  /** Absent: the default of the order's source. Null: none. */
  readonly warehouseId?: number | null;
}

export interface NewPayment {
  readonly methodId?: number;
  readonly amount: Numeric;
  /** That of the order's source when absent. */
  readonly currency?: string;
  readonly status?: PaymentStatus;
  readonly description?: string | null;
  /** The present moment when absent. */
  readonly paidAt?: Date;
}

export interface NewOrder {
  readonly sourceId?: number;
  readonly parentId?: number | null;
  readonly sourceUuid?: string | null;
  readonly buyer?: BuyerContacts | null;
  readonly orderedAt?: Date;
  readonly lines: readonly NewLine[];
  readonly payments?: readonly NewPayment[];
  readonly expenses?: readonly { readonly typeId?: number; readonly amount: Numeric; readonly description?: string | null }[];
  readonly discountPercent?: Numeric | null;
  readonly discountAmount?: Numeric | null;
  readonly shippingPrice?: Numeric | null;
  readonly wrapPrice?: Numeric | null;
  readonly taxes?: Numeric | null;
  readonly promocode?: string | null;
  readonly managerComment?: string | null;
  readonly buyerComment?: string | null;
  readonly giftMessage?: string | null;
  readonly isGift?: boolean;
  readonly giftWrap?: boolean;
  readonly managerId?: number | null;
  readonly shipping?: Readonly<Record<string, string | number>>;
  readonly marketing?: Readonly<Record<string, string>>;
  readonly tags?: readonly number[];
  readonly customFields?: Readonly<Record<string, CustomFieldValue>>;
}

/** Adds an order in the account's first status, its lines bound to the catalogue. */
export function placeOrder(account: Account, wanted: NewOrder): Order {
  const at = account.now();
  const source = account.dictionaries.sources.get(wanted.sourceId ?? [...account.dictionaries.sources.keys()][0] ?? 0);
  if (!source) throw new RangeError(`no source ${wanted.sourceId ?? ''}: create one first`);
  const order: Order = {
    id: account.nextId(),
    parentId: wanted.parentId ?? null,
    sourceId: source.id,
    sourceUuid: wanted.sourceUuid ?? null,
    statusId: account.dictionaries.firstStatus().id,
    statusChangedAt: at,
    lines: wanted.lines.map((line) => newLine(account, line, source.defaultWarehouseId)),
    payments: [],
    expenses: [],
    discountPercent: toDecimalOrNull(wanted.discountPercent),
    discountAmount: toDecimalOrNull(wanted.discountAmount),
    shippingPrice: toDecimalOrNull(wanted.shippingPrice),
    wrapPrice: toDecimalOrNull(wanted.wrapPrice),
    taxes: toDecimalOrNull(wanted.taxes),
    promocode: wanted.promocode ?? null,
    managerComment: wanted.managerComment ?? null,
    buyerComment: wanted.buyerComment ?? null,
    giftMessage: wanted.giftMessage ?? null,
    isGift: wanted.isGift ?? false,
    giftWrap: wanted.giftWrap ?? false,
    managerId: wanted.managerId ?? null,
    buyerId: wanted.buyer ? account.buyers.matchOrAdd(wanted.buyer, at, account.switches.buyerMatch).id : null,
    shipping: { ...wanted.shipping },
    marketing: { ...wanted.marketing },
    tags: [...(wanted.tags ?? [])],
    customFields: new Map(Object.entries(wanted.customFields ?? {})),
    orderedAt: wanted.orderedAt ?? at,
    createdAt: at,
    updatedAt: at,
    everChanged: false,
    closedAt: null,
    stockStage: 'none',
  };
  for (const payment of wanted.payments ?? []) addPayment(account, order, payment);
  for (const { typeId, amount, description } of wanted.expenses ?? []) {
    const expense = { id: account.nextId(), typeId: typeId ?? 1, amount: toDecimal(amount), description: description ?? null };
    order.expenses.push({ ...expense, status: 'paid', createdAt: at, updatedAt: at });
  }
  account.orders.set(order.id, order);
  return order;
}

export function addPayment(account: Account, order: Order, wanted: NewPayment): Payment {
  const at = account.now();
  const payment: Payment = {
    id: account.nextId(),
    methodId: wanted.methodId ?? 1,
    amount: toDecimal(wanted.amount),
    currency: wanted.currency ?? currencyOf(account, order),
    description: wanted.description ?? null,
    status: wanted.status ?? 'paid',
    paidAt: wanted.paidAt ?? at,
    createdAt: at,
    updatedAt: at,
  };
  order.payments.push(payment);
  return payment;
}

/** An order has no currency of its own. */
export function currencyOf(account: Account, order: Pick<Order, 'sourceId'>): string {
  return account.dictionaries.sources.get(order.sourceId)?.currencyCode ?? account.settings.currencyCode;
}

export function newLine(account: Account, wanted: NewLine, sourceWarehouseId: number | null): OrderLine {
  const { switches } = account;
  const offer = wanted.offerId === undefined ? offerBySku(account, wanted.sku ?? null) : account.catalogue.offers.get(wanted.offerId);
  const product = offer && account.catalogue.products.get(offer.productId);
  const shipmentType = wanted.shipmentType ?? 'warehouse';
  const usualWarehouse = switches.defaultWarehouse === 'set' ? sourceWarehouseId : null;
  return {
    id: account.nextId(),
    name: wanted.name ?? product?.name ?? wanted.sku ?? '',
    sku: wanted.sku ?? offer?.sku ?? null,
    offerId: offer?.id ?? null,
    price: keptPrice(toDecimal(wanted.price ?? offer?.price ?? 0), switches),
    purchasedPrice: keptPrice(toDecimal(wanted.purchasedPrice ?? offer?.purchasedPrice ?? nought), switches),
    quantity: keptQuantity(toDecimal(wanted.quantity), switches),
    discountPercent: toDecimalOrNull(wanted.discountPercent),
    discountAmount: toDecimalOrNull(wanted.discountAmount),
    unitType: wanted.unitType ?? product?.unitType ?? null,
    comment: wanted.comment ?? null,
    lineStatusId: null,
    picture: wanted.picture ?? null,
    properties: wanted.properties ?? offer?.properties ?? [],
    shipmentType,
    warehouseId: shipmentType === 'warehouse' ? (wanted.warehouseId === undefined ? usualWarehouse : wanted.warehouseId) : null,
    hold: null,
    reverted: false,
  };
}

function offerBySku(account: Account, sku: string | null): Offer | undefined {
  const found = sku === null || sku === '' ? [] : account.catalogue.offersWithSku(sku);
  if (found.length < 2) return found[0];
  return { first: found[0], last: found.at(-1), none: undefined }[account.switches.lineRepeatedSku];
}

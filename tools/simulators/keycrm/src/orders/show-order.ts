import type { Account } from '../accounts/account.js';
import { customFieldsShown, statusShown, tagShown, userShown } from '../dictionaries/show-dictionaries.js';
import { deliveryServices } from '../dictionaries/fresh-account.js';
import { plainDate } from '../http/rendering.js';
import { nought, sum } from '../decimals.js';
import { parseMoment } from '../moments.js';
import { type Expense, heldReserve, type Order, type Payment } from './order.js';
import { currencyOf } from './place-order.js';
import { linesShown, warehouseShown } from './show-lines.js';
import { expensesSum, lineTotals, orderTotals, paymentTotals } from './order-totals.js';

const relations = [
  'buyer', 'products', 'manager', 'tags', 'status', 'marketing', 'payments', 'shipping', 'expenses', 'custom_fields', 'assigned', 'attachments',
] as const;

/** Names that may be included into an order; the described ones and those seen to work. */
export const orderIncludes: readonly string[] = [
  ...relations,
  'products.offer', 'shipping.lastHistory', 'shipping.deliveryService', 'attachments.file',
  ...relations.flatMap((name) => [`${name}Count`, `${name}Exists`]),
];

/** An order as the API gives it, with nothing nested but what was asked for. */
export function showOrder(account: Account, order: Order, include: readonly string[] = []): Record<string, unknown> {
  const totals = orderTotals(order, account.switches);
  const payments = paymentTotals(order, totals.grandTotal);
  const unset = account.switches.unsetMoney === 'null' ? null : nought;
  return {
    id: order.id,
    parent_id: order.parentId,
    source_uuid: order.sourceUuid,
    source_id: order.sourceId,
    status_id: order.statusId,
    status_group_id: account.dictionaries.statuses.get(order.statusId)?.groupId,
    grand_total: totals.grandTotal,
    promocode: order.promocode,
    total_discount: totals.totalDiscount,
    expenses_sum: expensesSum(order),
    shipping_price: order.shippingPrice ?? unset,
    wrap_price: order.wrapPrice ?? unset,
    taxes: order.taxes ?? unset,
    manager_comment: order.managerComment,
    buyer_comment: order.buyerComment,
    gift_message: order.giftMessage,
    is_gift: order.isGift,
    payment_status: payments.status,
    last_synced_at: null,
    created_at: order.createdAt,
    ordered_at: order.orderedAt,
    updated_at: order.updatedAt,
    closed_at: plainDate(order.closedAt),
    ...(account.switches.liveOrderKeys === 'present' ? liveKeys(account, order) : {}),
    ...included(account, order, new Set(include)),
  };
}

function liveKeys(account: Account, order: Order): Record<string, unknown> {
  const totals = orderTotals(order, account.switches);
  const costs = order.lines.map((line) => lineTotals(line, account.switches).net.minus(line.purchasedPrice.times(line.quantity)));
  return {
    global_source_uuid: null,
    client_id: order.buyerId,
    manager_id: order.managerId,
    discount_percent: order.discountPercent,
    discount_amount: order.discountAmount,
    products_total: totals.products,
    payments_total: paymentTotals(order, totals.grandTotal).paid,
    margin_sum: sum(costs).minus(totals.orderDiscount),
    status_changed_at: order.statusChangedAt,
    status_expired_at: null,
    status_on_source: null,
    gift_wrap: order.giftWrap,
    has_reserves: order.lines.some((line) => heldReserve(line).gt(0)),
    is_expired: false,
    fiscal_status: null,
    fiscal_result: [],
    source_updated_at: null,
    deleted_at: null,
    warehouse: orderWarehouseShown(account, order),
  };
}

/** It was seen, but not what it looks like: here it is the warehouse of the first line that has one. */
function orderWarehouseShown(account: Account, order: Order): unknown {
  const form = account.switches.orderWarehouse;
  if (form === 'absent') return undefined;
  const warehouse = order.lines.map(({ warehouseId }) => account.dictionaries.warehouses.get(warehouseId ?? 0)).find((found) => found !== undefined);
  if (form === 'null' || !warehouse) return null;
  return form === 'id' ? warehouse.id : warehouseShown(warehouse);
}

function included(account: Account, order: Order, include: ReadonlySet<string>): Record<string, unknown> {
  const { dictionaries } = account;
  const nested: Record<string, () => unknown> = {
    buyer: () => buyerShown(account, order),
    products: () => linesShown(account, order, false),
    'products.offer': () => linesShown(account, order, true),
    manager: () => userShown(dictionaries.users.get(order.managerId ?? 0)),
    tags: () => order.tags.map((id) => tagShown(dictionaries.tags.get(id), order.createdAt)).filter((tag) => tag !== null),
    status: () => statusShown(dictionaries.statusOf(order.statusId)),
    marketing: () => marketingShown(order),
    payments: () => order.payments.map((payment) => paymentShown(account, order, payment)),
    shipping: () => shippingShown(order, include),
    expenses: () => order.expenses.map((expense) => expenseShown(order, expense)),
    custom_fields: () => customFieldsShown(account, order.customFields),
    assigned: () => [],
    attachments: () => [],
  };
  const shown: Record<string, unknown> = {};
  for (const name of include) {
    if (name === 'products' && include.has('products.offer')) continue;
    const [, relation = '', form = ''] = /^(.+?)(Count|Exists|\..+)?$/.exec(name) ?? [];
    const value = (nested[name] ?? nested[relation])?.();
    if (form === 'Count') shown[`${relation}_count`] = countOf(value);
    else if (form === 'Exists') shown[`${relation}_exists`] = countOf(value) > 0;
    else shown[relation] = value;
  }
  return shown;
}

function countOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return value && Object.values(value).some((inner) => inner !== undefined) ? 1 : 0;
}

function buyerShown(account: Account, order: Order): unknown {
  const buyer = account.buyers.byId.get(order.buyerId ?? 0);
  if (!buyer) return account.switches.orderWithoutBuyer === 'null' ? null : undefined;
  return { id: buyer.id, full_name: buyer.fullName, email: buyer.emails[0] ?? null, phone: buyer.phones[0] ?? null, company_id: null, manager_id: null };
}

function marketingShown(order: Order): unknown {
  const keys = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'];
  return { ...Object.fromEntries(keys.map((key) => [key, order.marketing[key] ?? null])), created_at: order.createdAt, updated_at: order.createdAt };
}

export function paymentShown(account: Account, order: Order, payment: Payment): Record<string, unknown> {
  return {
    id: payment.id,
    destination_id: order.id,
    payment_method_id: payment.methodId,
    amount: payment.amount,
    actual_currency: payment.currency,
    transaction_uuid: null,
    description: payment.description,
    status: payment.status,
    fiscal_result: null,
    payment_date: plainDate(payment.paidAt),
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
    ...(account.switches.liveOrderKeys === 'present'
      ? { actual_amount: payment.amount, source_currency: currencyOf(account, order), is_expense: false, bill_id: null }
      : {}),
  };
}

export function expenseShown(order: Order, expense: Expense): Record<string, unknown> {
  return {
    id: expense.id,
    destination_id: order.id,
    expense_type_id: expense.typeId,
    amount: expense.amount,
    actual_currency: null,
    transaction_uuid: null,
    description: expense.description,
    status: expense.status,
    payment_date: plainDate(expense.createdAt),
    created_at: expense.createdAt,
    updated_at: expense.updatedAt,
  };
}

function shippingShown(order: Order, include: ReadonlySet<string>): unknown {
  const service = deliveryServices.find(({ id }) => id === order.shipping['delivery_service_id']);
  const shippedAt = parseMoment(String(order.shipping['shipping_date_actual'] ?? ''));
  return {
    ...order.shipping,
    ...(shippedAt ? { shipping_date_actual: shippedAt } : {}),
    lastHistory: include.has('shipping.lastHistory') ? null : undefined,
    deliveryService: include.has('shipping.deliveryService') ? (service ?? null) : undefined,
  };
}

import type { Account } from '../accounts/account.js';
import type { Big } from '../decimals.js';
import { plainDate, render } from '../http/rendering.js';
import { heldReserve, type Order } from '../orders/order.js';
import { expensesSum, orderTotals, paymentTotals } from '../orders/order-totals.js';

export type OrderEventName = 'order.change_order_status' | 'order.change_payment_status';

/** Tells every subscriber that an order changed. No lines, payments, buyer or delivery: the receiver has to read the order. */
export function announceOrder(account: Account, order: Order, event: OrderEventName): void {
  const body = { event, context: render(eventContext(account, order), { numberForm: 'plain', dateForm: 'mixed' }) };
  for (const url of account.webhooks.orderUrls) account.webhooks.send(url, body);
}

function eventContext(account: Account, order: Order): Record<string, unknown> {
  const totals = orderTotals(order, account.switches);
  const payments = paymentTotals(order, totals.grandTotal);
  return {
    id: order.id,
    parent_id: order.parentId,
    source_id: order.sourceId,
    source_uuid: order.sourceUuid,
    global_source_uuid: null,
    status_on_source: null,
    client_id: order.buyerId,
    manager_id: order.managerId,
    status_id: order.statusId,
    status_group_id: account.dictionaries.statuses.get(order.statusId)?.groupId,
    status_changed_at: order.statusChangedAt,
    status_expired_at: null,
    grand_total: totals.grandTotal,
    products_total: totals.products,
    payments_total: payments.paid,
    total_discount: totals.totalDiscount,
    discount_amount: order.discountAmount,
    discount_percent: order.discountPercent,
    expenses_sum: expensesSum(order),
    shipping_price: moneyText(order.shippingPrice),
    wrap_price: moneyText(order.wrapPrice),
    taxes: moneyText(order.taxes),
    payment_status: payments.status,
    fiscal_status: null,
    fiscal_result: [],
    manager_comment: order.managerComment,
    client_comment: order.buyerComment,
    gift_message: order.giftMessage,
    is_gift: order.isGift,
    gift_wrap: order.giftWrap,
    promocode: order.promocode,
    is_expired: false,
    utm_source: order.marketing['utm_source'] ?? null,
    has_reserves: order.lines.some((line) => heldReserve(line).gt(0)),
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    ordered_at: order.orderedAt,
    closed_at: plainDate(order.closedAt),
    deleted_at: null,
    source_updated_at: null,
    last_synced_at: null,
  };
}

/** Some money of an event is text. */
function moneyText(value: Big | null): string | null {
  return value === null ? null : value.toFixed(2);
}

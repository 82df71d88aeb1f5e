import { anyOf, type ApiQuery, between, flag, refuseUnlisted } from '../http/api-query.js';
import type { Account } from '../accounts/account.js';
import { sorted } from '../http/paging.js';
import { notFound } from '../http/refusal.js';
import { type ApiRequest, ok, pageAnswer, type Route } from '../http/route.js';
import { parseMoment } from '../moments.js';
import { createOrder, importOrders } from './create-order.js';
import type { Order } from './order.js';
import { orderTotals, paymentTotals } from './order-totals.js';
import { orderIncludes, showOrder } from './show-order.js';
import { updateOrder } from './update-order.js';

export const orderRoutes: readonly Route[] = [
  { operation: 'GET /order', answer: listOrders },
  { operation: 'POST /order', answer: createOrder },
  { operation: 'POST /order/import', answer: importOrders },
  { operation: 'GET /order/{id}', answer: readOrder },
  { operation: 'PUT /order/{id}', answer: updateOrder },
];

const filters = [
  'status_id', 'source_id', 'source_uuid', 'buyer_phone', 'buyer_email', 'created_between', 'updated_between', 'shipping_between', 'payment_status',
  'has_tracking_code',
];

/** Newest first unless sorted; every page is cut out of what matches at that moment. */
function listOrders(request: ApiRequest) {
  const { query, account } = request;
  refuseUnlisted(query, { filters, includes: orderIncludes, sorts: ['id', 'updated_at'] });
  const found = [...account.orders.values()].filter(orderTest(account, query));
  const ordered = sorted(found, query.sort ?? '-id', {
    id: (order) => order.id,
    updated_at: (order) => order.updatedAt.getTime(),
  });
  return pageAnswer(request, ordered, (order) => showOrder(account, order, query.include));
}

function readOrder(request: ApiRequest) {
  const order = request.account.orders.get(Number(request.id));
  if (!order) throw notFound('Order');
  refuseUnlisted(request.query, { filters: [], includes: orderIncludes, sorts: [] });
  return ok(showOrder(request.account, order, request.query.include));
}

function orderTest(account: Account, query: ApiQuery): (order: Order) => boolean {
  const { switches } = account;
  const inStatus = anyOf(query, 'status_id');
  const ofSource = anyOf(query, 'source_id');
  const withUuid = anyOf(query, 'source_uuid');
  const hasPhone = anyOf(query, 'buyer_phone');
  const hasEmail = anyOf(query, 'buyer_email');
  const filtersPaymentStatus = query.filters.has('payment_status');
  const isPaid = anyOf(query, 'payment_status');
  const tracked = flag(query, 'has_tracking_code');
  const orderedWithin = between(query, 'created_between', switches);
  const updatedWithin = between(query, 'updated_between', switches);
  const missesFresh = query.filters.has('updated_between') && switches.freshOrdersInUpdatedBetween === 'missed';
  const shippedWithin = between(query, 'shipping_between', switches);
  return (order) => {
    const buyer = account.buyers.byId.get(order.buyerId ?? 0);
    return (
      inStatus(order.statusId) &&
      ofSource(order.sourceId) &&
      withUuid(order.sourceUuid) &&
      hasPhone(buyer?.phones[0] ?? null) &&
      hasEmail(buyer?.emails[0] ?? null) &&
      // The filter that speaks of creation looks at the moment of ordering.
      orderedWithin(order.orderedAt) &&
      updatedWithin(order.updatedAt) &&
      !(missesFresh && !order.everChanged) &&
      shippedWithin(shippingDate(order)) &&
      (tracked === undefined || tracked === (order.shipping['tracking_code'] !== undefined)) &&
      (!filtersPaymentStatus || isPaid(paymentTotals(order, orderTotals(order, switches).grandTotal).status))
    );
  };
}

function shippingDate(order: Order): Date | null {
  return parseMoment(String(order.shipping['shipping_date_actual'] ?? '')) ?? null;
}

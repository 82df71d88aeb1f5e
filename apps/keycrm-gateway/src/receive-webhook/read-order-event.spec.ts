import { readOrderEvent } from './read-order-event.js';

it.each([
  [{ event: 'order.change_order_status', context: { id: 9051 } }, { kind: 'order', orderId: 9051 }],
  [{ event: 'order.change_payment_status', context: { id: '9051' } }, { kind: 'order', orderId: 9051 }],
  [{ context: { id: 7 } }, { kind: 'order', orderId: 7 }],
  [[{ offer_id: 1, sku: 'A', in_stock: 2 }], { kind: 'something-else' }],
  [{ event: 'lead.change_lead_status', context: { id: 9051 } }, { kind: 'something-else' }],
  [{ event: 'order.change_order_status' }, { kind: 'unusable' }],
  [{ event: 'order.change_order_status', context: { id: 0 } }, { kind: 'unusable' }],
  [{ event: 'order.change_order_status', context: { id: 1.5 } }, { kind: 'unusable' }],
  [{ event: 'order.change_order_status', context: { id: '9051; drop' } }, { kind: 'unusable' }],
  [{ context: [9051] }, { kind: 'unusable' }],
  [null, { kind: 'unusable' }],
  ['text', { kind: 'unusable' }],
])('reads %j as %j', (json, event) => {
  expect(readOrderEvent(json)).toEqual(event);
});

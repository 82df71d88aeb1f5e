import { decimal } from '@kds/kernel';
import type { Order } from '../orders/order.js';
import { type StockEffect, stockEffectOf, type WritesOffAt } from './stock-effect.js';

const stages = { ordered: [20], shipped: [21], completed: [22], cancelled: [19], returned: [23] };
const statuses = { ordered: 20, shipped: 21, completed: 22, cancelled: 19, returned: 23, unmapped: 30 } as const;

function effect(status: keyof typeof statuses, writesOffAt: WritesOffAt, changes: Partial<Order> = {}, dropped = false): StockEffect {
  const order = { id: 1, statusId: statuses[status], statusGroupId: 4, orderedAt: '2026-11-05T10:00:00.000Z', lines: [], grandTotal: decimal(0), ...changes } as unknown as Order;
  return stockEffectOf({ observation: { kind: 'present', order }, mapping: { stages, since: '2026-11-01T00:00:00Z' }, writesOffAt, dropped });
}

test.each<[keyof typeof statuses, StockEffect, StockEffect, StockEffect]>([
  ['ordered', 'due', 'due', 'none'],
  ['shipped', 'taken', 'due', 'none'],
  ['completed', 'taken', 'taken', 'none'],
  ['cancelled', 'none', 'none', 'none'],
  ['returned', 'none', 'none', 'none'],
  ['unmapped', 'unclear', 'unclear', 'none'],
])('B3: %s, by when KeyCRM writes off: shipped %s, completed %s, never %s', (status, atShipped, atCompleted, never) => {
  expect([effect(status, 'shipped'), effect(status, 'completed'), effect(status, 'never')]).toEqual([atShipped, atCompleted, never]);
});

test('B3: goods of a cancelled group are back at once, whatever the status is mapped to', () => {
  expect([effect('shipped', 'shipped', { statusGroupId: 6 }), effect('unmapped', 'shipped', { statusGroupId: 6 })]).toEqual(['none', 'none']);
});

test('B3: an order that is gone, too old, or left to a person moves nothing that we reckon with', () => {
  expect(stockEffectOf({ observation: { kind: 'missing', orderId: 1 }, mapping: { stages, since: '' }, writesOffAt: 'shipped', dropped: false })).toBe('none');
  expect([effect('shipped', 'shipped', { orderedAt: '2026-10-31T10:00:00.000Z' }), effect('shipped', 'shipped', {}, true)]).toEqual(['none', 'none']);
});

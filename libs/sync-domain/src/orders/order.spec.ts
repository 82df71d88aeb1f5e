import { aLine, anOrder, status } from '../spec-support/order-world.js';
import { essenceOf, type Order } from './order.js';

const order = anOrder(status.ordered, [aLine('A'), aLine('B')]);
const isSame = (other: Order) => essenceOf({ kind: 'present', order: other }) === essenceOf({ kind: 'present', order });

test('E7: what a person decided about an order stands when KeyCRM only shows more of it: its source, ids of its lines, when it was touched', () => {
  const named = order.lines.map((line, index) => ({ ...line, id: index + 71 }));
  expect(isSame({ ...order, sourceId: 3, lines: named, updatedAt: '2026-11-06T10:00:00.000Z' })).toBe(true);
  expect(isSame({ ...order, lines: [aLine('A', 2), aLine('B')] })).toBe(false);
});

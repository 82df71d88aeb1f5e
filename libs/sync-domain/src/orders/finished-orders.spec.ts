import { decimal } from '@kds/kernel';
import { absentGood, aLine, aMapping, anOrder, knownGood, OrderWorld, status } from '../spec-support/order-world.js';
import type { GoodFact } from './order-facts.js';
import { nothingHeld, perhapsHeld } from './order-binding.js';
import { applyDone, applyDoubt } from './apply-command.js';

const inStep = { kind: 'nothing', reason: 'in-step' };
const two = [aLine('A', 2), aLine('B')];

function shipped(lines = two): OrderWorld {
  const world = new OrderWorld();
  expect(world.settle(anOrder(status.shipped, lines))).toEqual(inStep);
  return world;
}

const repeated: GoodFact = { kind: 'repeated', goods: ['GA', 'GC'] };

test.each([
  ['struck off', new Map([['A', absentGood], ['B', knownGood('GB')]])],
  ['named twice', new Map([['A', repeated], ['B', knownGood('GB')]])],
  ['another good’s by now', new Map([['A', knownGood('GX')], ['B', knownGood('GB')]])],
])('A19: an order that was shipped and whose article is %s is completed like any other', (_what, goods) => {
  const world = shipped();
  world.facts = { goods };
  expect(world.settle(anOrder(status.completed, two))).toEqual(inStep);
  expect(world.commands).toEqual([]);
});

test('A19: a SKU that is renamed in KeyCRM after shipment is still the good that was booked', () => {
  const named = [aLine('A', 2, { id: 71 }), aLine('B', 1, { id: 72 })];
  const world = shipped(named);
  const renamed = [aLine('A-NEW', 2, { id: 71 }), aLine('B', 1, { id: 72 })];
  expect(world.settle(anOrder(status.completed, renamed))).toEqual(inStep);
  const unnamed = [aLine('A-NEW', 2), aLine('B')];
  expect(world.settle(anOrder(status.completed, unnamed))).toEqual(inStep);
});

test('A19: a warehouse that is mapped otherwise, or no more, moves no shipment that stands', () => {
  const world = shipped();
  world.facts = { mapping: aMapping({ warehouses: [{ keycrm: 1, dilovod: 'W7' }] }) };
  expect(world.settle(anOrder(status.completed, two))).toEqual(inStep);
  world.facts = { mapping: aMapping({ warehouses: [{ keycrm: 2, dilovod: 'W1' }], defaultWarehouse: null }) };
  expect(world.settle(anOrder(status.completed, two))).toEqual(inStep);
  expect(world.commands).toEqual([]);
});

test('A19: a line that was left out before shipment stays out of it when its good appears', () => {
  const order = (statusId: number) => anOrder(statusId, [aLine('A'), aLine('X')]);
  const world = new OrderWorld({ mapping: aMapping({ unmappedLine: 'skip' }), goods: new Map([['A', knownGood('GA')], ['X', absentGood]]) });
  world.settle(order(status.shipped));
  world.facts = { mapping: aMapping(), goods: new Map([['A', knownGood('GA')], ['X', knownGood('GX')]]) };
  expect(world.settle(order(status.completed))).toEqual(inStep);
});

test('A19: documents of which it is not known what was booked are compared by elimination', () => {
  const world = shipped();
  const held = world.binding;
  const documents = [world.document(), ...held.shipments.map((shipment) => ({ ...world.document(), ...shipment, type: 'sale' as const, baseDoc: shipment.saleOrder, contract: shipment.saleOrder, members: null }))];
  world.binding = applyDone(perhapsHeld, { kind: 'find-documents', orderId: 9051, type: 'all', saleOrders: [] }, { kind: 'found', documents });
  world.facts = { goods: new Map([['A', absentGood], ['B', knownGood('GB')]]) };
  expect(world.settle(anOrder(status.completed, two))).toEqual(inStep);
});

const exchange = [aLine('A', 2, { id: 71 }), aLine('SIZE-L', 1, { id: 73 })];

test.each([
  ['is unknown', undefined, { kind: 'find-goods', skus: ['SIZE-L'] }],
  ['is absent', absentGood, { kind: 'park', reason: 'sku-unknown' }],
  ['is named twice', repeated, { kind: 'park', reason: 'sku-repeated' }],
] as const)('A13: a line in place of another at the same price is a line of its own when its article %s', (_what, fact, decision) => {
  for (const stage of [status.ordered, status.shipped]) {
    const world = new OrderWorld();
    expect(world.settle(anOrder(stage, [aLine('A', 2, { id: 71 }), aLine('B', 1, { id: 72 })]))).toEqual(inStep);
    const goods = new Map<string, GoodFact>([['A', knownGood('GA')], ['B', knownGood('GB')]]);
    world.facts = { goods: fact === undefined ? goods : goods.set('SIZE-L', fact) };
    expect(world.settle(anOrder(stage, exchange))).toMatchObject(decision);
  }
});

test('A19: what lines were booked as is known after a lost answer, too', () => {
  const world = new OrderWorld();
  const lines = [aLine('A', 2, { id: 71 }), aLine('B', 1, { id: 72 })];
  const order = anOrder(status.ordered, lines);
  world.settle(order);
  const [save] = world.commands;
  if (save === undefined) throw new Error('an order is saved');
  const look = { kind: 'find-documents', orderId: 9051, type: 'saleOrder', saleOrders: [] } as const;
  const found = world.document();
  world.binding = applyDone(applyDoubt(nothingHeld, save), look, { kind: 'found', documents: [found] });
  expect(world.binding.booked.map(({ line, good }) => [line, good])).toEqual([[71, 'GA'], [72, 'GB']]);
});

test('A19: an order document that stands is not judged, but nothing is shipped of a good that is struck off', () => {
  const world = new OrderWorld();
  world.settle(anOrder(status.ordered, two));
  world.facts = { goods: new Map([['A', absentGood], ['B', knownGood('GB')]]), struck: new Set(['GA']) };
  expect(world.settle(anOrder(status.ordered, two))).toEqual(inStep);
  expect(world.settle(anOrder(status.shipped, two))).toMatchObject({ kind: 'park', reason: 'sku-unknown', message: expect.stringMatching(/goods A .*struck off/) });
});

test('A13: a line that is set to 0 after shipment is a return in part, one of all lines a whole one', () => {
  const world = shipped();
  const order = anOrder(status.shipped, [aLine('A', 0), aLine('B')]);
  const held = world.settle(order);
  expect(held).toMatchObject({ kind: 'park', reason: 'partial-return', detail: { money: '-200', returns: [{ rows: [{ good: 'GA', qty: '2' }] }] } });
  world.release(held);
  expect(world.settle(order)).toEqual(inStep);
  expect(world.commands).toMatchObject([{ kind: 'save-sale-return', draft: { rows: [{ good: 'GA', qty: '2', amountCur: '200' }] } }]);
  const nothing = anOrder(status.shipped, [aLine('A', 0), aLine('B', 0)]);
  const all = shipped().settle(nothing);
  expect(all).toMatchObject({ kind: 'park', reason: 'partial-return', detail: { money: '-300' } });
  expect(shipped().settle({ ...nothing, grandTotal: decimal(5) })).toMatchObject({ kind: 'park', reason: 'totals-do-not-agree' });
  expect(shipped().settle(anOrder(status.shipped, []))).toMatchObject({ kind: 'park', reason: 'partial-return' });
});

test('A13: a line that is set to 0 before shipment is a removed line', () => {
  const world = new OrderWorld();
  world.settle(anOrder(status.ordered, two));
  expect(world.settle(anOrder(status.ordered, [aLine('A', 0), aLine('B')]))).toEqual(inStep);
  expect(world.binding.saleOrder?.rows).toMatchObject([{ good: 'GB' }]);
  expect(new OrderWorld().settle(anOrder(status.ordered, [aLine('A', 0)]))).toMatchObject({ kind: 'park', reason: 'no-lines' });
  const unknown = anOrder(status.ordered, [aLine('B'), aLine('X', 0, { sku: null })]);
  expect(new OrderWorld().settle(unknown)).toEqual(inStep);
});

test('A18: an order in another currency is held in plain words, or booked in that currency where the manifest names it', () => {
  const order = anOrder(status.shipped, [aLine('A')]);
  const other = { currency: { kind: 'other', code: 'USD' } } as const;
  expect(new OrderWorld(other).settle(order)).toMatchObject({ kind: 'park', reason: 'currency-foreign', message: expect.stringContaining('USD') });
  const world = new OrderWorld({ ...other, mapping: aMapping({ currencies: { USD: 'USD-id' } }) });
  expect(world.settle(order)).toEqual(inStep);
  expect(world.commands).toMatchObject([{ kind: 'save-sale-order', draft: { currency: 'USD-id' } }, { kind: 'save-sale', draft: { currency: 'USD-id' } }, { kind: 'set-order-state' }]);
  world.facts = { mapping: aMapping() };
  world.settle(anOrder(status.returned, [aLine('A')]));
  expect(world.commands).toMatchObject([{ kind: 'save-sale-return', draft: { currency: 'USD-id' } }, { kind: 'mark-document' }]);
});

test.each([
  ['is not known yet', { kind: 'unread' }, { kind: 'read-currencies' }],
  ['cannot be read', { kind: 'refused', code: 'access-denied', message: 'no' }, { kind: 'park', reason: 'access-denied' }],
  ['nobody can tell', { kind: 'unknown', message: 'no such source' }, { kind: 'park', reason: 'currency-unknown', message: 'no such source' }],
] as const)('A18: an order whose currency %s is not booked', (_what, currency, decision) => {
  expect(new OrderWorld({ currency }).settle(anOrder(status.ordered, [aLine('A')]))).toMatchObject(decision);
});

test('A21: goods that were read long ago are read again before a document is made of them', () => {
  const goods = new Map<string, GoodFact>([['A', { kind: 'known', good: 'GA', unit: 'U', stale: true }], ['B', knownGood('GB')]]);
  const world = new OrderWorld({ goods });
  expect(world.settle(anOrder(status.ordered, two))).toEqual({ kind: 'find-goods', reason: 'goods-not-read-lately', skus: ['A'] });
  const standing = new OrderWorld();
  standing.settle(anOrder(status.ordered, two));
  standing.facts = { goods };
  expect(standing.settle(anOrder(status.ordered, two))).toEqual(inStep);
});

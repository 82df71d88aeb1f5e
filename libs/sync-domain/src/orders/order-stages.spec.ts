import { decimal, zero } from '@kds/kernel';
import { known } from '../spec-support/known-person.js';
import { decideOrderSync, nothingHeld, type Order, type OrderBinding, type OrderMapping, stageOf } from '../index.js';

const mapping: OrderMapping = {
  mode: 'live', pilotSkus: [], since: '2026-11-01T00:00:00.000Z', stages: { ordered: [12, 13], shipped: [15], completed: [18], cancelled: [19, 20], returned: [21] }, states: { cancelled: 'S7' },
  firm: 'F', business: null, currency: 'UAH', currencies: {}, author: null, tradeChanel: null, paymentForm: null, warehouses: [{ keycrm: 1, dilovod: 'W1' }], defaultWarehouse: 1, person: 'match',
  endConsumer: null, unmappedLine: 'hold', cancelAfterShipment: 'review', reserve: false, writeBack: { documentField: null, problemField: null },
};
const ordered: OrderBinding = { ...nothingHeld, saleOrder: { id: 'D', number: '1', state: null, person: 'P', rows: [], members: null, currency: null, written: null, reserved: null } };

function decide(statusId: number, binding: OrderBinding, orderedAt = '2026-11-05T10:00:00.000Z') {
  const line = { id: null, name: 'Пояс', sku: 'A', quantity: decimal(1), price: decimal(100), priceSold: null, discountPercent: null, discountAmount: null, totalDiscount: null, warehouseId: 1 };
  const order: Order = {
    id: 9051, sourceId: null, statusId, statusGroupId: null, orderedAt, createdAt: orderedAt, updatedAt: null, statusChangedAt: null, buyer: null, recipient: null, lines: [line], discountPercent: null,
    discountAmount: null, totalDiscount: null, shippingPrice: zero, wrapPrice: zero, taxes: zero, grandTotal: decimal(100), fields: {},
  };
  return decideOrderSync({
    observation: { kind: 'present', order }, binding, mapping, goods: new Map([['A', { kind: 'known', good: 'GA', unit: 'U' }]]), person: known('P'), goodsRefused: null, currency: { kind: 'own' }, struck: new Set(), unkeyed: { fresh: true, documents: [] }, refusals: [], released: null,
    dropped: false, articles: new Map(),
  });
}

test('A6: several statuses may mean one stage, and a status means what the client says', () => {
  expect([12, 13, 15, 18, 19, 20, 21, 99].map((status) => stageOf(status, mapping))).toEqual(['ordered', 'ordered', 'shipped', 'completed', 'cancelled', 'cancelled', 'returned', undefined]);
  expect(stageOf(12, { ...mapping, stages: { completed: [12] } })).toBe('completed');
});

test.each([19, 20])('A4: an order cancelled in status %s has its order document marked for deletion, in the mapped state', (status) => {
  expect(decide(status, ordered)).toMatchObject({ kind: 'dispatch', command: { kind: 'mark-document', type: 'saleOrder', documentId: 'D', state: 'S7' } });
});

test('A4 A5: one that was cancelled or returned before Dilovod heard of it gets no document', () => {
  expect([19, 21].map((status) => decide(status, nothingHeld))).toEqual(Array(2).fill({ kind: 'nothing', reason: 'in-step' }));
});

test('A5: returned without a shipment is the same as cancelled', () => {
  expect(decide(21, ordered)).toMatchObject({ kind: 'dispatch', command: { kind: 'mark-document', type: 'saleOrder', documentId: 'D' } });
});

test('A16: a status that is not mapped and an order from before the beginning are left alone, documents or not', () => {
  for (const binding of [nothingHeld, ordered]) {
    expect(decide(99, binding)).toEqual({ kind: 'nothing', reason: 'status-not-mapped' });
    expect(decide(12, binding, '2026-10-31T23:59:59.000Z')).toEqual({ kind: 'nothing', reason: 'made-before-since' });
  }
});

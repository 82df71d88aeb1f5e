import { decimal, zero } from '@kds/kernel';
import { known } from '../spec-support/known-person.js';
import { type Buyer, decideOrderSync, nothingHeld, type Order, type OrderFacts, type OrderMapping, type Recipient } from '../index.js';

const mapping: OrderMapping = {
  mode: 'live', pilotSkus: [], since: '2026-01-01T00:00:00.000Z', stages: { ordered: [12] }, states: {}, firm: 'F', business: null, currency: 'UAH', currencies: {}, author: null, tradeChanel: null,
  paymentForm: null, warehouses: [{ keycrm: 1, dilovod: 'W1' }], defaultWarehouse: 1, person: 'match', endConsumer: null, unmappedLine: 'hold', cancelAfterShipment: 'review',
  reserve: false, writeBack: { documentField: null, problemField: null },
};
const olena: Buyer = { fullName: 'Зразкова Олена Іванівна', phone: '067 123 45 67', email: 'olena@example.com' };

function orderOf(buyer: Buyer | null, recipient: Recipient | null = null): Order {
  const line = { id: null, name: 'Пояс', sku: 'A', quantity: decimal(1), price: decimal(100), priceSold: null, discountPercent: null, discountAmount: null, totalDiscount: null, warehouseId: 1 };
  const moment = '2026-11-05T10:00:00.000Z';
  return {
    id: 9051, sourceId: null, statusId: 12, statusGroupId: null, orderedAt: moment, createdAt: moment, updatedAt: null, statusChangedAt: null, buyer, recipient, lines: [line], discountPercent: null,
    discountAmount: null, totalDiscount: null, shippingPrice: zero, wrapPrice: zero, taxes: zero, grandTotal: decimal(100), fields: {},
  };
}

function decide(order: Order, change: Partial<OrderFacts> = {}) {
  return decideOrderSync({
    observation: { kind: 'present', order }, binding: nothingHeld, mapping, goods: new Map([['A', { kind: 'known', good: 'GA', unit: 'U' }]]), person: { kind: 'unknown' },
    goodsRefused: null, currency: { kind: 'own' }, struck: new Set(), unkeyed: { fresh: true, documents: [] }, refusals: [], released: null, dropped: false, articles: new Map(), ...change,
  });
}

test('A12: a buyer is looked for before anybody is created, and created whole', () => {
  expect(decide(orderOf(olena), { mapping: { ...mapping, mode: 'shadow' } })).toMatchObject({ kind: 'find-person', person: { phone: '+380671234567', email: 'olena@example.com' } });
  for (const kind of ['absent', 'unknown'] as const) expect(decide(orderOf(olena), { person: { kind } })).toMatchObject({ kind: 'create-person', person: { name: 'Зразкова Олена Іванівна', phone: '+380671234567', email: 'olena@example.com' } });
  expect(decide(orderOf(olena), { person: known('P') })).toMatchObject({ kind: 'dispatch', command: { kind: 'save-sale-order', draft: { person: 'P', details: null, remarkFromPerson: null } } });
});

test('A12: a recipient who is not the buyer is named on the order', () => {
  expect(decide(orderOf(olena, { fullName: 'Іван Інший', phone: '0501112233' }), { person: known('P') })).toMatchObject({ command: { draft: { person: 'P', remarkFromPerson: 'Отримувач: Іван Інший, 0501112233' } } });
});

test('A12: a buyer without a phone is recognised by e-mail, and one without either is the end consumer or holds the order', () => {
  expect(decide(orderOf({ ...olena, phone: null }))).toMatchObject({ kind: 'create-person', person: { key: 'email:olena@example.com', phone: null } });
  const nameless: Buyer = { fullName: 'Олена', phone: null, email: null };
  for (const buyer of [nameless, null]) {
    expect(decide(orderOf(buyer))).toMatchObject({ kind: 'park', reason: 'buyer-not-recognisable', message: expect.stringContaining('phone') });
    expect(decide(orderOf(buyer), { mapping: { ...mapping, endConsumer: 'EC' } })).toMatchObject({ command: { draft: { person: 'EC', details: buyer === null ? null : 'Олена' } } });
  }
});

test('A12: a shop that books everything on the end consumer keeps each buyer on the order', () => {
  const change = { mapping: { ...mapping, person: 'endConsumer' as const, endConsumer: 'EC' } };
  expect(decide(orderOf(olena), change)).toMatchObject({ command: { draft: { person: 'EC', details: 'Зразкова Олена Іванівна, 067 123 45 67, olena@example.com' } } });
});

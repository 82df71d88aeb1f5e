import { decimal, zero } from '@kds/kernel';
import { known } from '../spec-support/known-person.js';
import { decideOrderSync } from './decide-order-sync.js';
import type { Order } from './order.js';
import { nothingHeld } from './order-binding.js';
import type { OrderFacts, UnkeyedDocument } from './order-facts.js';
import type { OrderMapping } from './order-mapping.js';

const mapping: OrderMapping = {
  mode: 'live', pilotSkus: [], since: '2026-11-01T00:00:00.000Z', stages: { ordered: [12] }, states: {}, firm: 'F', business: null, currency: 'UAH', currencies: {}, author: null, tradeChanel: null, paymentForm: null,
  warehouses: [{ keycrm: 1, dilovod: 'W1' }], defaultWarehouse: 1, person: 'match', endConsumer: 'E', unmappedLine: 'hold', cancelAfterShipment: 'review', reserve: false, writeBack: { documentField: null, problemField: null },
};
const at = '2026-11-05T10:00:00.000Z';
/** 250 for goods, 320 with delivery. */
const order: Order = {
  id: 9051, sourceId: null, statusId: 12, statusGroupId: null, orderedAt: at, createdAt: at, updatedAt: null, statusChangedAt: null, buyer: { fullName: 'Олена', phone: '0670000001', email: null }, recipient: null,
  lines: [{ id: null, name: 'Пояс', sku: 'A', quantity: decimal(1), price: decimal(250), priceSold: null, discountPercent: null, discountAmount: null, totalDiscount: null, warehouseId: 1 }],
  discountPercent: null, discountAmount: null, totalDiscount: null, shippingPrice: decimal(70), wrapPrice: zero, taxes: zero, grandTotal: decimal(320), fields: {},
};
const stranger: UnkeyedDocument = { type: 'saleOrder', id: 'H', number: '0000000007', person: 'Q', amount: decimal(99), madeOn: '2026-11-05', mentions: [] };

function decide(documents: readonly UnkeyedDocument[], change: Partial<OrderFacts> = {}) {
  return decideOrderSync({
    observation: { kind: 'present', order }, binding: nothingHeld, mapping, goods: new Map([['A', { kind: 'known', good: 'GA', unit: 'U' }]]), goodsRefused: null, person: known('P'),
    currency: { kind: 'own' }, struck: new Set(), unkeyed: { fresh: true, documents }, refusals: [], released: null, dropped: false, articles: new Map(), ...change,
  });
}

const created = { kind: 'dispatch', reason: 'order-missing', command: { kind: 'save-sale-order' } };

test.each<readonly [string, Partial<UnkeyedDocument>]>([
  ['its buyer and what its goods cost', { person: 'P', amount: decimal('250') }],
  ['its buyer and its total', { person: 'P', amount: decimal('320') }],
  ['its buyer and its number', { person: 'P', mentions: [9051] }],
  ['its total and its number', { amount: decimal('320'), mentions: [1, 9051] }],
  ['all, but no date', { person: 'P', amount: decimal('320'), mentions: [9051], madeOn: null }],
  ['all, as a shipment', { type: 'sale', person: 'P', amount: decimal('320'), mentions: [9051] }],
])('A9: a document without a key that has %s is not made a second time before a person has said whose it is', (_, signs) => {
  const document = { ...stranger, ...signs };
  expect(decide([stranger, document])).toMatchObject({ kind: 'park', reason: 'made-by-hand', detail: { documents: [{ type: document.type, id: 'H', number: '0000000007', amount: document.amount }] } });
});

test.each<readonly [string, Partial<UnkeyedDocument>]>([
  ['nothing', {}],
  ['its buyer, who bought something else', { person: 'P' }],
  ['its sum by chance', { amount: decimal('320') }],
  ['its number by chance', { mentions: [9051] }],
  ['everything, but is older than it', { person: 'P', amount: decimal('320'), madeOn: '2026-11-03' }],
])('A9: a document that has %s is somebody else’s', (_, signs) => {
  expect(decide([{ ...stranger, ...signs }])).toMatchObject(created);
});

test('A9: a person who stands for all buyers is no sign', () => {
  expect(decide([{ ...stranger, person: 'E', amount: decimal('320') }], { person: known('E') })).toMatchObject(created);
});

test('A9: released, the order goes on past the documents that were shown, and past no other', () => {
  const held = decide([{ ...stranger, person: 'P', mentions: [9051] }]);
  if (held.kind !== 'park') throw new Error('it is held');
  expect(held.message).toBe(
    "Dilovod holds what looks like this order's, made by hand or by another program: saleOrder 0000000007 of 99. If it is, begin its remark with «KeyCRM #9051» there; if it is not, change nothing. Then release the order.",
  );
  const released = { reason: held.reason, detail: held.detail, as: null };
  expect(decide([{ ...stranger, person: 'P', mentions: [9051] }], { released })).toMatchObject(created);
  expect(decide([{ ...stranger, id: 'H2', person: 'P', mentions: [9051] }], { released })).toMatchObject({ kind: 'park', reason: 'made-by-hand' });
});

test('A9: an order that was held, so that somebody may have made its documents by hand meanwhile, is made only after a new look at all documents', () => {
  expect(decide([], { unkeyed: { fresh: false, documents: [] } })).toEqual({ kind: 'list-documents', reason: 'perhaps-made-by-hand-meanwhile' });
});

import { decimal } from '@kds/kernel';
import type { KeycrmOrder, KeycrmOrderLine } from '@kds/keycrm-client';
import { toObservation, toObservedOrder } from './to-observed-order.js';

const line: KeycrmOrderLine = {
  id: 61,
  name: 'Пояс',
  sku: 'OLD-SKU',
  price: decimal('100.5'),
  priceSold: decimal(90),
  discountPercent: decimal(10),
  discountAmount: null,
  totalDiscount: decimal('20.1'),
  quantity: decimal(2),
  unitType: null,
  shipmentType: 'warehouse',
  warehouseId: 3,
  offer: { id: 5, sku: ' BRYBPB ', productId: 4 },
  comment: null,
};

const order: KeycrmOrder = {
  id: 9051,
  parentId: null,
  sourceId: 1,
  sourceUuid: null,
  statusId: 12,
  statusGroupId: 2,
  grandTotal: decimal('265.9'),
  totalDiscount: decimal('20.1'),
  shippingPrice: decimal(85),
  wrapPrice: decimal(0),
  taxes: decimal(0),
  buyerComment: null,
  managerComment: null,
  orderedAt: '2026-03-01T09:11:02.000Z',
  createdAt: '2026-03-01T09:12:40.000Z',
  updatedAt: '2026-03-03T15:40:00.000Z',
  buyer: { id: 710, fullName: 'Олена Коваль', phone: '+380671234567', email: '' },
  shipping: null,
  lines: [line],
  customFields: [{ uuid: 'OR_1044', value: '0000000042' }, { uuid: 'OR_1045', value: '' }, { uuid: 'OR_1046', value: ['a', 'b'] }, { uuid: 'OR_1047', value: null }],
};

it('tells an order in our words and interprets nothing', () => {
  expect(toObservation(order)).toEqual({
    kind: 'present',
    order: {
      id: 9051,
      sourceId: 1,
      statusId: 12,
      statusGroupId: 2,
      orderedAt: '2026-03-01T09:11:02.000Z',
      createdAt: '2026-03-01T09:12:40.000Z',
      updatedAt: '2026-03-03T15:40:00.000Z',
      statusChangedAt: null,
      buyer: { fullName: 'Олена Коваль', phone: '+380671234567', email: null },
      recipient: null,
      lines: [{ id: 61, name: 'Пояс', sku: ' BRYBPB ', quantity: '2', price: '100.5', priceSold: '90', discountPercent: '10', discountAmount: null, totalDiscount: '20.1', warehouseId: 3 }],
      discountPercent: null,
      discountAmount: null,
      totalDiscount: '20.1',
      shippingPrice: '85',
      wrapPrice: '0',
      taxes: '0',
      grandTotal: '265.9',
      fields: { OR_1044: '0000000042', OR_1046: 'a, b' },
    },
  });
});

it('takes a deleted order for a missing one', () => {
  expect(toObservation({ ...order, deletedAt: '2026-03-04T00:00:00.000Z' })).toEqual({ kind: 'missing', orderId: 9051 });
});

it.each([
  ['the line’s own where the offer has none', { ...line, offer: { id: 5, sku: null, productId: null } }, 'OLD-SKU'],
  ['the line’s own where there is no offer', { ...line, offer: null }, 'OLD-SKU'],
  ['none where neither has one', { ...line, sku: null, offer: null }, null],
])('gives a line the SKU of its offer, %s', (_case, given, sku) => {
  expect(toObservedOrder({ ...order, lines: [given] }).lines[0]?.sku).toBe(sku);
});

it.each([
  ['nobody', {}, null],
  ['empty texts', { recipientFullName: ' ', recipientPhone: '' }, null],
  ['the buyer again', { recipientFullName: 'Коваль Олена', recipientPhone: '067 123 45 67' }, null],
  ['the buyer without a phone', { recipientFullName: 'Олена Коваль' }, null],
  ['the buyer’s phone without a name', { recipientPhone: '0671234567' }, null],
  ['somebody else', { recipientFullName: 'Ірина Бондар', recipientPhone: '0501112233' }, { fullName: 'Ірина Бондар', phone: '0501112233' }],
  ['the buyer’s name with another phone', { recipientFullName: 'Олена Коваль', recipientPhone: '0501112233' }, { fullName: 'Олена Коваль', phone: '0501112233' }],
])('A12: names a recipient when KeyCRM shows %s', (_case, shipping, recipient) => {
  expect(toObservedOrder({ ...order, shipping }).recipient).toEqual(recipient);
});

it('A12: keeps an order without a buyer', () => {
  expect(toObservedOrder({ ...order, buyer: null, shipping: { recipientPhone: '0501112233' } })).toMatchObject({ buyer: null, recipient: { fullName: null, phone: '0501112233' } });
});

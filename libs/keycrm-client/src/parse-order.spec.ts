import { parseOrder } from './parse-order.js';

/** The least that an order must say. */
const bare = { id: 9051, status_id: 12, grand_total: 1035.5, created_at: '2026-03-01T09:12:40.000000Z', updated_at: '2026-03-03T15:40:00.000000Z' };

const whole = {
  ...bare,
  parent_id: null, source_id: 3, source_uuid: 'W-20417', status_group_id: 5,
  total_discount: '50.00', discount_percent: 5, discount_amount: null, shipping_price: '85.50', wrap_price: null, taxes: 0, products_total: 1000,
  manager_comment: null, buyer_comment: 'Подзвоніть після 18', payment_status: 'paid', unheard_of: { deep: [1] },
  ordered_at: '2026-03-01 09:11:02', status_changed_at: '2026-03-03T15:40:00Z', closed_at: '2026-03-03 15:40:00', deleted_at: '',
  buyer: { id: '710', full_name: 'Олена Зразкова', email: ['olena@example.com', 'second@example.com'], phone: '+380670000001', company_id: null },
  products: [
    {
      id: 30211, name: 'Чашка', sku: 'MUG-350-BL', price: 250, price_sold: '237.50', discount_percent: 5, discount_amount: null, total_discount: 50,
      quantity: '4.000', unit_type: null, shipment_type: 'warehouse', warehouse: { id: 2, name: 'Склад Лівий берег', is_active: true },
      offer: { id: 5521, product_id: 1904, sku: 'MUG-350-BL', weight: 420, length: 12 }, comment: null, picture: { thumbnail: 'x' },
    },
    { name: 'Разова послуга', sku: '', price: '100', quantity: -1, shipment_type: 'manufacturing', offer: null, warehouse: [] },
  ],
  shipping: { delivery_service_id: 1, tracking_code: 20450000000001, shipping_status: 'delivered', recipient_full_name: 'Іван', recipient_phone: null },
  custom_fields: [{ id: 1, uuid: 'OR_1044', value: '000117' }, { uuid: 'OR_2', value: ['a', 2, null] }, { uuid: 'OR_3', value: { odd: true } }],
};

test('an order with everything, numbers and moments in every form', () => {
  expect(parseOrder(whole)).toEqual({
    ok: true,
    value: {
      id: 9051, parentId: null, sourceId: 3, sourceUuid: 'W-20417', statusId: 12, statusGroupId: 5,
      grandTotal: '1035.5', totalDiscount: '50', discountPercent: '5', discountAmount: undefined,
      shippingPrice: '85.5', wrapPrice: '0', taxes: '0', productsTotal: '1000',
      buyerComment: 'Подзвоніть після 18', managerComment: null,
      orderedAt: '2026-03-01T09:11:02.000Z', createdAt: '2026-03-01T09:12:40.000Z', updatedAt: '2026-03-03T15:40:00.000Z',
      statusChangedAt: '2026-03-03T15:40:00.000Z', closedAt: '2026-03-03T15:40:00.000Z', deletedAt: undefined,
      buyer: { id: 710, fullName: 'Олена Зразкова', phone: '+380670000001', email: 'olena@example.com' },
      shipping: { recipientFullName: 'Іван', recipientPhone: undefined, trackingCode: '20450000000001', shippingStatus: 'delivered', deliveryServiceId: 1 },
      lines: [
        {
          id: 30211, name: 'Чашка', sku: 'MUG-350-BL', price: '250', priceSold: '237.5', discountPercent: '5', discountAmount: null, totalDiscount: '50',
          quantity: '4', unitType: null, shipmentType: 'warehouse', warehouseId: 2, warehouseName: 'Склад Лівий берег',
          offer: { id: 5521, sku: 'MUG-350-BL', productId: 1904 }, comment: null,
        },
        {
          id: undefined, name: 'Разова послуга', sku: null, price: '100', priceSold: null, discountPercent: null, discountAmount: null, totalDiscount: null,
          quantity: '-1', unitType: null, shipmentType: 'manufacturing', warehouseId: null, warehouseName: undefined, offer: null, comment: null,
        },
      ],
      customFields: [{ uuid: 'OR_1044', value: '000117' }, { uuid: 'OR_2', value: ['a', '2'] }, { uuid: 'OR_3', value: null }],
    },
  });
});

test('an order with the least, whether the rest is absent, null or empty', () => {
  const empty = { ...bare, ordered_at: null, buyer: [], products: [], shipping: null, custom_fields: null, total_discount: '' };
  expect(parseOrder(bare)).toEqual(parseOrder(empty));
  expect(parseOrder(bare)).toMatchObject({ ok: true, value: { orderedAt: '2026-03-01T09:12:40.000Z', totalDiscount: '0', buyer: null, shipping: null, lines: [], customFields: [] } });
});

test('texts can be stored', () => {
  expect(parseOrder({ ...bare, buyer_comment: 'a\u0000b\ud83d', source_uuid: 115 })).toMatchObject({ ok: true, value: { buyerComment: 'ab\ufffd', sourceUuid: '115' } });
});

test.each([
  ['$', null, '$: expected an object, found null'],
  ['$', [whole], '$: expected an object, found a list'],
  ['id', { ...bare, id: '9-1' }, '$.id: expected a whole number, found a text'],
  ['id', { ...bare, id: 1.5 }, '$.id: expected a whole number, found a number'],
  ['grand_total', { ...bare, grand_total: null }, '$.grand_total: expected a number, found null'],
  ['grand_total', { ...bare, grand_total: '1 035,50' }, '$.grand_total: expected a number, found a text'],
  ['taxes', { ...bare, taxes: true }, '$.taxes: expected a number, found yes or no'],
  ['updated_at', { ...bare, updated_at: undefined }, '$.updated_at: expected a moment, found nothing'],
  ['created_at', { ...bare, created_at: '2026-02-30 10:00:00' }, '$.created_at: expected a moment, found a text'],
  ['products', { ...bare, products: {} }, '$.products: expected a list, found an object'],
  ['quantity', { ...whole, products: [whole.products[0], { ...whole.products[1], quantity: 'two' }] }, '$.products[1].quantity: expected a number, found a text'],
  ['offer', { ...whole, products: [{ ...whole.products[0], offer: 'MUG' }] }, '$.products[0].offer: expected an object, found a text'],
])('an unreadable %s is named by place and type', (_name, json, problem) => {
  expect(parseOrder(json)).toEqual({ ok: false, error: problem });
});

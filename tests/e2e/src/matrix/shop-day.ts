import { type SimulatedShop, statusIds } from '@kds/simulated-shop';

export const matrixGoods = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [100, 100] },
  { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [100, 100] },
  { sku: 'MAT-6', name: 'Yoga mat 6 mm', price: '33.33', cost: '10.01', stock: [100, 100] },
  { sku: 'BLOCK', name: 'Yoga block', price: '250', cost: '97.30', stock: [0, 0] },
] as const;

/** Only in KeyCRM, whose SKU some would take for that of another good. */
export const mistakable = { sku: 'block', name: 'Block of paper', price: '15' } as const;

const ways: readonly (readonly number[])[] = [
  [statusIds.ordered],
  [statusIds.ordered, statusIds.shipped],
  [statusIds.completed],
  [statusIds.ordered, statusIds.cancelled],
  [statusIds.ordered, statusIds.shipped, statusIds.completed],
  [statusIds.shipped, statusIds.returned],
  [statusIds.ordered, statusIds.cancelled, statusIds.ordered],
];

const recipient = { fullName: 'Ірина Отримувачка', phone: '050 111 22 33' };

/** What happens in one shop: every stage once, discounts of every kind, two warehouses, changes that no webhook tells of, and goods that arrive. */
export function playDay(shop: SimulatedShop): void {
  shop.dilovod.receive({ good: 'BLOCK', qty: 5, cost: '97.30' });
  for (const [index, way] of ways.entries()) {
    const { id } = shop.keycrm.createOrder({
      buyer: { fullName: `Покупець ${index}`, phone: `067 300 00 0${index}` },
      ...(index === 0 ? { recipient } : {}),
      lines: [
        { sku: 'BRYBPB', quantity: 3, warehouseId: 1, discountPercent: index % 2 === 0 ? 7 : null },
        { sku: 'BL-45', quantity: 2, warehouseId: 2, discountAmount: index % 3 === 0 ? '10.50' : null },
        { sku: 'MAT-6', quantity: 3, warehouseId: 1, ...(index === 4 ? { discountPercent: 5, discountAmount: '1.25' } : {}) },
      ],
      discountAmount: index % 2 === 1 ? '13.37' : null,
      discountPercent: index === 2 ? 3 : null,
      shippingPrice: '85.50',
    });
    for (const [step, statusId] of way.entries()) shop.keycrm.moveStatus({ orderId: id, statusId, silently: index === 4 && step > 0 });
  }
}

/** What people take back once the day's work stands in both systems. */
export function playEvening(shop: SimulatedShop): void {
  for (const { id, shipping } of shop.keycrm.state().orders) {
    if (!shipping?.recipient_full_name) continue;
    shop.keycrm.changeRecipient({ orderId: id, recipient: null });
    shop.keycrm.sendWebhook({ orderId: id });
  }
}

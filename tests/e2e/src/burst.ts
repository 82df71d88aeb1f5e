import { type SimulatedShop, statusIds } from '@kds/simulated-shop';

/** What a shop of these suites sells; plenty of it. */
export const plenty = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [9_000, 9_000] },
  { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [9_000, 9_000] },
] as const;

/** Confirmed orders of one line, all at once, from twenty buyers; their ids. */
export function placeOrders(shop: SimulatedShop, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const buyer = index % 20;
    const { id } = shop.keycrm.createOrder({
      buyer: { fullName: `Покупець ${buyer}`, phone: `+38067${1_000_000 + buyer}` },
      lines: [{ sku: plenty[index % plenty.length]?.sku, quantity: 1 + (index % 3) }],
      statusId: statusIds.ordered,
    });
    return id;
  });
}

/** Live documents of a type that bear the key of one order, or of any. */
export function liveDocuments({ dilovod }: SimulatedShop, type: 'saleOrder' | 'sale', orderId?: number) {
  const live = dilovod.documents({ type: `documents.${type}` }).filter(({ delMark }) => !delMark);
  return orderId === undefined ? live : live.filter(({ remark }) => `${remark} `.startsWith(`KeyCRM #${orderId} `));
}

import { decimal, times } from '@kds/kernel';
import type { Order } from '@kds/sync-domain';

/** The spec of a client as its manifest is written; the address is never called. */
export const testSpec = {
  mode: 'live',
  keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 60 },
  dilovod: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'dilovod' }, firm: '1100400000001001', currency: '1101200000001001' },
  warehouses: [{ keycrm: 1, dilovod: '1100700000001001' }],
  defaultWarehouse: 1,
  orders: { since: '2026-01-01T00:00:00Z', stages: { ordered: [20], shipped: [21], cancelled: [19] } },
};

export const orderedStatus = 20;
export const cancelledStatus = 19;

/** An order of one line of BRYBPB at 100.00. */
export function testOrder(id: number, { statusId = orderedStatus, quantity = '1' }: { readonly statusId?: number; readonly quantity?: string } = {}): Order {
  const moment = '2026-11-05T10:00:00.000Z';
  const price = decimal('100');
  return {
    id,
    sourceId: null,
    statusId,
    statusGroupId: null,
    orderedAt: moment,
    createdAt: moment,
    updatedAt: null,
    statusChangedAt: null,
    buyer: { fullName: 'Олена Зразкова', phone: '+380671234567', email: null },
    recipient: null,
    lines: [{ id: null, name: 'Belt', sku: 'BRYBPB', quantity: decimal(quantity), price, priceSold: null, discountPercent: null, discountAmount: null, totalDiscount: null, warehouseId: 1 }],
    discountPercent: null,
    discountAmount: null,
    totalDiscount: null,
    shippingPrice: decimal('0'),
    wrapPrice: decimal('0'),
    taxes: decimal('0'),
    grandTotal: times(price, decimal(quantity)),
    fields: {},
  };
}

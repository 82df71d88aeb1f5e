import { localMoment } from '@kds/dilovod-client';
import type { SaleOrderDraft } from '@kds/sync-domain';
import { toSaleDraft, toSaleOrderDraft, toSaleReturnDraft } from './to-document-drafts.js';

const header = { orderId: 9051, firm: 'f', person: 'p', currency: 'c', business: null, storage: 's' };
const order: SaleOrderDraft = { ...header, orderedAt: '2026-03-01T21:30:00.000Z', state: 'st', author: null, tradeChanel: null, paymentForm: null, details: null, remarkFromPerson: 'Отримувач: Ірина', note: 'Без рядків: X', rows: [], booked: [] };
const present = { now: new Date('2026-07-01T10:00:00Z'), local: (moment: Date) => localMoment(moment, 'Europe/Kyiv') };

it('dates an order by its own time in the base’s zone', () => {
  const { note: _note, orderedAt: _orderedAt, booked: _booked, ...kept } = order;
  expect(toSaleOrderDraft(order, present)).toEqual({ ...kept, date: '2026-03-01 23:30:00', remarkTail: 'Без рядків: X' });
});

it('dates an order that says it was made later by the present', () => {
  expect(toSaleOrderDraft({ ...order, orderedAt: '2026-07-01T10:00:01.000Z' }, present).date).toBe('2026-07-01 13:00:00');
});

it('bases a shipment on the order, and a return on the shipment, both of the present', () => {
  const sale = { ...header, saleOrder: 'order', rows: [] };
  expect(toSaleDraft(sale, present)).toEqual({ ...header, date: '2026-07-01 13:00:00', baseDoc: 'order', contract: 'order', rows: [] });
  expect(toSaleReturnDraft({ ...sale, sale: 'sale' }, present)).toEqual({ ...header, date: '2026-07-01 13:00:00', baseDoc: 'sale', contract: 'order', rows: [] });
});

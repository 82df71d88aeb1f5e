import { applyDone, applyDoubt } from './apply-command.js';
import { nothingHeld, type OrderBinding } from './order-binding.js';
import type { OrderCommand } from './order-command.js';

const held: OrderBinding = { ...nothingHeld, saleOrder: { id: 'D', number: '1', state: 'new', person: 'P', rows: [], members: null, currency: null, written: null, reserved: true } };
const lost: readonly (readonly [OrderCommand, string])[] = [
  [{ kind: 'mark-document', orderId: 7, documentId: 'D', type: 'saleOrder', state: null }, 'saleOrder'],
  [{ kind: 'mark-document', orderId: 7, documentId: 'S', type: 'sale', state: null }, 'sale'],
  [{ kind: 'set-order-state', orderId: 7, documentId: 'D', state: 'sent' }, 'saleOrder'],
  [{ kind: 'relink-sale', orderId: 7, documentId: 'S', saleOrder: 'E' }, 'sale'],
];

test.each(lost)('A7: after a lost answer to %j it is looked what became of the %s: the order may want it as it was', (command, doubt) => {
  expect(applyDoubt(held, command).doubt).toBe(doubt);
});

test('A7: a mark that was set although its answer was lost is found out', () => {
  const doubtful = applyDoubt(held, { kind: 'mark-document', orderId: 7, documentId: 'D', type: 'saleOrder', state: null });
  expect(applyDone(doubtful, { kind: 'find-documents', orderId: 7, type: 'saleOrder', saleOrders: ['D'] }, { kind: 'found', documents: [] })).toEqual({ ...nothingHeld, marked: 'D' });
});

test('A14: a look at an order document does not forget that the base has reserved its goods', () => {
  const found = { type: 'saleOrder', id: 'D', number: '1', state: 'new', person: 'P', storage: 'W', baseDoc: null, contract: null, posted: true, currency: null, members: null, rows: [] } as const;
  const looked = applyDone({ ...held, doubt: 'saleOrder' }, { kind: 'find-documents', orderId: 7, type: 'saleOrder', saleOrders: [] }, { kind: 'found', documents: [found] });
  expect(looked).toEqual(held);
});

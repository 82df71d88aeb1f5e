import { decimal, zero } from '@kds/kernel';
import type { DocumentRow, OrderRow } from '../world/shop-state.js';
import { documentsOf, worthShowing } from './order-table.js';

const order = (id: number, held = false): OrderRow => ({
  id,
  buyer: '',
  status: 'ordered',
  statusName: '',
  documents: [],
  keycrmMoney: zero,
  dilovodMoney: undefined,
  held: held ? { reason: 'shortage', message: '' } : undefined,
  numberInKeycrm: '',
});

test('where not all orders fit, those that wait and the newest ones are shown, in their order', () => {
  const ids = (limit: number) => worthShowing([order(1), order(2, true), order(3), order(4), order(5)], limit).map(({ id }) => id);
  expect([ids(9), ids(3), ids(1), ids(0)]).toEqual([[1, 2, 3, 4, 5], [2, 4, 5], [2], []]);
});

test('documents are listed by kind, and those that are marked counted', () => {
  const document = (kind: DocumentRow['kind'], number: string, live = true): DocumentRow => ({ id: number, kind, number, live, amount: decimal('1') });
  const documents = [document('saleOrder', '1', false), document('saleOrder', '2'), document('sale', '3'), document('sale', '4')];
  expect(documentsOf({ ...order(1), documents })).toBe('order №2  shipped №3 №4  1 marked');
});

import { decimal } from '@kds/kernel';
import { toStockRow } from './to-stock-row.js';

it('tells no stock by warehouse from warehouses that hold nothing', () => {
  const row = { id: 5, sku: 'A', price: decimal(10), purchasedPrice: null, quantity: decimal(0), reserve: decimal(0) };
  expect([toStockRow({ ...row, warehouses: null }), toStockRow({ ...row, warehouses: [] })].map(({ warehouses }) => warehouses)).toEqual([null, []]);
});

it('gives the physical quantity, in all and by warehouse, and what of it is reserved', () => {
  const warehouses = [{ id: 1, name: null, quantity: decimal(3), reserve: decimal(1) }];
  expect(toStockRow({ id: 5, sku: null, price: decimal(10), purchasedPrice: null, quantity: decimal(3), reserve: decimal(1), warehouses })).toEqual({
    offerId: 5,
    sku: null,
    price: '10',
    purchasedPrice: null,
    quantity: '3',
    warehouses: [{ id: 1, name: '', quantity: '3', reserve: '1' }],
  });
});

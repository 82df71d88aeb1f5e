import { latecomer } from '../world/assortment.js';
import { customers } from '../world/customers.js';
import type { Story } from './story.js';

/** Orders that cannot go at once, wait with their reason, and go by themselves; and one that skips half of its statuses. */
export const awkwardOrders: readonly Story[] = [
  {
    name: 'a good that Dilovod does not have',
    async play({ shop, at, tell, see }) {
      await at('10:18');
      const order = shop.take({ buyer: customers.halyna, lines: [{ sku: latecomer.sku, quantity: 2 }, { sku: 'MAT-6', quantity: 1 }], status: 'ordered' });
      tell(`Галина orders yoga wheels (#${order.id}): ${latecomer.sku} is on sale, but nobody created it in Dilovod`);
      await see(`#${order.id} is held, and KeyCRM's managers read why`, () => shop.problem(order).includes(latecomer.sku));
      await at('11:42');
      const { sku, name, price, cost } = latecomer;
      shop.worlds.dilovod.createGood({ productNum: sku, name });
      shop.worlds.dilovod.setPrice({ good: sku, price });
      shop.worlds.dilovod.receive({ good: sku, qty: 6, cost });
      tell(`The book-keeper creates ${sku} in Dilovod and receives six`);
      await see(`#${order.id} went by itself, and the reason is gone from KeyCRM`, () => shop.documents(order, 'saleOrder').length === 1 && shop.problem(order) === '');
      await at('13:15');
      shop.move(order, 'shipped');
    },
  },
  {
    name: 'too little on the shelf',
    async play({ shop, at, tell, see }) {
      await at('14:40');
      const order = shop.take({ buyer: customers.lesia, lines: [{ sku: 'BOLSTER', quantity: 7 }], status: 'ordered' });
      tell(`Леся's studio orders seven bolsters (#${order.id}); the main warehouse has five`);
      await see(`#${order.id} is ordered in Dilovod all the same`, () => shop.documents(order, 'saleOrder').length === 1);
      await at('15:10');
      shop.move(order, 'shipped');
      tell(`#${order.id} is shipped in KeyCRM; Dilovod will not write off what it does not have`);
      await see(`#${order.id} is held for the shortage`, () => shop.problem(order) !== '');
      await at('16:20');
      shop.worlds.dilovod.receive({ good: 'BOLSTER', qty: 8, cost: '655' });
      tell('The delivery of eight bolsters is booked in Dilovod');
      await see(`#${order.id} is shipped in Dilovod too, with nobody's help`, () => shop.documents(order, 'sale').length === 1 && shop.problem(order) === '');
    },
  },
  {
    name: 'collected in the shop',
    async play({ shop, at, tell, see }) {
      await at('12:12');
      const order = shop.take({ buyer: customers.sofiia, lines: [{ sku: 'BRYBPB', quantity: 1, warehouseId: 2 }] });
      await at('12:20');
      shop.move(order, 'completed');
      tell(`Софія collects #${order.id} herself: new, then completed, nothing between`);
      await see(`#${order.id} has its order and its shipment in Dilovod`, () => shop.documents(order, 'saleOrder').length === 1 && shop.documents(order, 'sale').length === 1);
    },
  },
];

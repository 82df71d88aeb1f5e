import { customers } from '../world/customers.js';
import type { Story } from './story.js';

/** Orders in which everything is as it should be, with all the kinds of money and goods that orders have. */
export const plainOrders: readonly Story[] = [
  {
    name: 'belts and rope',
    async play({ shop, at, tell, see }) {
      await at('09:03');
      const order = shop.take({
        buyer: customers.olena,
        lines: [
          { sku: 'BRYBPB', quantity: 2, discountPercent: 5 },
          { sku: 'ROPE-M', quantity: '2.5' },
        ],
        shippingPrice: '85.50',
        status: 'ordered',
      });
      tell(`Олена orders two yoga belts with 5 % off and 2.5 m of rope (#${order.id}); delivery is 85.50 and no goods`);
      await see(`#${order.id} stands in Dilovod as one posted order`, () => shop.documents(order, 'saleOrder').some(({ posted }) => posted));
      await at('10:05');
      shop.move(order, 'shipped');
      tell(`The courier takes #${order.id}`);
      await see(`#${order.id} is written off in Dilovod`, () => shop.documents(order, 'sale').length === 1);
      await at('14:10');
      shop.move(order, 'completed');
      tell(`Олена has her belts: #${order.id} is completed`);
    },
  },
  {
    name: 'two warehouses, every discount',
    async play({ shop, at, tell, see }) {
      await at('09:14');
      const order = shop.take({
        buyer: customers.mariana,
        lines: [
          { sku: 'BL-ROLL-45', quantity: 1, discountAmount: '99.99' },
          { sku: 'MAT-6', quantity: 2, warehouseId: 2 },
          { sku: 'STICKER', quantity: 1, price: 0 },
        ],
        discountAmount: '100.01',
        wrapPrice: 45,
        shippingPrice: 60,
        giftWrap: true,
        status: 'ordered',
      });
      tell(`Мар'яна orders from both warehouses (#${order.id}): a discount on a line, 100.01 off the whole, a free sticker, gift wrapping`);
      await see(`#${order.id} is in Dilovod with the buyer's apostrophe and every kopeck in place`, () => shop.documents(order, 'saleOrder').length === 1);
      await at('10:35');
      shop.move(order, 'shipped');
      tell(`#${order.id} leaves both warehouses`);
      await see(`#${order.id} has a shipment from each warehouse`, () => shop.documents(order, 'sale').length === 2);
      await at('13:00');
      shop.move(order, 'completed');
    },
  },
  {
    name: 'one new buyer, two orders at once',
    async play({ shop, at, tell, see }) {
      await at('09:31');
      const first = shop.take({ buyer: customers.taras, lines: [{ sku: 'BLOCK-CORK', quantity: 2 }], status: 'ordered' });
      const second = shop.take({ buyer: customers.tarasAgain, lines: [{ sku: 'MAT-6', quantity: 1 }], status: 'ordered' });
      tell(`Тарас, new here, orders twice at once (#${first.id}, #${second.id}) and spells his phone in two ways`);
      const buyers = () => [first, second].flatMap((order) => shop.documents(order, 'saleOrder').map(({ header }) => header['person']));
      await see('both of his orders are in Dilovod, and he is there once', () => buyers().length === 2 && new Set(buyers()).size === 1);
      await at('11:45');
      shop.move(first, 'shipped');
      await at('11:50');
      shop.move(second, 'shipped');
    },
  },
  {
    name: 'a gift for somebody else',
    async play({ shop, at, tell, see }) {
      await at('09:52');
      const order = shop.take({
        buyer: customers.iryna,
        recipient: { fullName: 'Василь Отримувач', phone: '0670000009' },
        lines: [{ sku: 'BL-ROLL-45', quantity: 1, warehouseId: 2 }],
        status: 'ordered',
      });
      tell(`Ірина buys a roll for Василь, who is to receive it (#${order.id})`);
      await see(`#${order.id} names Василь on Dilovod's order`, () => JSON.stringify(shop.documents(order, 'saleOrder')[0]?.header ?? {}).includes('Василь Отримувач'));
      await at('11:32');
      shop.move(order, 'shipped');
    },
  },
];

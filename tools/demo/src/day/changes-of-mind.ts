import { customers, passersBy } from '../world/customers.js';
import type { Story } from './story.js';

const [anna = customers.olena] = passersBy;

/** Edits, cancellations and returns. */
export const changesOfMind: readonly Story[] = [
  {
    name: 'edited before it left',
    async play({ shop, at, tell, see }) {
      await at('10:42');
      const order = shop.take({ buyer: customers.nazar, lines: [{ sku: 'MAT-6', quantity: 1 }, { sku: 'BLOCK-CORK', quantity: 2 }], status: 'ordered' });
      tell(`Назар orders a mat and two blocks (#${order.id})`);
      const [mats = 0, blocks = 0] = order.lineIds;
      await see(`#${order.id} of Назар is in Dilovod`, () => shop.documents(order, 'saleOrder').length === 1);
      await at('11:12');
      shop.worlds.keycrm.editLines({ orderId: order.id, change: [{ lineId: mats, quantity: 3 }], remove: [blocks], add: [{ sku: 'ROPE-M', quantity: '4.75' }] });
      tell(`Назар wants three mats, no blocks, and 4.75 m of rope (#${order.id})`);
      const quantities = () => shop.documents(order, 'saleOrder')[0]?.rows.map(({ qty }) => Number(qty)).sort().join();
      await see(`the same Dilovod order of #${order.id} now says so`, () => quantities() === '3,4.75');
      await at('12:05');
      shop.move(order, 'shipped');
    },
  },
  {
    name: 'edited after it left',
    async play({ shop, at, tell, see, leaveHeld }) {
      await at('11:22');
      const order = shop.take({ buyer: customers.orest, lines: [{ sku: 'BLOCK-CORK', quantity: 2 }], status: 'ordered' });
      tell(`Орест orders two blocks (#${order.id})`);
      const [blocks = 0] = order.lineIds;
      await at('12:25');
      shop.move(order, 'shipped');
      await see(`#${order.id} of Орест is shipped`, () => shop.documents(order, 'sale').length === 1);
      await at('13:32');
      shop.worlds.keycrm.editLines({ orderId: order.id, change: [{ lineId: blocks, quantity: 3 }] });
      tell(`A manager changes #${order.id} to three blocks, an hour after two have left`);
      await see(`#${order.id} is held with the difference: a shipment is a fact of the books, a person decides`, () => shop.problem(order) !== '');
      leaveHeld(order, 'edited-after-shipment');
    },
  },
  {
    name: 'confirmed, cancelled, confirmed',
    async play({ shop, at, tell, see }) {
      await at('11:02');
      const order = shop.take({ buyer: customers.bohdan, lines: [{ sku: 'BL-ROLL-45', quantity: 1 }], status: 'ordered' });
      tell(`Богдан orders a roll (#${order.id})`);
      await see(`#${order.id} of Богдан is in Dilovod`, () => shop.documents(order, 'saleOrder').length === 1);
      shop.move(order, 'cancelled');
      await at('11:08');
      shop.move(order, 'ordered');
      tell(`Богдан cancels #${order.id} and calls back at once: confirmed again`);
      await at('11:35');
      await see(`#${order.id} has exactly one live order in Dilovod`, () => shop.documents(order, 'saleOrder').length === 1);
      await at('15:05');
      shop.move(order, 'shipped');
    },
  },
  {
    name: 'a cancellation',
    async play({ shop, at, tell, see }) {
      await at('13:50');
      const order = shop.take({ buyer: anna, lines: [{ sku: 'SINGING-BOWL', quantity: 1 }], status: 'ordered' });
      tell(`Анна orders a singing bowl (#${order.id})`);
      await see(`#${order.id} of Анна is in Dilovod`, () => shop.documents(order, 'saleOrder').length === 1);
      await at('14:30');
      shop.move(order, 'cancelled');
      tell(`Анна cancels #${order.id}`);
      await see(`Dilovod's order of #${order.id} is marked for deletion`, () => shop.documents(order, 'saleOrder').length === 0);
    },
  },
  {
    name: 'a return to two warehouses',
    async play({ shop, at, tell, see }) {
      await at('13:05');
      const order = shop.take({ buyer: customers.yurii, lines: [{ sku: 'BRYBPB', quantity: 1 }, { sku: 'MAT-6', quantity: 2, warehouseId: 2 }], status: 'ordered' });
      await at('14:00');
      shop.move(order, 'shipped');
      tell(`#${order.id} goes to Юрій from both warehouses`);
      await see(`#${order.id} has both shipments`, () => shop.documents(order, 'sale').length === 2);
      await at('15:45');
      shop.move(order, 'returned');
      tell(`Юрій sends everything back (#${order.id})`);
      await see(`each shipment of #${order.id} has its return, and the order is marked`, () => shop.documents(order, 'saleReturn').length === 2 && shop.documents(order, 'saleOrder').length === 0);
    },
  },
];

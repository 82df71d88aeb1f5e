import { customers, passersBy } from '../world/customers.js';
import type { Story } from './story.js';

const [, pavlo = customers.olena, zoia = customers.olena] = passersBy;

/** Webhooks that never come and answers that are lost after the work was done. */
export const lostMessages: readonly Story[] = [
  {
    name: 'Dilovod did it, and the answer was lost',
    async play({ shop, at, tell, see }) {
      await at('12:40');
      shop.worlds.dilovod.addFault({ fault: { kind: 'lost-after' }, operation: 'saveObject documents.sale', times: 1 });
      const order = shop.take({ buyer: pavlo, lines: [{ sku: 'BLOCK-CORK', quantity: 1 }], status: 'shipped' });
      tell(`The line to Dilovod breaks just after it saves a document of #${order.id}: nobody learns that it did`);
      await see(`it was looked for before anything was written again: one order, one shipment`, () => shop.documents(order, 'saleOrder').length === 1 && shop.documents(order, 'sale').length === 1);
    },
  },
  {
    name: 'KeyCRM did it, and the answer was lost',
    async play({ shop, at, tell, see }) {
      await at('12:55');
      const wanted = shop.shown('BOLSTER', 2) + 3;
      shop.worlds.keycrm.addFault({ fault: { kind: 'lost-after' }, operation: 'PUT /offers/stocks', times: 1 });
      shop.worlds.dilovod.receive({ good: 'BOLSTER', qty: 3, cost: '640', storage: shop.worlds.storages[1] });
      tell('Three bolsters arrive in the second warehouse, and the answer to the next stock that is pushed is lost on its way from KeyCRM');
      await see(`KeyCRM shows ${wanted} bolsters there`, () => shop.shown('BOLSTER', 2) === wanted);
    },
  },
  {
    name: 'a webhook that never came',
    async play({ shop, at, tell, see }) {
      await at('13:22');
      const order = shop.take({ buyer: zoia, lines: [{ sku: 'BRYBPB', quantity: 1 }], status: 'ordered', silently: true });
      tell(`Зоя orders a belt (#${order.id}), and KeyCRM's webhook about it is lost`);
      await see(`#${order.id} was found by polling`, () => shop.documents(order, 'saleOrder').length === 1);
      await at('15:20');
      shop.move(order, 'shipped', { silently: true });
    },
  },
];

import type { Story } from './story.js';

/** What happens in Dilovod, and to stock and prices in KeyCRM. */
export const bookkeeping: readonly Story[] = [
  {
    name: 'a new retail price',
    async play({ shop, at, tell, see }) {
      await at('10:10');
      shop.worlds.dilovod.setPrice({ good: 'MAT-6', price: '1399' });
      tell('The book-keeper raises the mat to 1399.00 in Dilovod');
      await see('KeyCRM sells the mat at 1399.00', () => shop.prices('MAT-6').price === 1399);
    },
  },
  {
    name: 'a dearer delivery',
    async play({ shop, at, tell, see }) {
      await at('11:18');
      const before = shop.prices('BRYBPB');
      shop.worlds.dilovod.receive({ good: 'BRYBPB', qty: 20, cost: '560' });
      tell('Twenty yoga belts arrive at 560.00 apiece: the average cost moves, the price on the shelf does not');
      await see('KeyCRM has the new cost of the belt and the old price', () => shop.prices('BRYBPB').cost > before.cost && shop.prices('BRYBPB').price === before.price);
    },
  },
  {
    name: 'somebody corrects stock in KeyCRM',
    async play({ shop, at, tell, see }) {
      await at('13:42');
      const before = shop.shown('SINGING-BOWL');
      shop.worlds.keycrm.receiveStock({ warehouseId: 1, rows: [{ sku: 'SINGING-BOWL', quantity: 5 }] });
      tell(`A manager "corrects" the singing bowls in KeyCRM from ${before} to ${before + 5}; Dilovod knows of no such thing`);
      await see(`the whole catalogue is read back, and KeyCRM shows ${before} bowls again`, () => shop.shown('SINGING-BOWL') === before);
    },
  },
];

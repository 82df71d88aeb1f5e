import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { addTo, type Resources, resource } from '../registers/register-ledger.js';
import { onHand } from '../registers/stock.js';
import { type Line, reference } from './lines.js';
import { returnedShipments } from './order-links.js';

/** The cost with which goods come back: that with which they left, or the present average where no shipment is known. */
export function returnedCost(base: Base, document: StoredObject, line: Line): Big {
  const { returnCostFrom } = base.switches;
  const shipped = returnCostFrom === 'average' ? {} : shippedOf(base, returnedShipments(base, document, returnCostFrom), line.good);
  const left = { qty: resource(shipped, 'qty').neg(), amount: resource(shipped, 'amount').neg() };
  if (left.qty.gt(0)) return line.qty.eq(left.qty) ? left.amount : left.amount.times(line.qty).div(left.qty).round(2);
  const stock = onHand(base.goods, { good: line.good, storage: line.storage, firm: reference(document.header, 'firm') });
  return stock.qty.gt(0) ? stock.amount.times(line.qty).div(stock.qty).round(2) : new Big(0);
}

function shippedOf(base: Base, shipments: readonly StoredObject[], good: string): Resources {
  const totals: Record<string, Big> = { qty: new Big(0) };
  for (const shipment of shipments) {
    for (const { dimensions, resources } of base.goods.ofRecorder(shipment.id)) if (dimensions['good'] === good) addTo(totals, resources, 1);
  }
  return totals;
}

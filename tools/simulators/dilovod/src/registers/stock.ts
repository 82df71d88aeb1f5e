import { Big } from 'big.js';
import { type RegisterLedger, resource, type Resources } from './register-ledger.js';

/** A place where goods of a firm lie. */
export interface StockPlace {
  readonly good: string;
  readonly storage: string;
  readonly firm: string;
}

/** Quantity and cost on hand at a moment. */
export function onHand(goods: RegisterLedger, place: StockPlace, moment?: string): { readonly qty: Big; readonly amount: Big } {
  const totals: Resources = goods.find({ ...place })?.totalsAt(moment) ?? {};
  return { qty: resource(totals, 'qty'), amount: resource(totals, 'amount') };
}

/** What orders other than `exceptOrder` have reserved of the goods in a place. An order that is gone may leave less than nothing, of which no stock comes. */
export function reservedByOthers(orders: RegisterLedger, place: StockPlace, exceptOrder: string): Big {
  return orders
    .ofGood(place.good)
    .filter(({ dimensions }) => dimensions['storage'] === place.storage && dimensions['firm'] === place.firm && dimensions['baseDoc'] !== exceptOrder)
    .map((entry) => resource(entry.totalsAt(), 'qtyReserve'))
    .reduce((sum, reserved) => (reserved.gt(0) ? sum.plus(reserved) : sum), new Big(0));
}

/** The cost with which `qty` leaves a place: its share of the weighted average, all of it when nothing stays. */
export function costOf(qty: Big, stock: { readonly qty: Big; readonly amount: Big }): Big {
  if (stock.qty.lte(0)) return new Big(0);
  return qty.gte(stock.qty) ? stock.amount : stock.amount.times(qty).div(stock.qty).round(2);
}

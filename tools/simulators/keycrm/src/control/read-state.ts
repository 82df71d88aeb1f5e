import type { Account } from '../accounts/account.js';
import type { Offer } from '../catalogue/catalogue.js';
import { lineState, type Order } from '../orders/order.js';
import { orderTotals, paymentTotals } from '../orders/order-totals.js';
import { exact } from './exact.js';

export type AccountState = ReturnType<typeof readState>;
export type OrderState = AccountState['orders'][number];
export type OfferState = AccountState['offers'][number];

/** Everything that an account holds, exactly as it holds it: no switch that only changes the form of answers has a say here. */
export function readState(account: Account) {
  const { catalogue, dictionaries } = account;
  return exact({
    settings: account.settings,
    switches: account.switches,
    pendingWrites: account.pendingWrites.count,
    products: [...catalogue.products.values()],
    categories: [...catalogue.categories.values()],
    offers: [...catalogue.offers.values()].map((offer) => offerState(account, offer)),
    orders: [...account.orders.values()].map((order) => orderState(account, order)),
    buyers: [...account.buyers.byId.values()],
    statuses: [...dictionaries.statuses.values()],
    sources: [...dictionaries.sources.values()],
    warehouses: [...dictionaries.warehouses.values()],
    customFields: [...dictionaries.customFields.values()],
  });
}

function offerState(account: Account, offer: Offer) {
  const stocks = [...account.stock.balancesOf(offer.id)].map(([warehouseId, balance]) => ({ warehouseId, ...balance }));
  return { ...offer, ...account.stock.total(offer.id), stocks };
}

function orderState(account: Account, order: Order) {
  const totals = orderTotals(order, account.switches);
  const payments = paymentTotals(order, totals.grandTotal);
  return {
    ...order,
    statusGroupId: account.dictionaries.statusOf(order.statusId).groupId,
    grandTotal: totals.grandTotal,
    totalDiscount: totals.totalDiscount,
    paymentStatus: payments.status,
    paid: payments.paid,
    buyer: account.buyers.byId.get(order.buyerId ?? 0) ?? null,
    lines: order.lines.map((line) => ({ ...line, state: lineState(line) })),
  };
}

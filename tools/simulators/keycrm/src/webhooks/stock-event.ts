import type { Account } from '../accounts/account.js';
import { render } from '../http/rendering.js';

/** Tells every subscriber the new balances of the offers whose stock changed since the last time. */
export function announceStock(account: Account): void {
  const offerIds = account.stock.takeChanged();
  if (offerIds.length === 0 || account.switches.stockManagement === 'off') return;
  for (const { url, warehouses } of account.webhooks.stockSubscriptions) {
    const counted = warehouses && warehouses.length > 0 ? warehouses : undefined;
    const rows = offerIds.map((id) => {
      const { quantity, reserve } = account.stock.total(id, counted);
      return { offer_id: id, sku: account.catalogue.offers.get(id)?.sku ?? null, in_stock: quantity, in_reserve: reserve };
    });
    account.webhooks.send(url, render(rows, account.switches));
  }
}

import { anyOf, flag } from '../http/api-query.js';
import type { Account } from '../accounts/account.js';
import type { Offer } from '../catalogue/catalogue.js';
import { isListedByDefault } from '../catalogue/offer-routes.js';
import { skuKeys } from '../catalogue/sku-index.js';
import { sum } from '../decimals.js';
import { type ApiAnswer, type ApiRequest, pageAnswer, type Route } from '../http/route.js';
import { setStocks } from './set-stocks.js';

export const stockRoutes: readonly Route[] = [
  { operation: 'GET /offers/stocks', answer: listStocks },
  { operation: 'PUT /offers/stocks', answer: setStocks },
];

/** Knows three filters and ignores every other one, and includes and sorting too. */
function listStocks(request: ApiRequest): ApiAnswer {
  const { query, account } = request;
  const isWanted = anyOf(query, 'offers_id');
  const hasSku = anyOf(query, 'offers_sku', skuKeys[account.switches.skuMatching]);
  const found = [...account.catalogue.offers.values()].filter(
    (offer) => isWanted(offer.id) && hasSku(offer.sku) && isListedByDefault(account, offer),
  );
  const { stockDetails, stockManagement } = account.switches;
  const split = flag(query, 'details') === true && stockDetails === 'on' && stockManagement === 'on';
  return pageAnswer(request, found, (offer) => showStock(account, offer, split));
}

function showStock(account: Account, offer: Offer, split: boolean): Record<string, unknown> {
  const { quantity, reserve } = account.stock.total(offer.id);
  return {
    id: offer.id,
    sku: offer.sku,
    price: offer.price,
    purchased_price: offer.purchasedPrice,
    quantity,
    reserve: account.switches.stockManagement === 'on' ? reserve : sum([]),
    ...(split ? { warehouse: warehouseRows(account, offer) } : {}),
  };
}

function warehouseRows(account: Account, offer: Offer): readonly unknown[] {
  return [...account.dictionaries.warehouses.values()]
    .map(({ id, name }) => ({ id, name, ...account.stock.balance(offer.id, id) }))
    .filter(({ quantity, reserve }) => account.switches.zeroWarehouseRows === 'listed' || !quantity.eq(0) || !reserve.eq(0));
}

import { buyerRoutes } from '../buyers/buyer-routes.js';
import { offerRoutes } from '../catalogue/offer-routes.js';
import { productRoutes } from '../catalogue/product-routes.js';
import { dictionaryRoutes } from '../dictionaries/dictionary-routes.js';
import { orderRoutes } from '../orders/order-routes.js';
import { stockRoutes } from '../stock/stock-routes.js';
import type { Route } from './route.js';

const all = [...orderRoutes, ...dictionaryRoutes, ...offerRoutes, ...stockRoutes, ...productRoutes, ...buyerRoutes];
const byOperation = new Map(all.map((route) => [route.operation, route]));

/** Names of every operation, e.g. `PUT /offers/stocks`, `GET /order/{id}`. */
export const operations: readonly string[] = [...byOperation.keys()];

/** The operation behind a method and a path below the base path, if there is one. Fixed paths go before those with an id. */
export function findRoute(method: string, path: string): { readonly route: Route; readonly id: string } | undefined {
  const fixed = byOperation.get(`${method} ${path}`);
  if (fixed) return { route: fixed, id: '' };
  const match = /^(.*)\/([^/]+)$/.exec(path);
  const route = match && byOperation.get(`${method} ${match[1]}/{id}`);
  return route ? { route, id: match[2] ?? '' } : undefined;
}

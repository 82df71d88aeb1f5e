import { buyerRoutes } from '../buyers/buyer-routes.js';
import { offerRoutes } from '../catalogue/offer-routes.js';
import { productRoutes } from '../catalogue/product-routes.js';
import { dictionaryRoutes } from '../dictionaries/dictionary-routes.js';
import { orderPartRoutes } from '../orders/order-part-routes.js';
import { orderRoutes } from '../orders/order-routes.js';
import { stockRoutes } from '../stock/stock-routes.js';
import type { Route } from './route.js';

const all = [...orderRoutes, ...orderPartRoutes, ...dictionaryRoutes, ...offerRoutes, ...stockRoutes, ...productRoutes, ...buyerRoutes];
const byOperation = new Map(all.map((route) => [route.operation, route]));
const templates = all
  .filter(({ operation }) => operation.includes('{'))
  .map((route) => ({ route, pattern: new RegExp(`^${route.operation.replace(/\{\w+\}/g, '([^/]+)')}$`) }));

/** Names of every operation, e.g. `PUT /offers/stocks`, `GET /order/{id}`. */
export const operations: readonly string[] = [...byOperation.keys()];

export interface FoundRoute {
  readonly route: Route;
  readonly id: string;
  readonly partId: string;
}

/** The operation behind a method and a path below the base path, if there is one. Fixed paths go before those with an id. */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  const fixed = byOperation.get(`${method} ${path}`);
  if (fixed) return { route: fixed, id: '', partId: '' };
  for (const { route, pattern } of templates) {
    const match = pattern.exec(`${method} ${path}`);
    if (match) return { route, id: match[1] ?? '', partId: match[2] ?? '' };
  }
  return undefined;
}

const described = /^\/(companies|storage|payments|calls|pipelines)(\/|$)|^\/order\/[^/]+\/attachment\//;

/** Whether the vendor describes a path that is not simulated. */
export function isUnsimulated(path: string): boolean {
  return described.test(path);
}

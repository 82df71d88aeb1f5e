import { compare, type Decimal, decimal, minus, plus, zero } from '@kds/kernel';
import { type SimulatedShop, statusIds } from './simulated-shop.js';

/** Something in which the two systems do not agree. */
export interface Disagreement {
  readonly shop: string;
  readonly about: string;
  readonly problem: string;
}

type Document = ReturnType<SimulatedShop['dilovod']['documents']>[number];
type Order = ReturnType<SimulatedShop['keycrm']['state']>['orders'][number];

const wantsOrder: readonly number[] = [statusIds.ordered, statusIds.shipped, statusIds.completed];
const wantsShipment: readonly number[] = [statusIds.shipped, statusIds.completed];

/** Everything in which a shop's Dilovod is not what its KeyCRM asks for, orders that are rightly held aside; empty when the two agree. */
export function compareWorlds(shop: SimulatedShop, { held = [] }: { readonly held?: readonly number[] } = {}): readonly Disagreement[] {
  const documents = shop.dilovod.documents().filter(({ delMark, header }) => !delMark && header['firm'] === shop.firm);
  const orders = shop.keycrm.state().orders.filter((order) => !held.includes(order.id));
  const problems = orders.flatMap((order) => compareOrder(order, documents.filter((document) => keyOf(document) === order.id), shop).map((problem) => ({ about: `order ${order.id}`, problem })));
  const violations = [...shop.keycrm.violations(), ...shop.dilovod.violations()];
  const discipline = violations.filter((violation) => !unavoidable(violation)).map(({ rule, detail }) => ({ about: rule, problem: detail }));
  return [...problems, ...(shop.shows.stockByWarehouse ? compareStock(shop) : compareUnshownStock(shop)), ...compareMistaken(shop), ...comparePrices(shop), ...discipline].map((entry) => ({ shop: shop.name, ...entry }));
}

/** After a lost connection nobody can know that the base still works on the request. */
function unavoidable({ rule, detail }: { readonly rule: string; readonly detail: string }): boolean {
  return rule === 'concurrent' && detail.includes('had been lost');
}

function keyOf({ remark }: Document): number {
  return Number(/^KeyCRM #(\d+)(\s|$)/.exec(remark)?.[1] ?? 0);
}

function compareOrder(order: Order, documents: readonly Document[], shop: SimulatedShop): readonly string[] {
  const of = (type: string) => documents.filter((document) => document.type === `documents.${type}`);
  const [saleOrders, sales, returns] = [of('saleOrder'), of('sale'), of('saleReturn')];
  const returned = new Set(returns.map(({ header }) => String(header['baseDoc'])));
  const shipped = sales.filter(({ id }) => !returned.has(id));
  const leavesFrom = (line: Order['lines'][number]) => shop.storages[shop.shows.warehousesOfLines ? (line.warehouseId ?? 1) - 1 : 0];
  // A line of no pieces is a removed one.
  const storages = [...new Set(order.lines.filter(({ quantity }) => Number(quantity) !== 0).map(leavesFrom))].sort();
  const wanted = wantsOrder.includes(order.statusId) ? 1 : 0;
  const problems = documents.filter((document) => !document.posted).map((document) => `${document.type} ${document.number} is not posted`);
  if (saleOrders.length !== wanted) problems.push(`${saleOrders.length} live order documents where status ${order.statusId} asks for ${wanted}`);
  const shippedFrom = shipped.map(({ header }) => String(header['storage'])).sort();
  const wantedFrom = wantsShipment.includes(order.statusId) ? storages : [];
  if (shippedFrom.join() !== wantedFrom.join()) problems.push(`shipped from [${shippedFrom.join()}] where status ${order.statusId} asks for [${wantedFrom.join()}]`);
  const [saleOrder] = saleOrders;
  if (saleOrder) problems.push(...compareRecipient(order, saleOrder, shop));
  if (saleOrder) problems.push(...compareMoney(order, saleOrder, sales.length > 0 && wantsShipment.includes(order.statusId) ? shipped : []));
  return problems;
}

/** A base that takes no member empty keeps the recipient who was removed. */
function compareRecipient(order: Order, { header }: Document, shop: SimulatedShop): readonly string[] {
  const wanted = String(order.shipping?.recipient_full_name ?? '');
  const shown = String(header['remarkFromPerson'] ?? '');
  if (wanted === '' ? shown === '' || !shop.shows.emptiedMembers : shown.includes(wanted)) return [];
  return [`the recipient is «${shown}» where KeyCRM has «${wanted}»`];
}

function compareMoney(order: Order, saleOrder: Document, shipped: readonly Document[]): readonly string[] {
  const goodsTotal = minus(toDecimal(order.grandTotal), plus(...[order.shippingPrice, order.wrapPrice, order.taxes].map(toDecimal)));
  const sums = [saleOrder.rows, ...(shipped.length > 0 ? [shipped.flatMap((sale) => sale.rows)] : [])].map((rows) => plus(zero, ...rows.map((row) => toDecimal(row['amountCur']))));
  return sums.filter((sum) => compare(sum, goodsTotal) !== 0).map((sum) => `documents say ${sum}, KeyCRM says ${goodsTotal}`);
}

function toDecimal(value: unknown): Decimal {
  return decimal(String(value ?? 0));
}

/** What KeyCRM does not show cannot be kept in step, and must not be written blindly. */
function compareUnshownStock(shop: SimulatedShop): readonly { readonly about: string; readonly problem: string }[] {
  const writes = shop.keycrm.requests().filter(({ operation }) => operation === 'PUT /offers/stocks').length;
  return writes === 0 ? [] : [{ about: 'stock', problem: `written ${writes} times to an account that shows none by warehouse` }];
}

/** What never had a row in the stock register is not kept there: a service, a kit. Its stock in KeyCRM is not ours. */
function compareStock(shop: SimulatedShop): readonly { readonly about: string; readonly problem: string }[] {
  const articles = new Map(shop.dilovod.objects({ type: 'catalogs.goods' }).map((good) => [String(good['id']), String(good['productNum'])]));
  const wanted = new Map<string, Decimal>();
  const kept = new Set<string | null>();
  for (const { good, storage, firm, qty } of shop.dilovod.balances()) {
    if (firm !== shop.firm) continue;
    const article = articles.get(good ?? '') ?? null;
    kept.add(article);
    wanted.set(`${article}|${storage}`, plus(toDecimal(qty), wanted.get(`${article}|${storage}`) ?? zero));
  }
  return matchedOffers(shop).filter(({ sku }) => kept.has(sku ?? null)).flatMap(({ sku, stocks }) =>
    shop.storages.flatMap((storage, index) => {
      const shown = toDecimal(stocks.find((stock) => stock.warehouseId === index + 1)?.quantity);
      const held = wanted.get(`${sku}|${storage}`) ?? zero;
      return compare(shown, held) === 0 ? [] : [{ about: `stock of ${sku} in warehouse ${index + 1}`, problem: `KeyCRM shows ${shown}, Dilovod holds ${held}` }];
    }),
  );
}

/** Offers whose SKU is no other's, as this KeyCRM compares SKUs; a card in another currency has prices of its own. */
function matchedOffers(shop: SimulatedShop) {
  return offersOf(shop).filter(({ isRepeated }) => !isRepeated);
}

function offersOf(shop: SimulatedShop) {
  const { offers, products, settings, switches } = shop.keycrm.state();
  const keyOf = (sku: string | null) => (switches.skuMatching === 'exact' ? sku : (sku?.trim().toLowerCase() ?? null));
  const times = new Map<string | null, number>();
  for (const { sku } of offers) times.set(keyOf(sku), (times.get(keyOf(sku)) ?? 0) + 1);
  const ownCards = products.filter(({ currencyCode }) => currencyCode === settings.currencyCode);
  const own = new Set(ownCards.map(({ id }) => id));
  return offers
    .filter(({ sku }) => sku)
    .map((offer) => ({ ...offer, isRepeated: times.get(keyOf(offer.sku)) !== 1, ownCurrency: own.has(offer.productId) }));
}

/** Where KeyCRM takes several SKUs for one, what is written to one of them must not reach another that Dilovod does not have. */
function compareMistaken(shop: SimulatedShop): readonly { readonly about: string; readonly problem: string }[] {
  const repeated = offersOf(shop).filter(({ isRepeated }) => isRepeated);
  if (repeated.length === 0) return [];
  const articles = new Set(shop.dilovod.objects({ type: 'catalogs.goods' }).map((good) => String(good['productNum'])));
  const writes = shop.keycrm.movements().filter(({ reason, quantityChange }) => reason === 'set' && quantityChange !== '0');
  const written = new Set(writes.map(({ offerId }) => offerId));
  const mistaken = repeated.filter(({ id, sku }) => !articles.has(sku ?? '') && written.has(id));
  return mistaken.map(({ sku }) => ({ about: `stock of ${sku}`, problem: 'was set although Dilovod has no such good' }));
}

function comparePrices(shop: SimulatedShop): readonly { readonly about: string; readonly problem: string }[] {
  const latest = new Map<string, { readonly date: string; readonly price: string }>();
  for (const { good, price, date } of shop.dilovod.prices()) {
    const known = latest.get(String(good));
    if (known === undefined || String(date) >= known.date) latest.set(String(good), { date: String(date), price: String(price) });
  }
  const byArticle = new Map(shop.dilovod.objects({ type: 'catalogs.goods' }).map((good) => [String(good['productNum']), latest.get(String(good['id']))?.price]));
  return matchedOffers(shop).flatMap(({ sku, price, ownCurrency }) => {
    const wanted = ownCurrency ? byArticle.get(sku ?? '') : undefined;
    return wanted === undefined || compare(toDecimal(price), toDecimal(wanted)) === 0 ? [] : [{ about: `price of ${sku}`, problem: `KeyCRM shows ${price}, Dilovod has ${wanted}` }];
  });
}

import { type Decimal, decimal, dividedBy, isZero, minus, plus, zero } from '@kds/kernel';
import type { OrderState } from '@kds/keycrm-simulator';
import { orderFields, statusIds } from '@kds/simulated-shop';
import { firstNameOf } from './customers.js';
import type { LedgerOrder, LedgerState } from './ledger.js';
import { type DocumentKind, orderIdOf, type Status, type YogaShop } from './shop.js';

export interface DocumentRow {
  readonly id: string;
  readonly kind: DocumentKind;
  /** Without leading zeros. */
  readonly number: string;
  readonly live: boolean;
  readonly amount: Decimal;
}

export interface OrderRow {
  readonly id: number;
  readonly buyer: string;
  readonly status: Status;
  /** The status as KeyCRM calls it. */
  readonly statusName: string;
  readonly documents: readonly DocumentRow[];
  /** What the buyer pays for goods: without delivery and wrapping. */
  readonly keycrmMoney: Decimal;
  /** What Dilovod's live order adds up to. */
  readonly dilovodMoney: Decimal | undefined;
  readonly held: { readonly reason: string; readonly message: string } | undefined;
  /** The document's number as KeyCRM's managers see it; empty until it is written. */
  readonly numberInKeycrm: string;
}

/** One article in one system; stock in the main and in the second warehouse. */
export interface GoodSide {
  readonly stock: readonly [Decimal, Decimal];
  readonly price: Decimal | undefined;
  readonly cost: Decimal | undefined;
}

export interface GoodRow {
  readonly sku: string;
  readonly name: string;
  readonly keycrm: GoodSide;
  /** Undefined while Dilovod does not have the article. */
  readonly dilovod: GoodSide | undefined;
}

/** Both worlds and the decisions between them, at one moment. */
export interface ShopState {
  readonly orders: readonly OrderRow[];
  readonly goods: readonly GoodRow[];
  readonly ledger: LedgerState;
}

/** Reads everything. `before` is the last reading: an order that was held then and is being tried again is held still. */
export function readShopState(shop: YogaShop, ledger: LedgerState, before?: ShopState): ShopState {
  return { orders: readOrders(shop, ledger, before), goods: readGoods(shop), ledger };
}

const statusOf = new Map<number, Status>(Object.entries(statusIds).map(([name, id]) => [id, name as Status]));

function readOrders(shop: YogaShop, ledger: LedgerState, before: ShopState | undefined): readonly OrderRow[] {
  const { orders, statuses } = shop.worlds.keycrm.state();
  const statusNames = new Map(statuses.map(({ id, name }) => [id, name]));
  const heldBefore = new Map(before?.orders.map(({ id, held }) => [id, held]));
  const decided = new Map(ledger.orders.map((order) => [order.id, order]));
  const documents = Map.groupBy(readDocuments(shop), ({ orderId }) => orderId);
  return orders.map((order) => {
    const own = documents.get(order.id) ?? [];
    return {
      id: order.id,
      buyer: firstNameOf(order.buyer?.fullName ?? ''),
      status: statusOf.get(order.statusId) ?? 'fresh',
      statusName: statusNames.get(order.statusId) ?? String(order.statusId),
      documents: own,
      keycrmMoney: goodsTotal(order),
      dilovodMoney: own.find(({ kind, live }) => kind === 'saleOrder' && live)?.amount,
      held: heldOf(decided.get(order.id), heldBefore.get(order.id)),
      numberInKeycrm: String(order.customFields[orderFields.document] ?? ''),
    };
  });
}

/** An order that was held and is tried again is held until there is nothing left to do. */
function heldOf(order: LedgerOrder | undefined, before: OrderRow['held']): OrderRow['held'] {
  if (order?.decision === 'park') return { reason: order.reason ?? '', message: order.message ?? '' };
  return order?.decision === 'nothing' ? undefined : before;
}

function goodsTotal(order: OrderState): Decimal {
  return minus(toDecimal(order.grandTotal), plus(...[order.shippingPrice, order.wrapPrice, order.taxes].map(toDecimal)));
}

function readDocuments(shop: YogaShop): readonly (DocumentRow & { readonly orderId: number })[] {
  const kinds: readonly DocumentKind[] = ['saleOrder', 'sale', 'saleReturn'];
  return kinds.flatMap((kind) =>
    shop.worlds.dilovod.documents({ type: `documents.${kind}` }).map((document) => ({
      id: document.id,
      kind,
      orderId: orderIdOf(document),
      number: document.number.replace(/^0+(?=.)/, ''),
      live: !document.delMark,
      amount: plus(zero, ...document.rows.map((row) => toDecimal(row['amountCur']))),
    })),
  );
}

function readGoods(shop: YogaShop): readonly GoodRow[] {
  const { keycrm, dilovod } = shop.worlds;
  const { offers, products } = keycrm.state();
  const names = new Map(products.map(({ id, name }) => [id, name]));
  const goodIds = new Map(dilovod.objects({ type: 'catalogs.goods' }).map((good) => [String(good['productNum']), String(good['id'])]));
  return offers.map(({ sku, productId, stocks, price, purchasedPrice }) => {
    const stockIn = (warehouseId: number) => toDecimal(stocks.find((stock) => stock.warehouseId === warehouseId)?.quantity);
    const good = goodIds.get(sku ?? '');
    return {
      sku: sku ?? '',
      name: names.get(productId) ?? '',
      keycrm: { stock: [stockIn(1), stockIn(2)], price: toDecimal(price), cost: purchasedPrice === null ? undefined : toDecimal(purchasedPrice) },
      dilovod: good === undefined ? undefined : readGood(shop, good),
    };
  });
}

function readGood({ worlds: { dilovod, storages } }: YogaShop, good: string): GoodSide {
  const balances = dilovod.balances().filter((balance) => balance['good'] === good);
  const sum = (name: string, of = balances) => plus(zero, ...of.map((balance) => toDecimal(balance[name])));
  const inStorage = (storage: string) => sum('qty', balances.filter((balance) => balance['storage'] === storage));
  const price = dilovod.prices().findLast((entry) => entry['good'] === good)?.['price'];
  return {
    stock: [inStorage(storages[0]), inStorage(storages[1])],
    price: price === undefined ? undefined : toDecimal(price),
    cost: isZero(sum('qty')) ? undefined : dividedBy(sum('amount'), sum('qty'), 2),
  };
}

function toDecimal(value: unknown): Decimal {
  return decimal(String(value ?? 0));
}

import { compare, decimal, type Decimal, isZero, minus, plus, zero } from '@kds/kernel';
import { compareWorlds } from '@kds/simulated-shop';
import type { DayOutcome } from '../day/play-day.js';
import type { YogaShop } from '../world/shop.js';
import type { GoodRow, OrderRow, ShopState } from '../world/shop-state.js';

/** Stock that the two systems rightly see differently while an order waits for a person: KeyCRM has taken more off than Dilovod. */
export interface HeldUnits {
  readonly orderId: number;
  readonly sku: string;
  readonly warehouseId: number;
  readonly units: Decimal;
}

export interface ShopReport {
  readonly goods: readonly GoodRow[];
  readonly orders: readonly OrderRow[];
  readonly heldUnits: readonly HeldUnits[];
  /** Everything that is not as it must be, in plain words; empty when both systems agree. */
  readonly problems: readonly string[];
}

/** Compares both worlds; what orders that rightly wait for a person account for is no problem. */
export function reportOf(shop: YogaShop, state: ShopState, { missed, leftHeld }: DayOutcome): ShopReport {
  const heldUnits = [...leftHeld.keys()].flatMap((orderId) => heldUnitsOf(shop, orderId));
  const worlds = compareWorlds(shop.worlds, { held: [...leftHeld.keys()] }).filter(({ about }) => !about.startsWith('stock of '));
  const problems = [
    ...missed,
    ...worlds.map(({ about, problem }) => `${about}: ${problem}`),
    ...state.goods.flatMap((good) => goodProblems(good, heldUnits)),
    ...heldProblems(state.orders, leftHeld),
    ...state.ledger.heldRuns.map(({ flow, message }) => `the ${flow} run is held: ${message}`),
  ];
  return { goods: state.goods, orders: state.orders, heldUnits, problems };
}

function heldUnitsOf(shop: YogaShop, orderId: number): readonly HeldUnits[] {
  const order = shop.order({ id: orderId });
  const sales = shop.documents({ id: orderId }, 'sale');
  const returned = new Set(shop.documents({ id: orderId }, 'saleReturn').map(({ header }) => header['baseDoc']));
  const goodIds = new Map(shop.worlds.dilovod.objects({ type: 'catalogs.goods' }).map((good) => [String(good['productNum']), good['id']]));
  return order.lines.flatMap(({ sku, hold }) => {
    if (sku === null || hold === null) return [];
    const storage = shop.worlds.storages[hold.warehouseId - 1];
    const rows = sales.filter(({ id, header }) => header['storage'] === storage && !returned.has(id)).flatMap((sale) => sale.rows.filter((row) => row['good'] === goodIds.get(sku)));
    const units = minus(decimal(hold.writtenOff), plus(zero, ...rows.map((row) => decimal(String(row['qty'])))));
    return isZero(units) ? [] : [{ orderId, sku, warehouseId: hold.warehouseId, units }];
  });
}

/** What does not agree about one article. Where nothing is on hand, Dilovod has no cost and KeyCRM keeps the last one. */
export function goodProblems({ sku, keycrm, dilovod }: GoodRow, heldUnits: readonly HeldUnits[]): readonly string[] {
  if (dilovod === undefined) return [`${sku} is not in Dilovod`];
  const stock = [0, 1].flatMap((index) => {
    const explained = plus(zero, ...heldUnits.filter((held) => held.sku === sku && held.warehouseId === index + 1).map(({ units }) => units));
    const [shown = zero, held = zero] = [keycrm.stock[index], dilovod.stock[index]];
    return compare(plus(shown, explained), held) === 0 ? [] : [`stock of ${sku} in warehouse ${index + 1}: KeyCRM ${shown}, Dilovod ${held}`];
  });
  const agree = (left: Decimal | undefined, right: Decimal | undefined) => right === undefined || (left !== undefined && compare(left, right) === 0);
  return [
    ...stock,
    ...(agree(keycrm.price, dilovod.price) ? [] : [`retail price of ${sku}: KeyCRM ${keycrm.price}, Dilovod ${dilovod.price}`]),
    ...(agree(keycrm.cost, dilovod.cost) ? [] : [`cost of ${sku}: KeyCRM ${keycrm.cost}, Dilovod ${dilovod.cost}`]),
  ];
}

/** Exactly the orders that rightly wait for a person are held, each for its reason. */
export function heldProblems(orders: readonly OrderRow[], expected: ReadonlyMap<number, string>): readonly string[] {
  const held = new Map(orders.flatMap((order) => (order.held ? [[order.id, order.held.reason] as const] : [])));
  return [
    ...[...held].filter(([id, reason]) => expected.get(id) !== reason).map(([id, reason]) => `#${id} is held (${reason}) and should not be`),
    ...[...expected].filter(([id]) => !held.has(id)).map(([id, reason]) => `#${id} should wait for a person (${reason}) and does not`),
  ];
}

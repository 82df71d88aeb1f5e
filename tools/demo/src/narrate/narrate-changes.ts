import { compare } from '@kds/kernel';
import { showMoney } from '../view/money.js';
import type { DocumentKind } from '../world/shop.js';
import type { GoodRow, OrderRow, ShopState } from '../world/shop-state.js';
import type { Narration } from './narration.js';

const documentNames: Readonly<Record<DocumentKind, string>> = { saleOrder: 'order', sale: 'shipment', saleReturn: 'return' };

/** Everything that the system did between two looks at the shop. */
export function narrateChanges(before: ShopState, after: ShopState): readonly Narration[] {
  const orders = new Map(before.orders.map((order) => [order.id, order]));
  const goods = new Map(before.goods.map((good) => [good.sku, good]));
  return [
    ...after.orders.flatMap((order) => [...narrateDocuments(orders.get(order.id), order), ...narrateHeld(orders.get(order.id), order)]),
    ...after.goods.flatMap((good) => narrateGood(goods.get(good.sku) ?? good, good)),
    ...narrateCare(before, after),
  ];
}

function narrateDocuments(before: OrderRow | undefined, after: OrderRow): readonly Narration[] {
  const known = new Map(before?.documents.map((document) => [document.id, document]));
  return after.documents.flatMap(({ id, kind, number, live, amount }): Narration[] => {
    const name = `${documentNames[kind]} №${number} of #${after.id}`;
    const was = known.get(id);
    if (was === undefined) return [{ kind: 'dilovod', text: `${name} is posted: ${showMoney(amount)}` }];
    if (was.live && !live) return [{ kind: 'dilovod', text: `${name} is marked for deletion` }];
    if (compare(was.amount, amount) !== 0) return [{ kind: 'dilovod', text: `${name} changes from ${showMoney(was.amount)} to ${showMoney(amount)}` }];
    return [];
  });
}

function narrateHeld(before: OrderRow | undefined, { id, held }: OrderRow): readonly Narration[] {
  if (held !== undefined && before?.held?.message !== held.message) return [{ kind: 'held', text: `#${id} waits (${held.reason}): ${held.message}` }];
  if (held === undefined && before?.held !== undefined) return [{ kind: 'freed', text: `#${id} waits no longer (it was ${before.held.reason})` }];
  return [];
}

/** Prices and stock that came to KeyCRM from Dilovod; what KeyCRM takes off its stock by itself is no news. */
function narrateGood(before: GoodRow, { sku, keycrm }: GoodRow): readonly Narration[] {
  const told: Narration[] = [];
  for (const field of ['price', 'cost'] as const) {
    const [was, is] = [before.keycrm[field], keycrm[field]];
    if (is !== undefined && was !== is) told.push({ kind: 'keycrm', text: `${field} of ${sku} is ${showMoney(is)} now${was === undefined ? '' : `, it was ${showMoney(was)}`}` });
  }
  for (const [index, name] of (['main', 'second'] as const).entries()) {
    const [was, is] = [before.keycrm.stock[index], keycrm.stock[index]];
    if (was !== undefined && is !== undefined && compare(is, was) > 0) told.push({ kind: 'keycrm', text: `stock of ${sku} in the ${name} warehouse rises from ${was} to ${is}` });
  }
  return told;
}

function narrateCare({ ledger: before }: ShopState, { ledger: after }: ShopState): readonly Narration[] {
  return [
    ...after.drift.slice(before.drift.length).map(({ sku, field, expected, found, class: why }): Narration => ({
      kind: 'care',
      text: `reading back, ${field} of ${sku} is ${found} where ${expected} was known (${why}): Dilovod's number is written again`,
    })),
    ...after.doubts.slice(before.doubts.length).map(({ kind }): Narration => ({ kind: 'care', text: `no answer to ${kind}: nobody knows whether it was done, so that is found out first` })),
    ...after.heldRuns.slice(before.heldRuns.length).map(({ flow, message }): Narration => ({ kind: 'held', text: `the ${flow} run waits: ${message}` })),
  ];
}

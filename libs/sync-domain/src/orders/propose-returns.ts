import { compare, type Decimal, isNegative, isZero, minus, plus, spread, times, toKopeck, zero } from '@kds/kernel';
import { type GoodTotal, lessTotals, totalsOf } from './compare-rows.js';
import type { DocumentRow, ShipmentHeld } from './order-binding.js';

/** What has come back of one shipment in all. */
export interface ReturnProposal {
  readonly sale: string;
  readonly rows: readonly DocumentRow[];
}

/**
 * The returns that would explain why KeyCRM shows less of an order than was shipped: lines that were removed or reduced. Shipments less these returns have
 * exactly the units and the money of `wanted`; what an order discount, spread anew, changes on other goods goes with the last good that came back.
 * `undefined` when it is no return: something was added, or nothing was taken away, or there is no money left to give back.
 */
export function proposeReturns(shipments: readonly ShipmentHeld[], wanted: readonly DocumentRow[]): readonly ReturnProposal[] | undefined {
  const difference = lessTotals(totalsOf(shipments.flatMap((shipment) => shipment.rows)), totalsOf(wanted));
  const back = difference.filter(({ qty }) => compare(qty, zero) > 0);
  if (back.length === 0 || difference.some(({ qty }) => isNegative(qty))) return undefined;
  const elsewhere = plus(zero, ...difference.filter(({ qty }) => isZero(qty)).map(({ money }) => money));
  const paid = back.map((total, index) => (index === back.length - 1 ? { ...total, money: plus(total.money, elsewhere) } : total));
  if (paid.some(({ money }) => isNegative(money))) return undefined;
  const returns = shipments.map(({ id, rows }) => ({ sale: id, rows: paid.flatMap((total) => rowsBack(rows, total)) })).filter(({ rows }) => rows.length > 0);
  return lessTotals(totalsOf(returns.flatMap(({ rows }) => rows)), paid).length === 0 ? returns : undefined;
}

/** Takes `total.qty` of a good from the rows of a shipment, first row first, and divides its money among what was taken. */
function rowsBack(rows: readonly DocumentRow[], { good, storage, qty, money }: GoodTotal): readonly DocumentRow[] {
  let rest = qty;
  const taken: { readonly row: DocumentRow; readonly qty: Decimal }[] = [];
  for (const row of rows.filter((each) => each.good === good && each.storage === storage)) {
    const part = compare(row.qty, rest) < 0 ? row.qty : rest;
    if (compare(part, zero) > 0) taken.push({ row, qty: part });
    rest = minus(rest, part);
  }
  if (taken.length === 0) return [];
  const worth = taken.map(({ row, qty: part }) => times(isZero(row.amountCur) ? row.price : row.amountCur, part));
  const shares = worth.every(isZero) ? spread(money, taken.map(({ qty: part }) => part)) : spread(money, worth);
  return taken.map(({ row, qty: part }, index) => {
    const priceAmount = toKopeck(times(row.price, part));
    const amountCur = shares[index] ?? zero;
    return { ...row, qty: part, priceAmount, amountCur, discount: minus(priceAmount, amountCur) };
  });
}

import { compare, type Decimal, isZero, minus, plus, zero } from '@kds/kernel';
import type { DocumentRow } from './order-binding.js';

/** Do two lists of rows say the same, whatever their order? Units are left aside: a good's own unit may be renamed in Dilovod. */
export function sameRows(a: readonly DocumentRow[], b: readonly DocumentRow[]): boolean {
  if (a.length !== b.length) return false;
  const texts = [a, b].map((rows) => rows.map(rowText).sort());
  return texts[0]?.every((text, index) => text === texts[1]?.[index]) ?? false;
}

function rowText(row: DocumentRow): string {
  return [row.good, row.storage, row.qty, row.price, row.amountCur].join('|');
}

/** Units and money of one good in one storage, after all discounts. */
export interface GoodTotal {
  readonly good: string;
  readonly storage: string;
  readonly qty: Decimal;
  readonly money: Decimal;
}

/** What rows add up to, per good and storage. */
export function totalsOf(rows: readonly DocumentRow[]): readonly GoodTotal[] {
  const groups = Map.groupBy(rows, (row) => `${row.storage}|${row.good}`);
  return [...groups.values()].map(([first, ...others]) => {
    const { good, storage, qty, amountCur } = first as DocumentRow;
    return { good, storage, qty: plus(qty, ...others.map((row) => row.qty)), money: plus(amountCur, ...others.map((row) => row.amountCur)) };
  });
}

/** `a` less `b`, per good and storage; without what cancels out. */
export function lessTotals(a: readonly GoodTotal[], b: readonly GoodTotal[]): readonly GoodTotal[] {
  const keys = Map.groupBy([...a, ...b], ({ good, storage }) => `${storage}|${good}`);
  return [...keys.values()]
    .map(([first]) => {
      const { good, storage } = first as GoodTotal;
      const of = (totals: readonly GoodTotal[], field: 'qty' | 'money') => totals.find((total) => total.good === good && total.storage === storage)?.[field] ?? zero;
      return { good, storage, qty: minus(of(a, 'qty'), of(b, 'qty')), money: minus(of(a, 'money'), of(b, 'money')) };
    })
    .filter(({ qty, money }) => !isZero(qty) || !isZero(money));
}

/** Have two lists of rows the same units and money, however they are divided into rows? */
export function sameTotals(a: readonly DocumentRow[], b: readonly DocumentRow[]): boolean {
  return lessTotals(totalsOf(a), totalsOf(b)).length === 0;
}

/** Have two lists of rows the same units of every good, whatever the money and the storage? */
export function sameUnits(a: readonly DocumentRow[], b: readonly DocumentRow[]): boolean {
  const bare = (rows: readonly DocumentRow[]) => totalsOf(rows.map((row) => ({ ...row, storage: '', amountCur: zero })));
  return lessTotals(bare(a), bare(b)).length === 0;
}

/** A difference between what Dilovod holds and what KeyCRM shows, for a person; positive where KeyCRM shows more. */
export interface RowsDifference {
  readonly text: string;
  readonly money: Decimal;
  readonly goods: readonly (GoodTotal & { readonly article: string })[];
}

/** `articleOf` names a good as people know it. */
export function describeDifference(totals: readonly GoodTotal[], articleOf: (good: string) => string): RowsDifference {
  const goods = totals.map((total) => ({ ...total, article: articleOf(total.good) }));
  const text = goods.map(({ article, qty, money }) => `${article}: ${signed(qty)} units, ${signed(money)} in money`).join('; ');
  return { text, money: plus(zero, ...goods.map(({ money }) => money)), goods };
}

function signed(value: Decimal): string {
  return compare(value, zero) > 0 ? `+${value}` : value;
}

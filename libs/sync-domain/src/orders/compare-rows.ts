import { compare, type Decimal, minus, plus, zero } from '@kds/kernel';
import type { OrderLine } from './order.js';
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

/** What an edit changed, per good and storage, in units and money; positive where there is more than before. */
export interface RowsDifference {
  readonly text: string;
  readonly money: Decimal;
  readonly goods: readonly { readonly good: string; readonly storage: string; readonly qty: Decimal; readonly money: Decimal }[];
}

export function describeDifference(before: readonly DocumentRow[], after: readonly DocumentRow[], lines: readonly OrderLine[]): RowsDifference {
  const keys = [...new Set([...before, ...after].map((row) => `${row.good}|${row.storage}`))];
  const goods = keys
    .map((key) => {
      const [good = '', storage = ''] = key.split('|');
      const of = (rows: readonly DocumentRow[], field: 'qty' | 'amountCur') =>
        plus(zero, ...rows.filter((row) => row.good === good && row.storage === storage).map((row) => row[field]));
      return { good, storage, qty: minus(of(after, 'qty'), of(before, 'qty')), money: minus(of(after, 'amountCur'), of(before, 'amountCur')) };
    })
    .filter((entry) => compare(entry.qty, zero) !== 0 || compare(entry.money, zero) !== 0);
  const money = plus(zero, ...goods.map((entry) => entry.money));
  const text = goods.map((entry) => `good ${entry.good}: ${signed(entry.qty)} units, ${signed(entry.money)} in money`).join('; ') || `the ${lines.length} lines are divided otherwise`;
  return { text, money, goods };
}

function signed(value: Decimal): string {
  return compare(value, zero) > 0 ? `+${value}` : value;
}

import { compare, type Decimal } from '@kds/kernel';
import type { GoodRow, GoodSide } from '../world/shop-state.js';
import { showMoney } from './money.js';
import type { Look, Row } from './spans.js';
import { type Column, tableOf } from './table.js';

type Value = Decimal | undefined;

/** Both systems' number, KeyCRM's first: green when they agree, yellow while they do not. */
function both(of: (side: GoodSide) => Value, show: (value: Decimal) => string): Column<GoodRow>['cell'] {
  return ({ keycrm, dilovod }) => {
    const [left, right] = [of(keycrm), dilovod && of(dilovod)];
    const text = `${left === undefined ? '–' : show(left)} │ ${right === undefined ? '–' : show(right)}`;
    return { text, look: lookOf(left, right) };
  };
}

function lookOf(left: Value, right: Value): Look {
  if (left === undefined || right === undefined) return 'dim';
  return compare(left, right) === 0 ? 'green' : 'yellow';
}

const plain = (value: Decimal): string => value;

const columns: readonly Column<GoodRow>[] = [
  { title: 'article', width: 12, cell: ({ sku }) => ({ text: sku }) },
  { title: 'name', width: 28, from: 125, cell: ({ name }) => ({ text: name, look: 'dim' }) },
  { title: 'main: KeyCRM │ Dilovod', width: 22, align: 'right', cell: both(({ stock }) => stock[0], plain) },
  { title: 'second: K │ D', width: 13, align: 'right', from: 70, cell: both(({ stock }) => stock[1], plain) },
  { title: 'retail: K │ D', width: 19, align: 'right', from: 92, cell: both(({ price }) => price, showMoney) },
  { title: 'cost: K │ D', width: 19, align: 'right', from: 112, cell: both(({ cost }) => cost, showMoney) },
];

/** Stock, retail price and cost of every article, side by side. */
export function goodTable(goods: readonly GoodRow[], width: number): readonly Row[] {
  return tableOf(columns, goods, width);
}

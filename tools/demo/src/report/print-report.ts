import { type Decimal, plus, zero } from '@kds/kernel';
import { goodTable } from '../view/good-table.js';
import { orderTable } from '../view/order-table.js';
import { type Row, toTerminal } from '../view/spans.js';
import type { GoodRow } from '../world/shop-state.js';
import type { ShopReport } from './shop-report.js';

/** The comparison of both worlds as lines of text. */
export function printReport(report: ShopReport, { width, colours }: { readonly width: number; readonly colours: boolean }): readonly string[] {
  const { goods, orders, problems } = report;
  const tables: readonly Row[] = [
    [{ text: 'Both systems at the end of the day', look: 'bold' }],
    [],
    ...goodTable(goods, width),
    ...totalsOf(goods),
    [],
    ...orderTable(orders, { width, height: orders.length + 1 }),
    [],
  ];
  const words: readonly Row[] = [
    ...heldRows(report),
    [],
    ...problems.map((problem): Row => [{ text: '✗ ', look: 'red' }, { text: problem }]),
    problems.length === 0
      ? [{ text: '✓ Both systems agree: every unit, price and kopeck, one document of each kind, nothing that a well-behaved client does not do.', look: 'green' }]
      : [{ text: `✗ The systems do not agree: ${problems.length} differences.`, look: 'red' }],
  ];
  // Sentences are left to the terminal to wrap.
  return [...tables.map((row) => toTerminal(row, { width, colours })), ...words.map((row) => toTerminal(row, { width: Infinity, colours }))].map((line) => line.trimEnd());
}

function totalsOf(goods: readonly GoodRow[]): readonly Row[] {
  const units = (of: (good: GoodRow) => readonly Decimal[]) => plus(zero, ...goods.flatMap(of));
  const [keycrm, dilovod] = [units((good) => good.keycrm.stock), units((good) => good.dilovod?.stock ?? [])];
  return [[{ text: `${goods.length} articles, units in all: KeyCRM ${keycrm}, Dilovod ${dilovod}` }]];
}

/** Orders that wait for a person in full, since the table has no room for their reasons. */
function heldRows({ orders, heldUnits }: ShopReport): readonly Row[] {
  const held = orders.flatMap((order): Row[] => {
    if (order.held === undefined) return [];
    const units = heldUnits.filter(({ orderId }) => orderId === order.id).map((entry) => `${entry.units} × ${entry.sku} in warehouse ${entry.warehouseId}`);
    const aside = units.length === 0 ? '' : ` Taken off in KeyCRM alone until then: ${units.join(', ')}.`;
    return [[{ text: `#${order.id} (${order.held.reason}) `, look: 'yellow' }], [{ text: `  ${order.held.message}` }], ...(aside === '' ? [] : [[{ text: `  ${aside.trim()}` }]])];
  });
  return held.length === 0 ? [[{ text: 'Nothing waits for a person.' }]] : [[{ text: 'Waiting for a person:', look: 'bold' }], ...held];
}

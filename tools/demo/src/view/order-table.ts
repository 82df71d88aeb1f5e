import { compare } from '@kds/kernel';
import type { DocumentKind, Status } from '../world/shop.js';
import type { OrderRow } from '../world/shop-state.js';
import { showMoney } from './money.js';
import type { Look, Row } from './spans.js';
import { type Column, tableOf } from './table.js';

const looks: Readonly<Partial<Record<Status, Look>>> = { ordered: 'cyan', shipped: 'blue', completed: 'green', cancelled: 'dim', returned: 'magenta' };
const marks: Readonly<Record<DocumentKind, string>> = { saleOrder: 'order', sale: 'shipped', saleReturn: 'returned' };

const columns: readonly Column<OrderRow>[] = [
  { title: 'order', width: 6, cell: ({ id }) => ({ text: `#${id}` }) },
  { title: 'buyer', width: 8, cell: ({ buyer }) => ({ text: buyer }) },
  { title: 'KeyCRM status', width: 23, from: 160, cell: ({ statusName }) => ({ text: statusName, look: 'dim' }) },
  { title: 'stage', width: 9, cell: ({ status }) => ({ text: status === 'fresh' ? 'new' : status, look: looks[status] }) },
  { title: 'documents in Dilovod', width: 34, cell: (order) => ({ text: documentsOf(order) }) },
  { title: 'KeyCRM ₴', width: 9, align: 'right', cell: ({ keycrmMoney }) => ({ text: showMoney(keycrmMoney) }) },
  { title: 'Dilovod ₴', width: 9, align: 'right', cell: ({ dilovodMoney }) => ({ text: dilovodMoney === undefined ? '–' : showMoney(dilovodMoney) }) },
  { title: '', width: 0, cell: noteOf },
];

/** Orders with their documents; where not all fit, those that wait for somebody and the newest ones. */
export function orderTable(orders: readonly OrderRow[], { width, height }: { readonly width: number; readonly height: number }): readonly Row[] {
  return tableOf(columns, worthShowing(orders, height - 1), width);
}

export function worthShowing(orders: readonly OrderRow[], limit: number): readonly OrderRow[] {
  const held = orders.filter((order) => order.held !== undefined);
  const newestFirst = orders.filter((order) => order.held === undefined).toReversed();
  return [...held, ...newestFirst].slice(0, Math.max(0, limit)).sort((a, b) => a.id - b.id);
}

/** E.g. `order №12  shipped №3 №4`, live documents only; those that are marked for deletion are counted. */
export function documentsOf({ documents }: OrderRow): string {
  const live = Map.groupBy(documents.filter((document) => document.live), ({ kind }) => kind);
  const marked = documents.filter((document) => !document.live).length;
  const parts = [...live].map(([kind, rows]) => `${marks[kind]} ${rows.map(({ number }) => `№${number}`).join(' ')}`);
  return [...parts, ...(marked > 0 ? [`${marked} marked`] : [])].join('  ');
}

function noteOf({ held, keycrmMoney, dilovodMoney, numberInKeycrm }: OrderRow): { readonly text: string; readonly look?: Look } {
  if (held !== undefined) return { text: `waits: ${held.message}`, look: 'yellow' };
  if (dilovodMoney === undefined) return { text: '' };
  if (compare(keycrmMoney, dilovodMoney) !== 0) return { text: 'on its way', look: 'dim' };
  return numberInKeycrm === '' ? { text: '✓', look: 'green' } : { text: '✓ number in KeyCRM', look: 'green' };
}

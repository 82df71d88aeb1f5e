import type { Account } from '../accounts/account.js';
import { type Big, sum } from '../decimals.js';
import { cancelGroup } from '../dictionaries/dictionaries.js';
import { giveBack, settleStock } from '../stock/write-off.js';
import { changeStatus } from './change-status.js';
import type { Order } from './order.js';
import { orderTotals } from './order-totals.js';
import { touch } from './touch.js';

export interface Merge {
  readonly into: Order;
  readonly from: Order;
  /** A status of the cancelled group. */
  readonly cancelStatusId: number;
  readonly silently?: boolean;
}

/** Moves all that one order is made of to another and cancels the emptied one. */
export function mergeOrders(account: Account, { into, from, cancelStatusId, silently }: Merge): void {
  const { groupId } = account.dictionaries.statusOf(cancelStatusId);
  if (groupId !== cancelGroup) throw new RangeError(`status ${cancelStatusId} cancels nothing`);
  const { orderDiscount } = orderTotals(from, account.switches);
  Object.assign(from, { discountPercent: null, discountAmount: orderDiscount.eq(0) ? null : orderDiscount });
  for (const line of from.lines) giveBack(account, from, line);
  for (const line of from.lines) Object.assign(line, { hold: null, reverted: false });
  into.lines.push(...from.lines);
  into.payments.push(...from.payments);
  into.expenses.push(...from.expenses);
  into.tags = [...new Set([...into.tags, ...from.tags])];
  for (const key of ['discountAmount', 'shippingPrice', 'wrapPrice', 'taxes'] as const) {
    into[key] = added(into[key], from[key]);
    from[key] = null;
  }
  Object.assign(from, { lines: [], payments: [], expenses: [], tags: [] });
  settleStock(account, into);
  touch(account, into, 'updatedAtMovesOnLines');
  changeStatus(account, from, { statusId: cancelStatusId, silently });
}

function added(a: Big | null, b: Big | null): Big | null {
  if (a === null) return b;
  return b === null ? a : sum([a, b]);
}

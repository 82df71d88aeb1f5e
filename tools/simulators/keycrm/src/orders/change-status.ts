import type { Account } from '../accounts/account.js';
import { cancelGroup } from '../dictionaries/dictionaries.js';
import { refuseShortage, settleStock, stageAfterMove } from '../stock/write-off.js';
import { announceOrder } from '../webhooks/order-event.js';
import type { Expense, Order, Payment } from './order.js';
import { touch } from './touch.js';

export interface StatusMove {
  readonly statusId: number;
  /** Neither the order's nor the stock's subscribers are told. */
  readonly silently?: boolean;
  readonly movesStock?: boolean;
}

/**
 * Moves an order to a status and does what the account does then: reserve, write off or give back stock, close the order, cancel its payments,
 * tell the subscribers. Moving to the status it is in does nothing.
 */
export function changeStatus(account: Account, order: Order, move: StatusMove): void {
  if (order.statusId === move.statusId) return;
  const status = account.dictionaries.statusOf(move.statusId);
  const stage = move.movesStock === false ? order.stockStage : stageAfterMove(account, order.stockStage, status);
  refuseShortage(account, order, stage);

  const at = account.now();
  order.statusId = status.id;
  order.statusChangedAt = at;
  order.closedAt = status.isClosingOrder ? (order.closedAt ?? at) : null;
  order.stockStage = stage;
  settleStock(account, order);
  if (status.groupId === cancelGroup) {
    cancelAll(order.payments, at);
    if (account.switches.expensesOnCancel === 'canceled') cancelAll(order.expenses, at);
  }
  touch(account, order, 'updatedAtMovesOnStatusChange');
  if (move.silently) account.stock.takeChanged();
  else announceOrder(account, order, 'order.change_order_status');
}

function cancelAll(money: readonly (Payment | Expense)[], at: Date): void {
  for (const one of money) {
    if (one.status !== 'canceled') Object.assign(one, { status: 'canceled', updatedAt: at });
  }
}

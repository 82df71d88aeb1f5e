import type { Account } from '../accounts/account.js';
import { completedGroup } from '../dictionaries/dictionaries.js';
import { announceOrder } from '../webhooks/order-event.js';
import type { Order, Payment, PaymentStatus } from './order.js';
import { orderTotals, paymentTotals } from './order-totals.js';
import { touch } from './touch.js';

/** Why a payment cannot get a status: a paid one can only be cancelled, and not in a completed order; a cancelled one stays so. */
export function paymentProblem(account: Account, order: Order, payment: Payment, to: PaymentStatus): string | undefined {
  if (payment.status === to || payment.status === 'not_paid') return undefined;
  if (payment.status === 'canceled') return `Payment ${payment.id} is cancelled for good.`;
  if (to !== 'canceled') return `Payment ${payment.id} is paid: it can only be cancelled.`;
  return account.dictionaries.statusOf(order.statusId).groupId === completedGroup ? `Order ${order.id} is completed: its payments stay.` : undefined;
}

/** Does something to an order's payments, and tells who wants to know when that changes its payment status. */
export function changePayments<Changed>(account: Account, order: Order, change: () => Changed): Changed {
  const statusNow = () => paymentTotals(order, orderTotals(order, account.switches).grandTotal).status;
  const before = statusNow();
  const changed = change();
  touch(account, order, 'updatedAtMovesOnPayment');
  if (account.switches.webhookOnPayment === 'sent' && statusNow() !== before) announceOrder(account, order, 'order.change_payment_status');
  return changed;
}

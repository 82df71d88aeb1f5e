import type { Account } from '../accounts/account.js';
import type { Order } from './order.js';

type MovingSwitch =
  | 'updatedAtMovesOnStatusChange'
  | 'updatedAtMovesOnPayment'
  | 'updatedAtMovesOnLines'
  | 'updatedAtMovesOnCustomFields'
  | 'updatedAtMovesOnBuyer'
  | 'updatedAtMovesOnFields';

/** Notes that an order changed; whether `updated_at` tells is up to the switch of that kind of change. */
export function touch(account: Account, order: Order, kind: MovingSwitch): void {
  if (account.switches[kind] === 'stays') return;
  order.updatedAt = account.now();
  order.everChanged = true;
}

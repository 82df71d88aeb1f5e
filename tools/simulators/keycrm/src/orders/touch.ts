import type { Account } from '../accounts/account.js';
import type { Order } from './order.js';

type MovingSwitch =
  | 'updatedAtMovesOnStatusChange'
  | 'updatedAtMovesOnPayment'
  | 'updatedAtMovesOnLines'
  | 'updatedAtMovesOnCustomFields'
  | 'updatedAtMovesOnBuyer';

/** Notes that an order changed; whether `updated_at` tells is up to the switch of that kind of change (none: it always does). */
export function touch(account: Account, order: Order, kind?: MovingSwitch): void {
  if (kind !== undefined && account.switches[kind] === 'stays') return;
  order.updatedAt = account.now();
  order.everChanged = true;
}

import type { Db } from '@kds/persistence';
import { lookAgain } from '../orders/orders.repository.js';

/** Orders that wait for what was read now, and those that are held for their currency: it may have been corrected. */
export async function wakeForCurrency(db: Db, tenant: string): Promise<void> {
  await lookAgain(db, { tenant, where: `o.decision = 'read-currencies' or (o.decision = 'park' and o.reason in ('currency-foreign', 'currency-unknown'))` });
}

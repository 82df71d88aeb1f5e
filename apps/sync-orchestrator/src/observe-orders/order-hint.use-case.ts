import type { OrderHint } from '@kds/contracts';
import type { Db } from '@kds/persistence';
import { enqueueCommand, orderSubject, priorities } from '../command-ledger/enqueue-command.js';

/** Somebody said that an order changed: it is read from KeyCRM before anything is believed. Hints that come while a reading waits share it. */
export async function followOrderHint(db: Db, { tenant, orderId }: OrderHint): Promise<void> {
  await enqueueCommand(db, { tenant, system: 'keycrm', subject: orderSubject(orderId), command: { kind: 'read-order', orderId }, priority: priorities.liveOrder });
}

import type { OrdersFilter } from '@kds/contracts';
import { type Db, execute, rows } from '@kds/persistence';
import { holdList } from '../list-documents/first-binding.js';
import { enqueueCommand, orderSubject, priorities } from '../command-ledger/enqueue-command.js';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { forgetKnown, type Position } from '../sync-stock/positions.js';
import { orderPasses } from './order-passes.js';
import { recordObservation } from './record-observation.js';

export const readOrderEffects: EffectsOf<'read-order'> = {
  async onDone({ db, spec }, { tenant, attempt, dispatchedAt }, observation) {
    if (spec === undefined) return;
    await holdList(db, tenant);
    await forgetKnown(db, { tenant, positions: await recordObservation(db, { tenant, spec, observation, attempt, dispatchedAt }) });
  },
};

/** A page of a reading pass: its orders are observations like any other; the last page closes the pass. */
export const listOrdersEffects: EffectsOf<'list-orders'> = {
  async onDone({ db, spec }, { tenant, attempt, dispatchedAt, command, subject }, { orders, unreadable, page, lastPage }) {
    if (spec === undefined) return;
    await holdList(db, tenant);
    // In the order of their numbers, in which whoever takes several locks them.
    const moved: Position[] = [];
    for (const order of [...orders].sort((a, b) => a.id - b.id)) moved.push(...(await recordObservation(db, { tenant, spec, observation: { kind: 'present', order }, attempt, dispatchedAt })));
    await forgetKnown(db, { tenant, positions: moved });
    for (const { orderId } of unreadable) {
      if (orderId !== null) await enqueueCommand(db, { tenant, system: 'keycrm', subject: orderSubject(orderId), command: { kind: 'read-order', orderId }, priority: priorities.backFill });
    }
    const flow = subject as keyof typeof orderPasses;
    if (page < lastPage) {
      await enqueueCommand(db, { tenant, system: 'keycrm', subject, command: { ...command, page: page + 1 }, priority: orderPasses[flow].priority });
      return;
    }
    if (flow === 'orders-deep') await askForUnseen(db, tenant, command.filter);
    await execute(db, `update schedules set proved_at = $3::timestamptz, cursor = jsonb_build_object('from', $4::text) where tenant = $1 and flow = $2`, [tenant, flow, command.filter.startedAt, command.filter.startedAt]);
  },
};

/** At most so many in one pass; the next goes on. */
const unseenPerPass = 200;

/** KeyCRM tells nobody that an order was deleted: one that has documents, and that a pass over everything did not show, is asked for by its number. */
async function askForUnseen(db: Db, tenant: string, { from, startedAt }: OrdersFilter): Promise<void> {
  const unseen = await rows<{ order_id: string }>(
    db,
    `select order_id from orders
     where tenant = $1 and observation ->> 'kind' = 'present' and observation -> 'order' ->> 'orderedAt' >= $2 and observed_at < $3::timestamptz
       and (binding -> 'saleOrder' <> 'null' or binding -> 'shipments' <> '[]')
     order by observed_at limit ${unseenPerPass}`,
    [tenant, from, startedAt],
  );
  for (const { order_id } of unseen) {
    const orderId = Number(order_id);
    await enqueueCommand(db, { tenant, system: 'keycrm', subject: orderSubject(orderId), command: { kind: 'read-order', orderId }, priority: priorities.backFill });
  }
}

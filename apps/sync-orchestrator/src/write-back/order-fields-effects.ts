import { execute } from '@kds/persistence';
import { writeJournal } from '../orders/orders.repository.js';
import { tellOnce } from '../orders/tell-once.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/** What managers now see on the order in KeyCRM. */
export const orderFieldsEffects: EffectsOf<'write-order-fields'> = {
  async onDone({ db }, { tenant, command }) {
    const fields = Object.fromEntries(command.fields.map(({ uuid, value }) => [uuid, value]));
    await execute(db, `update orders set written_fields = coalesce(written_fields, '{}') || $3::jsonb where tenant = $1 and order_id = $2`, [tenant, command.orderId, JSON.stringify(fields)]);
    await writeJournal(db, { tenant, orderId: command.orderId, entry: 'fields-written', detail: fields });
  },
  async onRejected({ db }, { tenant, command }, failure) {
    await tellOnce(db, { tenant, orderId: command.orderId, entry: 'fields-refused', reason: failure.code, detail: failure });
  },
};

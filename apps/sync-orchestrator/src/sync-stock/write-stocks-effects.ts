import { execute } from '@kds/persistence';
import { settleRefused } from '../bulk-writes/settle-refused.js';
import { enqueueReadBack } from '../read-back/enqueue-read-back.js';
import { lockPositions } from './positions.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/** A batch of stock was written: 202 is taken as told, and read back soon. Refused, it is taken apart. */
export const writeStocksEffects: EffectsOf<'write-stocks'> = {
  async onDone({ db, spec }, { tenant, command, dispatchedAt }) {
    await lockPositions(db, { tenant, positions: command.rows.map(({ sku }) => ({ sku, warehouseId: command.warehouseId })) });
    await execute(
      db,
      `update positions p set known = case when p.moved_at is null or p.moved_at < $4 then p.written end, known_at = clock_timestamp(), written_at = clock_timestamp(), refused = null, refusals = 0
       where p.tenant = $1 and p.warehouse_id = $2 and p.sku = any ($3)`,
      [tenant, command.warehouseId, command.rows.map(({ sku }) => sku), dispatchedAt],
    );
    if (spec) await enqueueReadBack(db, { tenant, skus: command.rows.map((entry) => entry.sku) });
  },

  async onRejected(context, settled, failure) {
    const { tenant, command } = settled;
    await settleRefused(context, {
      settled,
      failure,
      blame: (db, rows) =>
        execute(
          db,
          `update positions set refused = $4, refused_value = written, refused_at = clock_timestamp(), refusals = refusals + 1 where tenant = $1 and warehouse_id = $2 and sku = any ($3)`,
          [tenant, command.warehouseId, rows.map(({ sku }) => sku), failure.message],
        ),
    });
  },
};

import { execute } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { enqueueReadBack } from '../read-back/enqueue-read-back.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/** A batch of stock was written: 202 is taken as told, and read back soon. Refused, it is halved until the row that is to blame stands alone. */
export const writeStocksEffects: EffectsOf<'write-stocks'> = {
  async onDone({ db, spec }, { tenant, command, dispatchedAt }) {
    await execute(
      db,
      `update positions p set known = r.quantity, known_at = clock_timestamp(), written_at = clock_timestamp()
       from jsonb_to_recordset($3::jsonb) as r(sku text, quantity numeric)
       where p.tenant = $1 and p.warehouse_id = $2 and p.sku = r.sku and (p.moved_at is null or p.moved_at < $4)`,
      [tenant, command.warehouseId, JSON.stringify(command.rows), dispatchedAt],
    );
    if (spec) await enqueueReadBack(db, { tenant, skus: command.rows.map((entry) => entry.sku) });
  },

  async onRejected({ db }, { tenant, command, id }, failure) {
    if (command.rows.length <= 1) {
      await execute(db, `update positions set refused = $4 where tenant = $1 and warehouse_id = $2 and sku = any ($3)`, [tenant, command.warehouseId, command.rows.map((entry) => entry.sku), failure.message]);
      return;
    }
    const middle = Math.ceil(command.rows.length / 2);
    for (const [half, part] of [command.rows.slice(0, middle), command.rows.slice(middle)].entries()) {
      await enqueueCommand(db, { tenant, system: 'keycrm', subject: `stocks:${command.warehouseId}:${id}.${half}`, command: { ...command, rows: part }, priority: priorities.stockAndPrices });
    }
  },
};

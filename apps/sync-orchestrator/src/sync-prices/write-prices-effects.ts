import { execute } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { enqueueReadBack } from '../read-back/enqueue-read-back.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/** A batch of prices was written, or refused and halved. */
export const writePricesEffects: EffectsOf<'write-prices'> = {
  async onDone({ db }, { tenant, command }) {
    await execute(
      db,
      `update offers set price = coalesce(r.price, offers.price), cost = coalesce(r."purchasedPrice", offers.cost), written_at = clock_timestamp()
       from jsonb_to_recordset($2::jsonb) as r(sku text, price numeric, "purchasedPrice" numeric) where offers.tenant = $1 and offers.sku = r.sku`,
      [tenant, JSON.stringify(command.rows)],
    );
    await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'prices'`, [tenant]);
    await enqueueReadBack(db, { tenant, skus: command.rows.map((entry) => entry.sku) });
  },

  async onRejected({ db }, { tenant, command, id }, failure) {
    if (command.rows.length <= 1) {
      await execute(db, `update offers set refused = $3 where tenant = $1 and sku = any ($2)`, [tenant, command.rows.map((entry) => entry.sku), failure.message]);
      return;
    }
    const middle = Math.ceil(command.rows.length / 2);
    for (const [half, part] of [command.rows.slice(0, middle), command.rows.slice(middle)].entries()) {
      await enqueueCommand(db, { tenant, system: 'keycrm', subject: `prices:${id}.${half}`, command: { ...command, rows: part }, priority: priorities.stockAndPrices });
    }
  },
};

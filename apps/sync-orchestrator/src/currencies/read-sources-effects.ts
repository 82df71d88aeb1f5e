import { execute } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { wakeForCurrency } from './wake-for-currency.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/**
 * The channels that orders come through, page by page. One that is not shown any more stays known: its orders are still
 * there.
 */
export const readSourcesEffects: EffectsOf<'read-sources'> = {
  async onDone({ db }, { tenant, subject, command }, { rows, page, lastPage }) {
    await execute(
      db,
      `insert into sources as s (tenant, source_id, name, currency)
       select distinct on (id) $1, id, name, currency
       from jsonb_to_recordset($2::jsonb) as r(id bigint, name text, currency text)
       on conflict (tenant, source_id)
       do update set name = excluded.name, currency = excluded.currency, read_at = excluded.read_at`,
      [tenant, JSON.stringify(rows)],
    );
    if (page < lastPage) {
      await enqueueCommand(db, {
        tenant,
        system: 'keycrm',
        subject,
        command: { ...command, page: page + 1 },
        priority: priorities.readBack,
      });
      return;
    }
    await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'sources'`, [tenant]);
    await wakeForCurrency(db, tenant);
  },

  /** Orders that wait are held with the reason. */
  async onRejected({ db }, { tenant }) {
    await wakeForCurrency(db, tenant);
  },
};

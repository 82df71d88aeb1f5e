import { execute } from '@kds/persistence';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { planPrices } from './plan-prices.js';

/** Retail prices as they stand in Dilovod; a price that is gone there is left as it was. */
export const readPricesEffects: EffectsOf<'read-prices'> = {
  async onDone({ db, spec }, { tenant, attempt }, { rows }) {
    if (spec === undefined) return;
    await execute(
      db,
      `insert into retail_prices as p (tenant, good, price, currency)
       select distinct on (r.good) $1, r.good, r.price, r.currency from jsonb_to_recordset($2::jsonb) as r(good text, price numeric, currency text)
       on conflict (tenant, good) do update set price = excluded.price, currency = excluded.currency where (p.price, p.currency) is distinct from (excluded.price, excluded.currency)`,
      [tenant, JSON.stringify(rows)],
    );
    await execute(
      db,
      `insert into snapshots (tenant, kind, attempt, rows) values ($1, 'prices', $2, $3) on conflict (tenant, kind) do update set attempt = excluded.attempt, rows = excluded.rows, accepted_at = now()`,
      [tenant, attempt, rows.length],
    );
    await planPrices(db, { tenant, spec });
    await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'prices'`, [tenant]);
  },
};

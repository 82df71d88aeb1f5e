import { columnsSql, execute, rowsSetWise } from '@kds/persistence';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { planPrices } from './plan-prices.js';

/**
 * Retail prices as they stand in Dilovod. One that is gone there, or stands there in two records that do not agree, is
 * wanted no more: KeyCRM's is left as it is.
 */
export const readPricesEffects: EffectsOf<'read-prices'> = {
  async onDone({ db, spec }, { tenant, attempt }, { columns, atomic }) {
    if (spec === undefined) return;
    await rowsSetWise(
      db,
      `with fresh as (
         select good, min(price::numeric) as price, min(currency) as currency
         from ${columnsSql('$2', ['good', 'price', 'currency'])} group by good
         having min(price::numeric) = max(price::numeric) and min(currency) is not distinct from max(currency)
       ), gone as (
         delete from retail_prices p
         where p.tenant = $1 and $3 and not exists (select 1 from fresh f where f.good = p.good)
       )
       insert into retail_prices as p (tenant, good, price, currency) select $1, good, price, currency from fresh
       on conflict (tenant, good) do update set price = excluded.price, currency = excluded.currency where (p.price, p.currency) is distinct from (excluded.price, excluded.currency)`,
      [tenant, JSON.stringify(columns), atomic === true],
    );
    await execute(
      db,
      `insert into snapshots (tenant, kind, attempt, rows) values ($1, 'prices', $2, $3) on conflict (tenant, kind) do update set attempt = excluded.attempt, rows = excluded.rows, accepted_at = now()`,
      [tenant, attempt, columns.good.length],
    );
    if (await planPrices(db, { tenant, spec, fresh: true })) await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'prices'`, [tenant]);
  },
};

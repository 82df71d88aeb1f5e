import { execute } from '@kds/persistence';
import { settleRefused } from '../bulk-writes/settle-refused.js';
import { enqueueReadBack } from '../read-back/enqueue-read-back.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/** A batch of prices was written: 202 is taken as told, and read back soon. Refused, it is taken apart. */
export const writePricesEffects: EffectsOf<'write-prices'> = {
  async onDone({ db }, { tenant, command: { rows } }) {
    await execute(
      db,
      `update offers o set price = coalesce(r.price, o.price), cost = coalesce(r.cost, o.cost), agreed_price = coalesce(r.price, o.agreed_price), agreed_cost = coalesce(r.cost, o.agreed_cost), written_at = clock_timestamp(), refused = null, refusals = 0
       from unnest($2::text[], $3::numeric[], $4::numeric[]) as r(sku, price, cost) where o.tenant = $1 and o.sku = r.sku`,
      [tenant, rows.map(({ sku }) => sku), rows.map(({ price }) => price ?? null), rows.map(({ purchasedPrice }) => purchasedPrice ?? null)],
    );
    await enqueueReadBack(db, { tenant, skus: rows.map((entry) => entry.sku) });
  },

  async onRejected(context, settled, failure) {
    const { tenant } = settled;
    await settleRefused(context, {
      settled,
      failure,
      blame: (db, rows) =>
        execute(
          db,
          `update offers o set refused = $3, refused_price = r.price, refused_cost = r.cost, refused_at = clock_timestamp(), refusals = refusals + 1
           from unnest($2::text[], $4::numeric[], $5::numeric[]) as r(sku, price, cost) where o.tenant = $1 and o.sku = r.sku`,
          [tenant, rows.map(({ sku }) => sku), failure.message, rows.map(({ price }) => price ?? null), rows.map(({ purchasedPrice }) => purchasedPrice ?? null)],
        ),
    });
  },
};

import { execute } from '@kds/persistence';
import { lookAgain } from '../orders/orders.repository.js';
import type { EffectsOf } from '../settle-command/settled-command.js';

/**
 * The catalogue of Dilovod, whole or by article; a good that could not be read stays as it was known. Orders that
 * waited for goods, or were held for want of them, are looked at again.
 */
export const goodsEffects: EffectsOf<'read-goods'> = {
  async onDone({ db }, { tenant, attempt, command }, { rows, unreadable = [], whole = true }) {
    await execute(
      db,
      `insert into goods (tenant, good, article, name, unit, read_attempt)
       select $1, r.id, nullif(r.article, ''), r.name, r.unit, $3 from jsonb_to_recordset($2::jsonb) as r(id text, article text, name text, unit text)
       on conflict (tenant, good) do update set article = excluded.article, name = excluded.name, unit = excluded.unit, read_attempt = excluded.read_attempt`,
      [tenant, JSON.stringify(rows), attempt],
    );
    if (command.articles === null) {
      if (whole) await execute(db, `delete from goods where tenant = $1 and read_attempt < $2 and good <> all ($3::text[])`, [tenant, attempt, unreadable]);
      await execute(db, `delete from goods_asked where tenant = $1`, [tenant]);
      await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'goods'`, [tenant]);
    } else {
      await execute(
        db,
        `insert into goods_asked (tenant, article, attempt) select $1, unnest($2::text[]), $3 on conflict (tenant, article) do update set attempt = excluded.attempt, at = now()`,
        [tenant, command.articles, attempt],
      );
    }
    await lookAgain(db, { tenant, where: `o.waits_for_goods or (o.decision = 'park' and (o.reason in ('sku-unknown', 'sku-repeated') or o.detail ->> 'reading' = 'goods'))`, also: 'waits_for_goods = false' });
  },
  /** Orders that wait for goods are held with the reason. */
  async onRejected({ db }, { tenant }) {
    await lookAgain(db, { tenant, where: 'o.waits_for_goods', also: 'waits_for_goods = false' });
  },
};

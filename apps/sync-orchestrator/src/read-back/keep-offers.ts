import { type Db, rows } from '@kds/persistence';
import { foldSku } from '@kds/sync-domain';
import { arrivalSql, driftClassSql } from './classify-drift.js';
import type { Reading } from './list-stocks-effects.js';

/** Keeps SKUs and prices as KeyCRM shows them. Returns the SKUs whose prices were written a moment ago and are not seen yet. */
export async function keepOffers(db: Db, { tenant, dispatchedAt, rows: read, pass }: Reading): Promise<readonly string[]> {
  const columns = [
    read.map(({ offerId }) => offerId),
    read.map(({ sku }) => sku),
    read.map(({ price }) => price),
    read.map(({ purchasedPrice }) => purchasedPrice),
    read.map(({ sku }) => foldSku(sku ?? '')),
  ];
  return (await rows<{ sku: string }>(db, keepSql, [tenant, dispatchedAt, pass ?? null, ...columns])).map(({ sku }) => sku);
}

/**
 * `$2` when the reading was asked for, `$3` the pass, `$4`–`$8` offer, SKU, price, cost and the folded SKU, row by row.
 * What was written after that, or is being written, is not touched; what was written a moment before is believed to be
 * on its way.
 */
const keepSql = `
  with read as (
    select distinct on (offer_id) offer_id, nullif(sku, '') as sku, price, cost, nullif(folded, '') as folded
    from unnest($4::bigint[], $5::text[], $6::numeric[], $7::numeric[], $8::text[])
      as r(offer_id, sku, price, cost, folded)
  ), compared as (
    select r.*, o.price as known_price, o.cost as known_cost, o.verified_at, o.written_at,
      coalesce(o.written_at < $2, true) as current,
      coalesce(o.price <> r.price or o.cost <> r.cost, false) as differs,
      coalesce(o.written_at > clock_timestamp() - ${arrivalSql} and o.written_at > coalesce(o.verified_at, 'epoch'), false) as arriving
    from read r left join offers o on o.tenant = $1 and o.offer_id = r.offer_id
  ), drifted as (
    insert into drift (tenant, sku, field, expected, found, class)
    select $1, c.sku, d.field, d.expected, d.found, ${driftClassSql('c')}
    from compared c cross join lateral (values ('price', c.known_price, c.price), ('cost', c.known_cost, c.cost)) d(field, expected, found)
    where c.sku is not null and c.current and not c.arriving and d.expected <> d.found
  ), kept as (
    insert into offers as o (tenant, offer_id, sku, price, cost, pass, folded)
    select $1, offer_id, sku, price, cost, coalesce($3::bigint, 0), folded from compared
    on conflict (tenant, offer_id) do update set sku = excluded.sku, folded = excluded.folded,
      pass = greatest(o.pass, coalesce($3::bigint, o.pass)), read_at = clock_timestamp(),
      agreed_price = coalesce(o.agreed_price, o.price), agreed_cost = coalesce(o.agreed_cost, o.cost),
      (price, cost, verified_at) = (
        select case when c.current and not (c.arriving and c.differs) then c.price else o.price end, case when c.current and not (c.arriving and c.differs) then c.cost else o.cost end,
          case when c.current and not c.differs then clock_timestamp() else o.verified_at end
        from compared c where c.offer_id = o.offer_id)
  )
  select sku from compared where sku is not null and current and differs and arriving`;

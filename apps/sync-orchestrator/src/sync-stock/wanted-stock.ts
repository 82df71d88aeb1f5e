import { isFoldedSql } from '../sku-twins/folded-sql.js';
import { isStockedSql } from './stocked-goods.js';
import { unreadSql } from './unread-positions.js';

/** A refused row is tried again after an hour, then after twice as long each time, but not for ever; at once when it would say something else. */
export function refusalWaitsSql(alias: string, sameSql: string): string {
  return `(${alias}.refused is not null and ${sameSql} and (${alias}.refusals >= 6 or ${alias}.refused_at > clock_timestamp() - interval '1 hour' * 2 ^ (${alias}.refusals - 1)))`;
}

/** A balance that was read apart from the snapshot is of the attempt that read it: the oldest of all. */
const oldestBalanceSql = `
  select least(s.attempt, (select min(b.attempt) from balances b where b.tenant = $1 and b.attempt is not null))
  from snapshots s where s.tenant = $1 and s.kind = 'balances'`;

/** So many places KeyCRM keeps of a position's number. It is tried with all of them again from time to time. */
const placesSql = `coalesce(case when p.places_at > clock_timestamp() - interval '7 days' then p.places end, 6)`;

/**
 * What KeyCRM should hold, set-wise, as a common table expression `wanted (sku, warehouse_id, good, quantity, left_out,
 * known, waits, unread, to_write)` for tenant `$1` with the overrides `$2` (JSON list of {keycrm, dilovod}) and the
 * only SKUs to look at `$3` (null: all).
 *
 * quantity = balance in Dilovod's snapshot, less what our documents moved out since (a movement and a snapshot are
 * numbered by their attempts in a lane that does one thing at a time), and corrected order by order: what KeyCRM has
 * taken off and our documents have not moved yet is not given back; what they have moved and KeyCRM is still due to
 * take off is left for it to take. For an order that moves nothing in KeyCRM any more (cancelled, returned, deleted,
 * dropped by a person) Dilovod's balance counts as it is, and so it does for a line that KeyCRM never takes off. SKUs
 * that stand on several offers, or articles on several goods, are left out, and so are goods that are not kept in
 * stock or that the snapshot does not show legibly, what a shipment in doubt may have moved, and a position where KeyCRM was read to hold less than was known:
 * before that is called drift, the orders are read that may have taken it. A row that KeyCRM refused `waits` until it
 * would say something else, or for a while; one that is `unread` is read first. What else differs is `to_write`, less
 * what is `left_out` for an account that adds its reserve to what is written: there, nothing brings a balance below the
 * reserve.
 */
export const wantedStockSql = `
  sku_goods as (${skuGoodsSql()}),
  balance as (
    select w.warehouse_id, b.good, sum(b.qty) as qty
    from tenant_warehouses w join balances b on b.tenant = w.tenant and b.storage = w.storage
    where w.tenant = $1 group by 1, 2
  ),
  since as (
    select w.warehouse_id, m.good, sum(m.quantity) as qty
    from movements m join tenant_warehouses w on w.tenant = m.tenant and w.storage = m.storage
    left join balances b on b.tenant = m.tenant and b.good = m.good and b.storage = m.storage and b.attempt is not null
    where m.tenant = $1 and m.attempt > (${oldestBalanceSql})
      and m.attempt > coalesce(b.attempt, (select attempt from snapshots where tenant = $1 and kind = 'balances'))
    group by 1, 2
  ),
  under_way as (
    select sku, warehouse_id, sum(case when taken then -greatest(0, quantity - moved) else least(quantity, greatest(0, moved)) end) as qty
    from write_offs where tenant = $1 and not settled group by 1, 2
  ),
  doubtful as (
    select distinct line ->> 'sku' as sku
    from orders o cross join lateral jsonb_array_elements(o.observation -> 'order' -> 'lines') line
    where o.tenant = $1 and o.doubt_attempt is not null
  ),
  illegible as (select unnest(unreadable) as good from snapshots where tenant = $1 and kind = 'balances'),
  compared as (
    select p.sku, p.warehouse_id, g.good, p.known, q.quantity, a.left_out, ${refusalWaitsSql('p', 'p.refused_value = q.quantity')} as waits, ${unreadSql('p')} as unread
    from positions p
    join sku_goods g on g.sku = p.sku
    left join balance b on b.warehouse_id = p.warehouse_id and b.good = g.good
    left join since m on m.warehouse_id = p.warehouse_id and m.good = g.good
    left join under_way u on u.warehouse_id = p.warehouse_id and u.sku = p.sku
    cross join lateral (select case when t.writes_beside_reserve then p.reserve else 0 end as left_out from tenants t where t.name = $1) a
    cross join lateral (
      select trim_scale(trunc(greatest(a.left_out, coalesce(b.qty, 0) - coalesce(m.qty, 0) + coalesce(u.qty, 0)), ${placesSql})) as quantity
    ) q
    where p.tenant = $1
      and exists (select 1 from snapshots where tenant = $1 and kind = 'balances')
      and ($3::text[] is null or p.sku = any ($3))
      and ${isStockedSql('g.good')}
      and not exists (select 1 from doubtful d where d.sku = p.sku)
      and not exists (select 1 from illegible i where i.good = g.good)
      and (p.doubted_at is null or p.doubted_at < (select min(coalesce(proved_at, 'epoch')) from schedules where tenant = $1 and flow in ('orders-updated', 'orders-recent')))
  ),
  wanted as (select *, known is distinct from quantity and not waits and not unread as to_write from compared)`;

/**
 * SKU of exactly one offer → the one good with its article; a SKU whose article an exception gives to another SKU is
 * repeated, too, and so are those that either system takes for one another. Parameters as above.
 */
export function skuGoodsSql(): string {
  return `
    with overrides as (select r.keycrm, r.dilovod from jsonb_to_recordset($2::jsonb) as r(keycrm text, dilovod text)),
    single as (
      select coalesce(overrides.dilovod, offers.sku) as article, max(offers.sku) as sku, max(offers.offer_id) as offer_id
      from offers left join overrides on overrides.keycrm = offers.sku
      where offers.tenant = $1 and offers.sku <> '' and not ${isFoldedSql('keycrm', 'offers.sku')}
      group by 1 having count(*) = 1
    ),
    articles as (
      select article, max(good) as good from goods
      where tenant = $1 and article <> '' and not ${isFoldedSql('dilovod', 'article')}
      group by article having count(*) = 1
    )
    select single.sku, single.offer_id, articles.good from single join articles using (article)`;
}

/** The parameters that both fragments start with. */
export function wantedParameters({ tenant, spec }: { readonly tenant: string; readonly spec: { readonly mode: string; readonly pilot: { readonly skus: readonly string[] }; readonly catalog: { readonly overrides: readonly object[] } } }): readonly unknown[] {
  return [tenant, JSON.stringify(spec.catalog.overrides), spec.mode === 'pilot' ? spec.pilot.skus : null];
}

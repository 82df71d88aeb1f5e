/**
 * What KeyCRM should hold, set-wise, as a common table expression `wanted (sku, warehouse_id, good, quantity, known, refused)` for tenant `$1` with the
 * overrides `$2` (JSON list of {keycrm, dilovod}) and the only SKUs to look at `$3` (null: all).
 *
 * quantity = balance in Dilovod's snapshot + what our shipments had moved in it by then − what KeyCRM has written off by itself. An order that both have
 * taken off their stock cancels out; one that only KeyCRM has is not given back by an older snapshot; one that only Dilovod has is not taken off twice.
 * SKUs that stand on several offers, or articles on several goods, are left out, and so is what a shipment in doubt may have moved, and a position where
 * KeyCRM was read to hold less than was known: before that is called drift, the orders are read that may have taken it.
 */
export const wantedStockSql = `
  snapshot as (select attempt from snapshots where tenant = $1 and kind = 'balances'),
  sku_goods as (${skuGoodsSql()}),
  balance as (
    select w.warehouse_id, b.good, sum(b.qty) as qty
    from tenant_warehouses w join balances b on b.tenant = w.tenant and b.storage = w.storage
    where w.tenant = $1 group by 1, 2
  ),
  moved as (
    select w.warehouse_id, m.good, sum(m.quantity) as qty
    from movements m
    join tenant_warehouses w on w.tenant = m.tenant and w.storage = m.storage
    cross join snapshot s
    where m.tenant = $1 and m.attempt < s.attempt group by 1, 2
  ),
  written_off as (
    select sku, warehouse_id, sum(quantity) as qty from write_offs where tenant = $1 group by 1, 2
  ),
  doubtful as (
    select distinct line ->> 'sku' as sku
    from orders o cross join lateral jsonb_array_elements(o.observation -> 'order' -> 'lines') line
    where o.tenant = $1 and o.doubt_attempt is not null
  ),
  wanted as (
    select p.sku, p.warehouse_id, g.good, p.known, p.refused,
      trim_scale(greatest(0, coalesce(b.qty, 0) + coalesce(m.qty, 0) - coalesce(w.qty, 0))) as quantity
    from positions p
    cross join snapshot s
    join sku_goods g on g.sku = p.sku
    left join balance b on b.warehouse_id = p.warehouse_id and b.good = g.good
    left join moved m on m.warehouse_id = p.warehouse_id and m.good = g.good
    left join written_off w on w.warehouse_id = p.warehouse_id and w.sku = p.sku
    where p.tenant = $1
      and ($3::text[] is null or p.sku = any ($3))
      and not exists (select 1 from doubtful d where d.sku = p.sku)
      and (p.doubted_at is null or p.doubted_at < (select proved_at from schedules where tenant = $1 and flow = 'orders-updated'))
  )`;

/** SKU of exactly one offer → the one good with its article. Parameters as above. */
export function skuGoodsSql(): string {
  return `
    with overrides as (select r.keycrm, r.dilovod from jsonb_to_recordset($2::jsonb) as r(keycrm text, dilovod text)),
    single as (select sku, max(offer_id) as offer_id from offers where tenant = $1 and sku <> '' group by sku having count(*) = 1),
    articles as (select article, max(good) as good from goods where tenant = $1 and article is not null group by article having count(*) = 1)
    select single.sku, single.offer_id, articles.good
    from single
    left join overrides on overrides.keycrm = single.sku
    join articles on articles.article = coalesce(overrides.dilovod, single.sku)`;
}

/** The parameters that both fragments start with. */
export function wantedParameters({ tenant, spec }: { readonly tenant: string; readonly spec: { readonly mode: string; readonly pilot: { readonly skus: readonly string[] }; readonly catalog: { readonly overrides: readonly object[] } } }): readonly unknown[] {
  return [tenant, JSON.stringify(spec.catalog.overrides), spec.mode === 'pilot' ? spec.pilot.skus : null];
}

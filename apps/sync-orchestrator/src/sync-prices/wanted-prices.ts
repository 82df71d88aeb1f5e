import type { TenantSpec } from '@kds/tenancy';
import { currencyCodeSql } from '../currencies/client-currency.js';
import { refusalWaitsSql, skuGoodsSql } from '../sync-stock/wanted-stock.js';

/** A card's currency is believed for a day (`cardBelievedMs`). */
const cardIsStaleSql = `card_read_at < clock_timestamp() - interval '1 day'`;

const sameAsRefusedSql = `
  refused_price is not distinct from case when price_differs then want_price end
    and refused_cost is not distinct from case when cost_differs then want_cost end`;

/** The same as `cardCurrency` of the domain, for a row of `offers` and the code of the client's currency. */
export const cardSql = `
  case when card_read_at is null or client_currency is null then 'unknown'
    when card_currency <> client_currency then 'foreign'
    when ${cardIsStaleSql} then 'unknown' else 'ours' end`;

/**
 * What KeyCRM's prices should be, as common table expressions `judged (sku, offer_id, price, cost, agreed_price,
 * agreed_cost, want_price, want_cost, price_differs, cost_differs, card, waits)` and `differing`, which leaves out
 * cards that are kept in another currency; parameters `$1`–`$3` as for stock, `$4` whether cost is synced, `$5` the
 * client's currency. A price that Dilovod does not have, or has in another currency, is null and never becomes zero; a
 * cost is only known where something is on hand. Both are rounded to what KeyCRM keeps: a kopeck, lest what is read
 * back differ for ever. A row `waits` that KeyCRM refused, or whose card has to be read first.
 */
export const wantedPricesSql = `
  sku_goods as (${skuGoodsSql()}),
  cost as (
    select b.good, round(sum(b.amount) / sum(b.qty), 2) as cost
    from balances b join tenant_warehouses w on w.tenant = b.tenant and w.storage = b.storage
    where b.tenant = $1 and $4::boolean and b.qty > 0
    group by b.good having sum(b.qty) > 0 and sum(b.amount) > 0
  ),
  wanted as (
    select g.sku, o.offer_id, o.price, o.cost, o.agreed_price, o.agreed_cost,
      nullif(round(r.price, 2), 0) as want_price, c.cost as want_cost,
      o.refused, o.refusals, o.refused_at, o.refused_price, o.refused_cost,
      o.card_currency, o.card_read_at, o.card_asked_at, o.card_unanswered,
      ${currencyCodeSql('$5::text')} as client_currency
    from sku_goods g
    join offers o on o.tenant = $1 and o.offer_id = g.offer_id
    left join retail_prices r on r.tenant = $1 and r.good = g.good and (r.currency is null or r.currency = $5)
    left join cost c on c.good = g.good
    where $3::text[] is null or g.sku = any ($3)
  ),
  compared as (
    select *, want_price is not null and price is distinct from want_price as price_differs,
      want_cost is not null and cost is distinct from want_cost as cost_differs, ${cardSql} as card
    from wanted
  ),
  judged as (
    select *, ${refusalWaitsSql('c', sameAsRefusedSql)} as is_refused
    from compared c
  ),
  differing as (
    select *, is_refused or (card = 'unknown' and (price_differs or cost_differs)) as waits
    from judged where card <> 'foreign'
  )`;

/**
 * The cards of a run that have to be read, as JSON: `offerId`, and whether the run waits for it. One that was asked for
 * in vain is asked for again an hour later.
 */
export const cardsToReadSql = `(
  select coalesce(jsonb_agg(jsonb_build_object('offerId', offer_id,
    'due', card_asked_at is null or card_asked_at < clock_timestamp() - interval '1 hour',
    'holds', card = 'unknown' and not card_unanswered) order by offer_id), '[]')
  from judged
  where client_currency is not null and not is_refused
    and ((card = 'unknown' and (price_differs or cost_differs)) or (card = 'foreign' and ${cardIsStaleSql})))`;

export function wantedPriceParameters({ tenant, spec }: { readonly tenant: string; readonly spec: TenantSpec }): readonly unknown[] {
  return [tenant, JSON.stringify(spec.catalog.overrides), spec.mode === 'pilot' ? spec.pilot.skus : null, spec.prices.cost === 'balance', spec.dilovod.currency];
}

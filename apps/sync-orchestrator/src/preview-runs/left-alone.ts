import { foldedSql } from '../sku-twins/folded-sql.js';
import { isStockedSql } from '../sync-stock/stocked-goods.js';
import { wantedPricesSql } from '../sync-prices/wanted-prices.js';

/** What is not synced and why, `(reason, count, skus)`; parameters as for prices. */
export const leftAloneSql = `
  with ${wantedPricesSql},
  exceptions as (select r.keycrm, r.dilovod from jsonb_to_recordset($2::jsonb) as r(keycrm text, dilovod text)),
  offered as (select o.sku, coalesce(e.dilovod, o.sku) as article, o.offer_id from offers o left join exceptions e on e.keycrm = o.sku where o.tenant = $1),
  left_alone as (
    select 'KeyCRM: no SKU' as reason, 'offer ' || offer_id as sku from offered where coalesce(sku, '') = ''
    union all
    select 'KeyCRM: SKU repeated', sku from offered where sku <> '' and article in (select article from offered where sku <> '' group by article having count(*) > 1)
    union all
    select concat('KeyCRM: SKU ', case when not folds then 'perhaps ' end, 'folded with another'), sku
    from (${foldedSql('keycrm')}) f
    union all
    select concat('Dilovod: article ', case when not folds then 'perhaps ' end, 'folded with another'), sku
    from (${foldedSql('dilovod')}) f
    union all
    select 'Dilovod: no article', name from goods where tenant = $1 and coalesce(article, '') = ''
    union all
    select 'Dilovod: article repeated', article from goods where tenant = $1 and article <> '' group by article having count(*) > 1
    union all
    select 'only in KeyCRM', sku from offered o where sku <> '' and not exists (select 1 from goods g where g.tenant = $1 and g.article = o.article)
    union all
    select 'only in Dilovod', article from goods g where tenant = $1 and article <> '' and not exists (select 1 from offered o where o.article = g.article)
    union all
    select 'stock: not kept in stock in Dilovod', g.sku from sku_goods g where not ${isStockedSql('g.good')}
    union all
    select 'price: card in another currency', sku from judged where card = 'foreign'
    union all
    select 'price: currency of the card not known yet', sku from judged
    where card = 'unknown' and (price_differs or cost_differs) and not is_refused
    union all
    select 'price in another currency', g.sku from sku_goods g join retail_prices r on r.tenant = $1 and r.good = g.good where r.currency <> $5
  )
  select reason, count(distinct sku)::int as count, (array_agg(distinct sku order by sku))[1:20] as skus from left_alone
  where $3::text[] is null or sku = any ($3) group by reason order by reason`;

import { type Db, row, rows } from '@kds/persistence';
import { type GoodFact, liveLines, type OrderBinding, type OrderFacts, type PersonFact, toPersonWanted, type UnkeyedDocument } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { loadCurrency } from '../currencies/load-currency.js';
import { articleOf } from '../match-goods/article-of.js';
import { foldedSql } from '../sku-twins/folded-sql.js';
import type { OrderRecord } from '../orders/orders.repository.js';
import { toOrderMapping } from '../orders/to-order-mapping.js';

/** Everything known that bears on one order. */
export async function loadOrderFacts(db: Db, { order, spec }: { readonly order: OrderRecord; readonly spec: TenantSpec }): Promise<OrderFacts> {
  const { observation, binding, refusals, dropped, released, tenant } = order;
  const shown = observation.kind === 'present' ? observation.order : undefined;
  const person = await loadPerson(db, tenant, toPersonWanted(shown?.buyer ?? null)?.key);
  const skus = [...new Set((shown === undefined ? [] : liveLines(shown)).flatMap((line) => line.sku || []))];
  return {
    observation,
    binding,
    dropped,
    refusals,
    released,
    mapping: toOrderMapping(spec),
    goodsRefused: (await row<{ refused: OrderFacts['goodsRefused'] }>(db, `select refused from schedules where tenant = $1 and flow = 'goods'`, [tenant]))?.refused ?? null,
    goods: await loadGoods(db, { tenant, skus, spec }),
    person,
    currency: await loadCurrency(db, { tenant, spec, orderId: order.order_id, sourceId: shown?.sourceId ?? null }),
    struck: await loadStruck(db, tenant, binding),
    unkeyed: await loadUnkeyed(db, { order, person }),
    articles: await loadArticles(db, tenant, binding),
  };
}

/** Only an order without documents of its own can have some that nobody knows of. */
async function loadUnkeyed(db: Db, { order, person }: { readonly order: OrderRecord; readonly person: PersonFact }): Promise<OrderFacts['unkeyed']> {
  const { tenant, order_id, binding } = order;
  if (binding.saleOrder !== null || binding.shipments.length > 0) return { fresh: true, documents: [] };
  const documents = await rows<UnkeyedDocument>(
    db,
    `select type, document as id, number, person, trim_scale(amount)::text as amount, made_on::text as "madeOn", mentions from documents_listed
     where tenant = $1 and order_id is null and type in ('saleOrder', 'sale') and (person = $2 or mentions @> jsonb_build_array($3::bigint)) order by document limit 100`,
    [tenant, person.kind === 'known' ? person.id : null, order_id],
  );
  const held = await row(db, `select 1 from orders o join tenants t on t.name = o.tenant where o.tenant = $1 and o.order_id = $2 and o.held_at > t.documents_listed_at`, [tenant, order_id]);
  return { fresh: held === undefined, documents };
}

function goodsOf({ saleOrder, shipments }: OrderBinding): readonly string[] {
  return [...new Set([...(saleOrder?.rows ?? []), ...shipments.flatMap((shipment) => shipment.rows)].map((each) => each.good))];
}

/** Goods of the order's documents that the catalogue, once it has been read, does not have. */
async function loadStruck(db: Db, tenant: string, binding: OrderBinding): Promise<ReadonlySet<string>> {
  const goods = goodsOf(binding);
  if (goods.length === 0) return new Set();
  const struck = await rows<{ good: string }>(
    db,
    `select w.good from unnest($2::text[]) as w(good)
     where not exists (select 1 from goods g where g.tenant = $1 and g.good = w.good)
       and exists (select 1 from schedules s where s.tenant = $1 and s.flow = 'goods' and s.proved_at is not null)`,
    [tenant, goods],
  );
  return new Set(struck.map(({ good }) => good));
}

/** How people know the goods of the order's documents. */
async function loadArticles(db: Db, tenant: string, binding: OrderBinding): Promise<ReadonlyMap<string, string>> {
  const goods = goodsOf(binding);
  if (goods.length === 0) return new Map();
  const known = await rows<{ good: string; known_as: string }>(db, `select good, coalesce(article, name) as known_as from goods where tenant = $1 and good = any ($2)`, [tenant, goods]);
  return new Map(known.map(({ good, known_as }) => [good, known_as]));
}

/** What was read earlier is read again before a document is made of it. */
const believedSinceSql = `clock_timestamp() - interval '10 minutes'`;

async function loadGoods(db: Db, { tenant, skus, spec }: { readonly tenant: string; readonly skus: readonly string[]; readonly spec: TenantSpec }): Promise<ReadonlyMap<string, GoodFact>> {
  const articles = new Map(skus.map((sku) => [sku, articleOf(sku, spec)]));
  const found = await rows<{ article: string; goods: string[]; unit: string | null; stale: boolean }>(
    db,
    // What a base takes for one another is repeated for it.
    `select w.article, array_agg(g.good order by g.good) as goods, min(g.unit) as unit, bool_or(g.read_at < ${believedSinceSql}) as stale
     from (
       select a.article, f.folded
       from unnest($2::text[]) as a(article) left join (${foldedSql('dilovod')}) f on f.sku = a.article
     ) w
     join goods g on g.tenant = $1 and (g.article = w.article or g.folded = w.folded) group by w.article`,
    [tenant, [...articles.values()]],
  );
  const asked = await rows<{ article: string; lately: boolean }>(db, `select article, at > ${believedSinceSql} as lately from goods_asked where tenant = $1 and article = any ($2)`, [tenant, [...articles.values()]]);
  const byArticle = new Map(found.map((entry) => [entry.article, entry]));
  const askedFor = new Map(asked.map((entry) => [entry.article, entry.lately]));
  return new Map(
    skus.map((sku): [string, GoodFact] => {
      const article = articles.get(sku) ?? sku;
      const { goods = [], unit, stale = false } = byArticle.get(article) ?? {};
      const [good] = goods;
      if (good === undefined) return [sku, { kind: 'absent', asked: askedFor.has(article) }];
      return [sku, goods.length > 1 ? { kind: 'repeated', goods } : { kind: 'known', good, unit: unit ?? '', stale: stale && askedFor.get(article) !== true }];
    }),
  );
}

async function loadPerson(db: Db, tenant: string, key: string | undefined): Promise<PersonFact> {
  if (key === undefined) return { kind: 'unknown' };
  const person = await row<PersonRow>(db, `select state, person_id, name, choice, changed_at, failure from persons where tenant = $1 and key = $2`, [tenant, key]);
  if (person?.state === 'known' && person.person_id !== null) {
    return { kind: 'known', id: person.person_id, name: person.name, seenAt: person.changed_at.toISOString(), choice: person.choice };
  }
  if (person?.state === 'refused' && person.failure !== null) return { kind: 'refused', ...person.failure };
  return { kind: person?.state === 'absent' ? 'absent' : 'unknown' };
}

interface PersonRow {
  readonly state: string;
  readonly person_id: string | null;
  readonly name: string | null;
  readonly choice: Extract<PersonFact, { kind: 'known' }>['choice'];
  readonly changed_at: Date;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

import type { GoodRow } from '@kds/contracts';
import { type Db, execute, row, rows as rowsOf } from '@kds/persistence';
import { foldSku } from '@kds/sync-domain';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { lookAgain } from '../orders/orders.repository.js';
import type { CommandOf, EffectsOf, SettledCommand } from '../settle-command/settled-command.js';
import { askForTwins } from '../sku-twins/ask-for-twins.js';
import { keepTwins, learnTwins } from '../sku-twins/keep-twins.js';

type GoodsRead = SettledCommand<CommandOf<'read-goods'>>;

/**
 * The catalogue of Dilovod, whole or by article; a good that could not be read stays as it was known. Orders that
 * waited for goods, or were held for want of them, are looked at again.
 */
export const goodsEffects: EffectsOf<'read-goods'> = {
  async onDone({ db }, settled, { rows, atomic, unreadable = [] }) {
    const { tenant, command } = settled;
    await askForHistory(db, tenant, rows);
    await keepGoods(db, settled, rows);
    await markThere(db, settled, unreadable);
    if (command.articles === null) await endCatalogue(db, settled, atomic);
    else await endArticles(db, { settled, articles: command.articles, rows, atomic });
    await lookAgain(db, { tenant, where: `o.waits_for_goods or (o.decision = 'park' and (o.reason in ('sku-unknown', 'sku-repeated') or o.detail ->> 'reading' = 'goods'))`, also: 'waits_for_goods = false' });
  },
  /** Orders that wait for goods are held with the reason. */
  async onRejected({ db }, { tenant }) {
    await lookAgain(db, { tenant, where: 'o.waits_for_goods', also: 'waits_for_goods = false' });
  },
};

async function keepGoods(db: Db, { tenant, attempt }: GoodsRead, rows: readonly GoodRow[]): Promise<void> {
  const kept = rows.map((good) => ({ ...good, folded: good.article ? foldSku(good.article) : null }));
  await execute(
    db,
    `insert into goods (tenant, good, article, name, unit, read_attempt, read_at, folded)
     select $1, r.id, nullif(r.article, ''), r.name, r.unit, $3, clock_timestamp(), r.folded
     from jsonb_to_recordset($2::jsonb) as r(id text, article text, name text, unit text, folded text)
     on conflict (tenant, good) do update set article = excluded.article, name = excluded.name, unit = excluded.unit,
       read_attempt = excluded.read_attempt, read_at = excluded.read_at, folded = excluded.folded`,
    [tenant, JSON.stringify(kept), attempt],
  );
}

/** Goods whose rows could not be read are there all the same, and stay as they were known. */
async function markThere(db: Db, { tenant, attempt }: GoodsRead, goods: readonly string[]): Promise<void> {
  if (goods.length === 0) return;
  await execute(db, `update goods set read_attempt = $3 where tenant = $1 and good = any ($2)`, [tenant, goods, attempt]);
}

/**
 * What a catalogue that came in pages did not show is asked for by article before it is struck off; a good without one
 * is nobody's counterpart.
 */
async function endCatalogue(db: Db, { tenant, attempt }: GoodsRead, atomic: boolean): Promise<void> {
  await execute(
    db,
    `delete from goods where tenant = $1 and read_attempt < $2 and ($3 or article is null)`,
    [tenant, attempt, atomic === true],
  );
  const missing = await rowsOf<{ article: string }>(
    db,
    `select article from goods where tenant = $1 and read_attempt < $2
     group by article order by min(read_at), article limit ${missingAtMost}`,
    [tenant, attempt],
  );
  for (let start = 0; start < missing.length; start += articlesAtOnce) {
    const articles = missing.slice(start, start + articlesAtOnce).map(({ article }) => article);
    const subject = `goods-missing:${start}`;
    const command = { kind: 'read-goods', articles } as const;
    await enqueueCommand(db, { tenant, system: 'dilovod', subject, command, priority: priorities.stockAndPrices });
  }
  await execute(db, `delete from goods_asked where tenant = $1`, [tenant]);
  await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'goods'`, [tenant]);
  await keepTwins(db, { tenant, system: 'dilovod' });
  await askForTwins(db, { tenant, system: 'dilovod' });
}

/** Each fifty of them are a request. */
const articlesAtOnce = 500;
/** The others are asked for after the next reading. */
const missingAtMost = 1_000;

interface ArticlesRead {
  readonly settled: GoodsRead;
  readonly articles: readonly string[];
  readonly rows: readonly GoodRow[];
  readonly atomic: boolean;
}

/**
 * A good that was asked for by its article and is not shown has it no more. With outer blanks it may be a base that
 * leaves them out of the question.
 */
async function endArticles(db: Db, { settled, articles, rows, atomic }: ArticlesRead): Promise<void> {
  const { tenant, attempt } = settled;
  const plain = articles.filter((article) => article === article.trim());
  const giveUp = `
    update goods set article = null, folded = null
    where tenant = $1 and article = any ($2) and read_attempt < $3`;
  if (atomic === true) await execute(db, giveUp, [tenant, plain, attempt]);
  await execute(
    db,
    `insert into goods_asked (tenant, article, attempt) select $1, unnest($2::text[]), $3
     on conflict (tenant, article) do update set attempt = excluded.attempt, at = now()`,
    [tenant, articles, attempt],
  );
  const shown = rows.flatMap(({ article }) => article ?? []);
  await keepTwins(db, { tenant, system: 'dilovod', read: shown });
  if (atomic === true) await learnTwins(db, { tenant, system: 'dilovod', asked: articles, shown });
}

/** Goods that nobody knew: whether they are kept in stock is learnt soon, but not for each of many. */
async function askForHistory(db: Db, tenant: string, rows: readonly GoodRow[]): Promise<void> {
  const unknown = await row(
    db,
    `select 1 from unnest($2::text[]) as r(id)
     where not exists (select 1 from goods g where g.tenant = $1 and g.good = r.id) limit 1`,
    [tenant, rows.map(({ id }) => id)],
  );
  if (unknown === undefined) return;
  await execute(
    db,
    `update schedules set due_at = least(due_at, greatest(now(), proved_at + interval '1 hour'))
     where tenant = $1 and flow = 'stock-history' and proved_at is not null`,
    [tenant],
  );
}

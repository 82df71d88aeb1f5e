import { type Db, rowsSetWise } from '@kds/persistence';
import { decideRun, judgePriceRun, type PriceRunStats } from '@kds/sync-domain';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import type { StockOf } from '../sync-stock/plan-stock.js';
import { keepVerdict, loadStanding } from '../sync-stock/run-standing.js';
import { type CardToRead, readCardsFirst } from './read-cards.js';
import { cardsToReadSql, wantedPriceParameters, wantedPricesSql } from './wanted-prices.js';

/** What a run over all prices would do. */
export interface PriceRun extends PriceRunStats {
  /** Offers of which something differs. */
  readonly differing: number;
  readonly fingerprint: string;
  readonly cards: readonly CardToRead[];
  /** It is not known which code the client's currency has, so that no card can be compared with it. */
  readonly currencyUnknown: boolean;
}

export async function computePriceRun(db: Db, of: StockOf): Promise<PriceRun> {
  const [run] = await rowsSetWise<PriceRun>(db, runSql, wantedPriceParameters(of));
  if (run === undefined) throw new Error('an aggregate has a row');
  return run;
}

/**
 * Compares Dilovod's prices and costs with what KeyCRM is known to have; a difference makes a write wait in the lane, a
 * suspicious run is held whole. Cards whose currency is not known are read first, and the run is judged when they are.
 * `fresh`: prices or costs were read just now. True when KeyCRM is in step or about to be.
 */
export async function planPrices(db: Db, { tenant, spec, fresh }: StockOf & { readonly fresh: boolean }): Promise<boolean> {
  const standing = await loadStanding(db, { tenant, spec, flow: 'prices' });
  if (standing.waits && !fresh) return false;
  const { differing, fingerprint, cards, currencyUnknown, ...stats } = await computePriceRun(db, { tenant, spec });
  await readCardsFirst(db, { tenant, cards });
  if (spec.mode === 'shadow') return true;
  if (currencyUnknown || cards.some(({ holds }) => holds)) return false;
  const verdict = decideRun({ judge: (guards) => judgePriceRun(stats, guards), guards: spec.guards, standing, fingerprint });
  const describe = async () => ({ ...stats, worst: await rowsSetWise(db, worstSql, wantedPriceParameters({ tenant, spec })) });
  if (!(await keepVerdict(db, { tenant, flow: 'prices', verdict, standing, fingerprint, describe }))) return false;
  if (differing > 0) await enqueueCommand(db, { tenant, system: 'keycrm', subject: 'prices', command: { kind: 'write-prices', rows: [] }, priority: priorities.stockAndPrices });
  return true;
}

/** A price that KeyCRM does not have yet is not a change, and what puts back one that was edited there (it had been agreed before) is none either. */
const changeSql = `greatest(
  case when price_differs and price > 0 then least(abs(want_price - price) / price, abs(want_price - agreed_price) / nullif(agreed_price, 0)) end,
  case when cost_differs and cost > 0 then least(abs(want_cost - cost) / cost, abs(want_cost - agreed_cost) / nullif(agreed_cost, 0)) end)`;

const runSql = `
  with ${wantedPricesSql}
  select (count(*) filter (where price > 0 or cost > 0))::int as priced,
    (count(*) filter (where ${changeSql} > 0))::int as changed,
    coalesce(max(${changeSql}), 0)::float8 as "largestChange",
    (count(*) filter (where price_differs or cost_differs))::int as differing,
    coalesce(md5(string_agg(concat_ws(' ', sku, want_price, want_cost), chr(10) order by sku) filter (where ${changeSql} > 0)), '') as fingerprint,
    ${cardsToReadSql} as cards,
    (select coalesce(bool_or(client_currency is null and (price_differs or cost_differs)), false) from judged) as "currencyUnknown"
  from differing where not waits`;

const worstSql = `
  with ${wantedPricesSql}
  select sku, trim_scale(price)::text as price, trim_scale(want_price)::text as "wantPrice", trim_scale(cost)::text as cost, trim_scale(want_cost)::text as "wantCost" from differing
  where ${changeSql} > 0 and not waits order by ${changeSql} desc, sku limit 20`;

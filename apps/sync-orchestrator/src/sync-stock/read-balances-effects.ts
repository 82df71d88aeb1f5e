import type { BalanceRow, Columns } from '@kds/contracts';
import { columnsSql, type Db, execute, row, rows, rowsSetWise } from '@kds/persistence';
import { decideRun, judgeSnapshot } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import { lookAgain } from '../orders/orders.repository.js';
import type { CommandOf, EffectsOf, SettledCommand } from '../settle-command/settled-command.js';
import { planPrices } from '../sync-prices/plan-prices.js';
import { computeStockRun, planStock, worstOfStock } from './plan-stock.js';
import { refreshUnderWay } from './refresh-under-way.js';
import { keepVerdict, loadStanding } from './run-standing.js';
import { keepStocked } from './stocked-goods.js';

type BalancesRead = SettledCommand<CommandOf<'read-balances'>>;

/**
 * A snapshot of Dilovod's stock register: taken over whole unless it looks wrong, and then compared with KeyCRM. Goods
 * that could not be read keep the balance they had, and nothing is written of them.
 */
export const readBalancesEffects: EffectsOf<'read-balances'> = {
  async onDone({ db, spec }, settled, { columns: balances, atomic, unreadable = [] }) {
    if (spec === undefined) return;
    const { tenant, attempt, command } = settled;
    if (command.goods !== undefined) {
      const legible = command.goods.filter((good) => !unreadable.includes(good));
      if (atomic) await takeOverSome(db, settled, { goods: legible, balances });
      await refreshUnderWay(db, { tenant, spec });
      await planStock(db, { tenant, spec, fresh: false });
      await planPrices(db, { tenant, spec, fresh: false });
      return;
    }
    const snapshot = { tenant, spec, attempt, balances, atomic, unreadable };
    if (!(await acceptable(db, snapshot))) return;
    await takeOver(db, snapshot);
    await askForMissing(db, settled);
    await wakeShortages(db, tenant);
    await askForNewGoods(db, tenant);
    const stockInStep = await planStock(db, { tenant, spec, fresh: true });
    const pricesInStep = await planPrices(db, { tenant, spec, fresh: true });
    const inStep = [...(stockInStep ? ['stock'] : []), ...(pricesInStep && spec.prices.retail === null ? ['prices'] : [])];
    await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = any ($2)`, [tenant, inStep]);
  },
};

interface Snapshot {
  readonly tenant: string;
  readonly spec: TenantSpec;
  readonly attempt: string;
  readonly balances: Columns<BalanceRow>;
  readonly unreadable: readonly string[];
  /** All of one moment: what is not in it is not there. */
  readonly atomic: boolean;
}

/** Judges a snapshot against the last one. What one that looks wrong would do is tried out and undone, so that a person can see it. */
async function acceptable(db: Db, snapshot: Snapshot): Promise<boolean> {
  const { tenant, spec, balances } = snapshot;
  const last = await row<{ rows: number }>(db, `select rows from snapshots where tenant = $1 and kind = 'balances'`, [tenant]);
  const stats = { rows: balances.good.length, lastRows: last?.rows ?? null };
  if (judgeSnapshot(stats, spec.guards) === undefined) return true;
  await db.query('savepoint as_if_accepted');
  await takeOver(db, snapshot);
  const { inStock, zeroed, fingerprint: zeroedOnes } = await computeStockRun(db, { tenant, spec });
  const worst = await worstOfStock(db, { tenant, spec });
  await db.query('rollback to savepoint as_if_accepted');
  const standing = await loadStanding(db, { tenant, spec, flow: 'stock' });
  const fingerprint = `snapshot-shrunken:${zeroedOnes}`;
  const verdict = decideRun({ judge: (guards) => judgeSnapshot(stats, guards), guards: spec.guards, standing, fingerprint });
  return keepVerdict(db, { tenant, flow: 'stock', verdict, standing, fingerprint, describe: async () => ({ ...stats, inStock, zeroed, worst }) });
}

/**
 * A balance that a snapshot in pages does not show stays for now as it was read before, which is told by the attempt
 * that it then bears.
 */
async function takeOver(db: Db, { tenant, spec, attempt, balances, atomic, unreadable }: Snapshot): Promise<void> {
  const gone = `b.good <> all ($3::text[]) and not exists (select 1 from fresh f where f.good = b.good and f.storage = b.storage)`;
  const drop = `delete from balances b where b.tenant = $1 and ${atomic ? '' : 'b.qty = 0 and '}${gone}`;
  const keep = `
    update balances b
    set attempt = coalesce(b.attempt, (select s.attempt from snapshots s where s.tenant = $1 and s.kind = 'balances'), 0)
    where b.tenant = $1 and b.qty <> 0 and ${gone}`;
  await rowsSetWise(
    db,
    `with fresh as (${freshSql}), gone as (${drop})${atomic ? '' : `, kept as (${keep})`}
     insert into balances as b (tenant, good, storage, qty, amount) select $1, good, storage, qty, amount from fresh
     on conflict (tenant, good, storage) do update set qty = excluded.qty, amount = excluded.amount, attempt = null
     where (b.qty, b.amount) is distinct from (excluded.qty, excluded.amount) or b.attempt is not null`,
    [tenant, JSON.stringify(balances), unreadable],
  );
  await execute(
    db,
    `insert into snapshots (tenant, kind, attempt, rows, unreadable) values ($1, 'balances', $2, $3, $4)
     on conflict (tenant, kind) do update set attempt = excluded.attempt, rows = excluded.rows, unreadable = excluded.unreadable, accepted_at = now()`,
    [tenant, attempt, balances.good.length, unreadable],
  );
  await keepStocked(db, tenant);
  await refreshUnderWay(db, { tenant, spec });
}

const freshSql = `
  select good, storage, sum(qty::numeric) as qty, sum(amount::numeric) as amount
  from ${columnsSql('$2', ['good', 'storage', 'qty', 'amount'])} group by 1, 2`;

/** Goods that were asked for by name, each at one moment: what is not shown of them is none. */
async function takeOverSome(
  db: Db,
  { tenant, attempt }: BalancesRead,
  { goods, balances }: Pick<Snapshot, 'balances'> & { readonly goods: readonly string[] },
): Promise<void> {
  await execute(
    db,
    `with fresh as (${freshSql}), gone as (
       update balances b set qty = 0, amount = 0, attempt = $3::bigint
       where b.tenant = $1 and b.good = any ($4)
         and not exists (select 1 from fresh f where f.good = b.good and f.storage = b.storage)
     )
     insert into balances as b (tenant, good, storage, qty, amount, attempt)
     select $1, good, storage, qty, amount, $3::bigint from fresh
     on conflict (tenant, good, storage)
     do update set qty = excluded.qty, amount = excluded.amount, attempt = excluded.attempt`,
    [tenant, JSON.stringify(balances), attempt, goods],
  );
  await keepStocked(db, tenant);
}

/** Each fifty of them are two requests. */
const goodsAtOnce = 200;

/**
 * Goods of which a snapshot in pages did not show what was there before are asked for by name, those that have waited
 * longest first.
 */
async function askForMissing(db: Db, { tenant, attempt, command }: BalancesRead): Promise<void> {
  const missing = await rows<{ good: string }>(
    db,
    `select good from balances where tenant = $1 and attempt < $2
     group by good order by min(attempt), good limit ${goodsAtOnce}`,
    [tenant, attempt],
  );
  if (missing.length === 0) return;
  const asked = { ...command, goods: missing.map(({ good }) => good) };
  const priority = priorities.stockAndPrices;
  await enqueueCommand(db, { tenant, system: 'dilovod', subject: 'balances-missing', command: asked, priority });
}

/** Orders held for a shortage are tried again once the snapshot covers what they lacked. */
async function wakeShortages(db: Db, tenant: string): Promise<void> {
  const uncovered = `
    select 1 from jsonb_to_recordset(case jsonb_typeof(o.detail -> 'goods') when 'array' then o.detail -> 'goods' else '[]' end) as g("goodId" text, needed numeric)
    where g."goodId" is not null and g.needed > coalesce((select max(b.qty) from balances b where b.tenant = o.tenant and b.good = g."goodId"), 0)`;
  await lookAgain(db, { tenant, where: `o.decision = 'park' and o.reason = 'shortage' and not exists (${uncovered})`, also: `refusals = '[]'` });
}

/** Goods that the snapshot names and the catalogue as last read does not: the catalogue has grown. */
async function askForNewGoods(db: Db, tenant: string): Promise<void> {
  const unknown = await row(db, `select 1 from balances b where b.tenant = $1 and not exists (select 1 from goods g where g.tenant = b.tenant and g.good = b.good)`, [tenant]);
  if (unknown) await execute(db, `update schedules set due_at = least(due_at, now()) where tenant = $1 and flow = 'goods' and (proved_at is null or proved_at < now() - interval '1 minute')`, [tenant]);
}

import { type Db, execute, row, rowsSetWise } from '@kds/persistence';
import { judgeSnapshot } from '@kds/sync-domain';
import { lookAgain } from '../orders/orders.repository.js';
import { planPrices } from '../sync-prices/plan-prices.js';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { holdRun, isReleased } from './held-runs.js';
import { planStock } from './plan-stock.js';

/** A snapshot of Dilovod's stock register: taken over whole unless it looks wrong, and then compared with KeyCRM. */
export const readBalancesEffects: EffectsOf<'read-balances'> = {
  async onDone({ db, spec }, { tenant, attempt }, { rows: found }) {
    if (spec === undefined) return;
    const last = await row<{ rows: number }>(db, `select rows from snapshots where tenant = $1 and kind = 'balances'`, [tenant]);
    const problem = judgeSnapshot({ rows: found.length, lastRows: last?.rows ?? null }, spec.guards);
    if (problem && !(await isReleased(db, { tenant, flow: 'stock' }))) return holdRun(db, { tenant, flow: 'stock', ...problem, detail: { rows: found.length, lastRows: last?.rows } });
    await takeOver(db, { tenant, attempt, balances: found });
    await wakeShortages(db, tenant);
    await askForNewGoods(db, tenant);
    await planStock(db, { tenant, spec });
    await planPrices(db, { tenant, spec });
    await execute(db, `update schedules set proved_at = now() where tenant = $1 and flow = 'stock'`, [tenant]);
  },
};

async function takeOver(db: Db, { tenant, attempt, balances }: { readonly tenant: string; readonly attempt: string; readonly balances: readonly object[] }): Promise<void> {
  await rowsSetWise(
    db,
    `with fresh as (
       select good, storage, sum(qty) as qty, sum(amount) as amount from jsonb_to_recordset($2::jsonb) as r(good text, storage text, qty numeric, amount numeric) group by 1, 2
     ), gone as (
       delete from balances b where b.tenant = $1 and not exists (select 1 from fresh f where f.good = b.good and f.storage = b.storage)
     )
     insert into balances as b (tenant, good, storage, qty, amount) select $1, good, storage, qty, amount from fresh
     on conflict (tenant, good, storage) do update set qty = excluded.qty, amount = excluded.amount
     where (b.qty, b.amount) is distinct from (excluded.qty, excluded.amount)`,
    [tenant, JSON.stringify(balances)],
  );
  await execute(
    db,
    `insert into snapshots (tenant, kind, attempt, rows) values ($1, 'balances', $2, $3)
     on conflict (tenant, kind) do update set attempt = excluded.attempt, rows = excluded.rows, accepted_at = now()`,
    [tenant, attempt, balances.length],
  );
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

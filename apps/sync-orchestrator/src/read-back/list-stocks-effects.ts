import type { StockRow } from '@kds/contracts';
import { type Db, execute, row } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { askForTwins } from '../sku-twins/ask-for-twins.js';
import { keepTwins, learnTwins } from '../sku-twins/keep-twins.js';
import { planPrices } from '../sync-prices/plan-prices.js';
import { planStock } from '../sync-stock/plan-stock.js';
import { anythingDiffers } from './anything-differs.js';
import { enqueueReadBack } from './enqueue-read-back.js';
import { askForMissing, forgetMissing } from './missing-offers.js';
import { keepOffers } from './keep-offers.js';
import { keepPositions } from './keep-positions.js';

/** What was read of KeyCRM's stock list, and when it was asked for. */
export interface Reading {
  readonly tenant: string;
  readonly dispatchedAt: Date;
  readonly rows: readonly StockRow[];
  /** The number of the pass over the whole catalogue that it belongs to. */
  readonly pass: number | undefined;
}

/** For a write that was not seen yet; it is asked for until it has had time to arrive. */
const askAgainMs = 30_000;

/** What KeyCRM really holds, a page of the catalogue or rows written a moment ago. What differs from what was known is drift, counted and repaired. */
export const listStocksEffects: EffectsOf<'list-stocks'> = {
  async onDone({ db, spec }, { tenant, command, subject, dispatchedAt }, { rows, page, lastPage, whole, unreadable = [] }) {
    if (spec === undefined) return;
    const current = await passNumber(db, tenant);
    const pass = command.skus === null ? current : undefined;
    const reading: Reading = { tenant, dispatchedAt, rows, pass };
    if (pass !== undefined && unreadable.length > 0) await markSeen(db, { tenant, pass, offers: unreadable });
    const late = [...(await keepOffers(db, reading)), ...(await keepPositions(db, { ...reading, spec }))];
    const named = { tenant, system: 'keycrm', read: rows.flatMap(({ sku }) => sku || []) } as const;
    await keepTwins(db, named);
    if (command.skus !== null && whole === true && lastPage === 1) {
      await learnTwins(db, { ...named, asked: command.skus, shown: named.read });
      await forgetMissing(db, { tenant, current, skus: command.skus, shown: rows });
    }
    if (late.length > 0) await enqueueReadBack(db, { tenant, skus: late, delayMs: askAgainMs });
    if (pass !== undefined && page < lastPage) {
      await enqueueCommand(db, { tenant, system: 'keycrm', subject, command: { ...command, page: page + 1 }, priority: priorities.readBack });
      return;
    }
    if (pass !== undefined) await closePass(db, tenant, pass);
    await planAgain(db, { tenant, spec, skus: command.skus });
  },
};

/** Runs are judged whole; after a look at a few rows, only when one of them differs. */
async function planAgain(db: Db, { tenant, spec, skus }: { readonly tenant: string; readonly spec: TenantSpec; readonly skus: readonly string[] | null }): Promise<void> {
  const differs = skus === null ? { stock: true, prices: true } : await anythingDiffers(db, { tenant, spec, skus });
  if (differs.stock) await planStock(db, { tenant, spec, fresh: false });
  if (differs.prices) await planPrices(db, { tenant, spec, fresh: false });
}

async function passNumber(db: Db, tenant: string): Promise<number> {
  const schedule = await row<{ pass: number | null }>(db, `select (cursor ->> 'pass')::int as pass from schedules where tenant = $1 and flow = 'catalogue'`, [tenant]);
  return schedule?.pass ?? 0;
}

/** Offers whose rows could not be read are there all the same, and stay as they were known. */
async function markSeen(db: Db, { tenant, pass, offers }: { readonly tenant: string; readonly pass: number; readonly offers: readonly number[] }): Promise<void> {
  await execute(db, `update offers set pass = greatest(pass, $2) where tenant = $1 and offer_id = any ($3::bigint[])`, [tenant, pass, offers]);
}

/** Offers that a whole pass did not show may be gone from KeyCRM's catalogue: they are asked for by name. */
async function closePass(db: Db, tenant: string, pass: number): Promise<void> {
  await askForMissing(db, { tenant, pass });
  await execute(db, `update schedules set proved_at = now(), cursor = jsonb_build_object('pass', $2::int + 1) where tenant = $1 and flow = 'catalogue'`, [tenant, pass]);
  await keepTwins(db, { tenant, system: 'keycrm' });
  await askForTwins(db, { tenant, system: 'keycrm' });
}

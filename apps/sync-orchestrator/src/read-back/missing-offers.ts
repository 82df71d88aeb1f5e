import type { StockRow } from '@kds/contracts';
import { type Db, execute, rows } from '@kds/persistence';
import { enqueueReadBack } from './enqueue-read-back.js';

/** The others are asked for after the next pass. */
const askedAtOnce = 1_000;

/**
 * Can an offer be asked for by its SKU, so that it is there if it is not shown? Not with a comma, or outer blanks that
 * the question may lose.
 */
const askableSql = `strpos(sku, ',') = 0 and sku = btrim(sku)`;

/**
 * What a pass over the whole catalogue did not show is asked for by SKU before it is forgotten. An offer without one is
 * nobody's; one that cannot be asked for is forgotten when two passes did not show it.
 */
export async function askForMissing(
  db: Db,
  { tenant, pass }: { readonly tenant: string; readonly pass: number },
): Promise<void> {
  await execute(
    db,
    `delete from offers where tenant = $1 and pass < $2 and (sku is null or (pass < $2 - 1 and not (${askableSql})))`,
    [tenant, pass],
  );
  await forgetPositions(db, tenant);
  const missing = await rows<{ sku: string }>(
    db,
    `select sku from offers where tenant = $1 and pass < $2 and ${askableSql}
     group by sku order by min(read_at), sku limit ${askedAtOnce}`,
    [tenant, pass],
  );
  await enqueueReadBack(db, {
    tenant,
    skus: missing.map(({ sku }) => sku),
    subject: 'missing',
    delayMs: 0,
    atMost: askedAtOnce,
  });
}

export interface OffersAsked {
  readonly tenant: string;
  /** The number of the pass that is going on. */
  readonly current: number;
  readonly skus: readonly string[];
  /** The whole answer. */
  readonly shown: readonly StockRow[];
}

/**
 * Offers that neither the last pass nor the question for their SKUs showed are gone, and nothing is written to them any
 * more.
 */
export async function forgetMissing(db: Db, { tenant, current, skus, shown }: OffersAsked): Promise<void> {
  const gone = await rows<{ sku: string }>(
    db,
    `delete from offers
     where tenant = $1 and sku = any ($2) and pass < $3::bigint - 1 and ${askableSql} and not offer_id = any ($4)
     returning sku`,
    [tenant, skus, current, shown.map(({ offerId }) => offerId)],
  );
  if (gone.length > 0) await forgetPositions(db, tenant);
}

async function forgetPositions(db: Db, tenant: string): Promise<void> {
  await execute(
    db,
    `delete from positions p
     where p.tenant = $1 and not exists (select 1 from offers o where o.tenant = p.tenant and o.sku = p.sku)`,
    [tenant],
  );
}

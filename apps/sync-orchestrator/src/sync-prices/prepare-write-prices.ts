import type { KeycrmCommand, PriceRow } from '@kds/contracts';
import { decimal } from '@kds/kernel';
import { type Db, execute, rowsSetWise } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { mayWrite } from '../sync-stock/run-standing.js';
import { wantedPriceParameters, wantedPricesSql } from './wanted-prices.js';

type WritePrices = Extract<KeycrmCommand, { kind: 'write-prices' }>;

const rowsPerWrite = 1_000;

/** The rows of a price write, computed as it leaves; each names only what differs. `undefined` when nothing does, or the run is held. */
export async function prepareWritePrices(db: Db, { tenant, spec, command }: { readonly tenant: string; readonly spec: TenantSpec; readonly command: WritePrices }): Promise<WritePrices | undefined> {
  if (spec.mode === 'shadow' || !(await mayWrite(db, { tenant, spec, flow: 'prices' }))) return undefined;
  const only = command.rows.length === 0 ? null : command.rows.map((entry) => entry.sku);
  const differing = await rowsSetWise<{ sku: string; price: string | null; cost: string | null }>(
    db,
    `with ${wantedPricesSql}
     select sku, case when price_differs then trim_scale(want_price)::text end as price, case when cost_differs then trim_scale(want_cost)::text end as cost from differing
     where (price_differs or cost_differs) and not waits and ($6::text[] is null or sku = any ($6)) order by sku limit ${rowsPerWrite}`,
    [...wantedPriceParameters({ tenant, spec }), only],
  );
  if (differing.length === 0) return undefined;
  await execute(
    db,
    `update offers set price = case when r.price is null then offers.price end, cost = case when r.cost is null then offers.cost end, written_at = clock_timestamp()
     from unnest($2::text[], $3::numeric[], $4::numeric[]) as r(sku, price, cost) where offers.tenant = $1 and offers.sku = r.sku`,
    [tenant, differing.map(({ sku }) => sku), differing.map(({ price }) => price), differing.map(({ cost }) => cost)],
  );
  return { ...command, rows: differing.map(toPriceRow) };
}

function toPriceRow({ sku, price, cost }: { readonly sku: string; readonly price: string | null; readonly cost: string | null }): PriceRow {
  return { sku, ...(price === null ? {} : { price: decimal(price) }), ...(cost === null ? {} : { purchasedPrice: decimal(cost) }) };
}

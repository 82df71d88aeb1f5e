import type { StockRow } from '@kds/contracts';
import { type Db, execute, rows } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { arrivalSql, driftClassSql } from './classify-drift.js';
import type { Reading } from './list-stocks-effects.js';

interface Position {
  readonly sku: string;
  readonly warehouse: number;
  readonly quantity: string;
}

/**
 * Keeps stock by warehouse as KeyCRM shows it. Less than was known may be an order that nobody has told of yet: the orders are read first, and what they do
 * not explain is drift. Returns the SKUs whose stock was written a moment ago and is not seen yet.
 */
export async function keepPositions(db: Db, { tenant, dispatchedAt, rows: read, spec }: Reading & { readonly spec: TenantSpec }): Promise<readonly string[]> {
  const positions = read.flatMap((stock) => positionsOf(stock, spec));
  const columns = [positions.map(({ sku }) => sku), positions.map(({ warehouse }) => warehouse), positions.map(({ quantity }) => quantity)];
  const late = await rows<{ sku: string }>(db, keepSql, [tenant, dispatchedAt, ...columns]);
  await execute(db, askForOrdersSql, [tenant]);
  return late.map(({ sku }) => sku);
}

/** A mapped warehouse that a row does not list holds nothing of it; an account that manages no stock lists none, and is left alone. */
function positionsOf({ sku, quantity, warehouses }: StockRow, spec: TenantSpec): readonly Position[] {
  if (sku === null || sku === '' || warehouses === null || (warehouses.length === 0 && Number(quantity) !== 0)) return [];
  return spec.warehouses.map(({ keycrm }) => ({ sku, warehouse: keycrm, quantity: warehouses.find(({ id }) => id === keycrm)?.quantity ?? '0' }));
}

/**
 * `$2` when the reading was asked for, `$3`–`$5` SKU, warehouse and quantity, row by row. A number read while one was being written, or while KeyCRM moved it
 * by itself, says nothing (`current`); one written a moment before may not have arrived yet (`arriving`); one that was written with more places than KeyCRM
 * keeps tells how many it keeps (`rounded`), and from then on only so many are sent, cut off, so that nothing is shown that is not there.
 */
const keepSql = `
  with read as (
    select distinct on (sku, warehouse_id) * from unnest($3::text[], $4::int[], $5::numeric[]) as r(sku, warehouse_id, quantity)
  ), compared as (
    select r.*, p.known, p.written_at, p.verified_at,
      coalesce(greatest(p.written_at, p.moved_at) < $2, true) as current,
      coalesce(p.known <> r.quantity, false) as differs,
      coalesce(p.known = p.written and p.written_at > coalesce(p.verified_at, 'epoch'), false) as unseen,
      coalesce(p.written_at > clock_timestamp() - ${arrivalSql}, false) as recent,
      coalesce(min_scale(p.written) > min_scale(r.quantity) and r.quantity in (round(p.written, min_scale(r.quantity)), trunc(p.written, min_scale(r.quantity))), false) as shortened
    from read r left join positions p on p.tenant = $1 and p.sku = r.sku and p.warehouse_id = r.warehouse_id
  ), judged as (
    select *, current and differs and unseen and shortened as rounded, current and differs and unseen and not shortened and recent as arriving from compared
  ), drifted as (
    insert into drift (tenant, sku, warehouse_id, field, expected, found, class)
    select $1, j.sku, j.warehouse_id, 'stock', j.known, j.quantity, case when j.rounded then 'rounded' else ${driftClassSql('j')} end
    from judged j where j.current and not j.arriving and (j.rounded or j.quantity > j.known)
  ), kept as (
    insert into positions as p (tenant, sku, warehouse_id, known, known_at)
    select $1, sku, warehouse_id, quantity, clock_timestamp() from judged where current and not arriving order by sku, warehouse_id
    on conflict (tenant, sku, warehouse_id) do update set known = excluded.known, known_at = excluded.known_at,
      (doubted_at, verified_at, places) = (
        select case when j.known > j.quantity and not j.rounded then clock_timestamp() else p.doubted_at end,
          case when j.known = j.quantity and p.doubted_at is null then clock_timestamp() else p.verified_at end,
          case when j.rounded then min_scale(j.quantity) else p.places end
        from judged j where j.sku = p.sku and j.warehouse_id = p.warehouse_id)
    where p.known is distinct from excluded.known or coalesce(p.verified_at < p.written_at, p.written_at is not null)
  )
  select distinct sku from judged where arriving`;

const askForOrdersSql = `
  update schedules s set due_at = least(due_at, clock_timestamp())
  where s.tenant = $1 and s.flow in ('orders-updated', 'orders-recent') and exists (select 1 from positions p where p.tenant = $1 and p.doubted_at >= coalesce(s.proved_at, p.doubted_at))`;

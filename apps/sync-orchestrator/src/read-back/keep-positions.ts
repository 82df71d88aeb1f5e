import type { StockRow } from '@kds/contracts';
import { type Db, execute, rows } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { arrivalSql, driftClassSql } from './classify-drift.js';
import type { Reading } from './list-stocks-effects.js';

interface Position {
  readonly sku: string;
  readonly warehouse: number;
  readonly quantity: string;
  readonly reserve: string;
}

/**
 * Keeps stock by warehouse as KeyCRM shows it. Less than was known may be an order that nobody has told of yet: the orders are read first, and what they do
 * not explain is drift. Returns the SKUs whose stock was written a moment ago and is not seen yet.
 */
export async function keepPositions(db: Db, { tenant, dispatchedAt, rows: read, spec }: Reading & { readonly spec: TenantSpec }): Promise<readonly string[]> {
  const positions = read.flatMap((stock) => positionsOf(stock, spec));
  const columns = [positions.map(({ sku }) => sku), positions.map(({ warehouse }) => warehouse), positions.map(({ quantity }) => quantity), positions.map(({ reserve }) => reserve)];
  const late = await rows<{ sku: string }>(db, keepSql, [tenant, dispatchedAt, ...columns]);
  await execute(db, askForOrdersSql, [tenant]);
  return late.map(({ sku }) => sku);
}

/** A mapped warehouse that a row does not list holds nothing of it; an account that manages no stock lists none, and is left alone. */
function positionsOf({ sku, quantity, warehouses }: StockRow, spec: TenantSpec): readonly Position[] {
  if (sku === null || sku === '' || warehouses === null || (warehouses.length === 0 && Number(quantity) !== 0)) return [];
  return spec.warehouses.map(({ keycrm }) => {
    const { quantity: held = '0', reserve = '0' } = warehouses.find(({ id }) => id === keycrm) ?? {};
    return { sku, warehouse: keycrm, quantity: held, reserve };
  });
}

/**
 * `$2` when the reading was asked for, `$3`–`$6` SKU, warehouse, quantity and reserve, row by row. A number read while
 * one was being written, or while KeyCRM moved it by itself, says nothing (`current`); one written a moment before may
 * not have arrived yet (`arriving`); one that was written with more places than KeyCRM keeps tells how many it keeps
 * (`rounded`), and from then on only so many are sent, cut off, so that nothing is shown that is not there, until more
 * of them are seen, or for a week. One that is what was written with the reserve on top, or no longer is, tells how the
 * account takes what is written (`reserve-added`, `reserve-not-added`): from then on the reserve is left out of what is
 * sent, or is not.
 */
const keepSql = `
  with read as (
    select distinct on (sku, warehouse_id) * from unnest($3::text[], $4::int[], $5::numeric[], $6::numeric[]) as r(sku, warehouse_id, quantity, reserve)
  ), compared as (
    select r.*, p.known, p.written_at, p.verified_at,
      coalesce(greatest(p.written_at, p.moved_at) < $2, true) as current,
      coalesce(p.known <> r.quantity, false) as differs,
      coalesce(p.known = p.written and p.written_at > coalesce(p.verified_at, 'epoch'), false) as unseen,
      coalesce(p.written_at > clock_timestamp() - ${arrivalSql} and p.replaced is not distinct from r.quantity, false) as perhaps_not_there,
      coalesce(p.written_at > clock_timestamp() - ${arrivalSql}, false) as recent,
      coalesce(case r.quantity when p.written - p.left_out then 'reserve-not-added' when p.written - p.left_out + r.reserve then 'reserve-added' end, '') as told,
      coalesce(min_scale(p.written) > min_scale(r.quantity) and r.quantity in (round(p.written, min_scale(r.quantity)), trunc(p.written, min_scale(r.quantity))), false) as shortened
    from read r left join positions p on p.tenant = $1 and p.sku = r.sku and p.warehouse_id = r.warehouse_id
  ), told as (
    select *, current and differs and unseen and told <> '' and not perhaps_not_there as tells from compared
  ), judged as (
    select *, current and differs and unseen and shortened and not tells as rounded, current and differs and unseen and not shortened and not tells and recent as arriving from told
  ), learned as (
    update tenants t set writes_beside_reserve = j.told = 'reserve-added' from (select told from judged where tells limit 1) j where t.name = $1
  ), drifted as (
    insert into drift (tenant, sku, warehouse_id, field, expected, found, class)
    select $1, j.sku, j.warehouse_id, 'stock', j.known, j.quantity, case when j.tells then j.told when j.rounded then 'rounded' else ${driftClassSql('j')} end
    from judged j where j.current and not j.arriving and (j.tells or j.rounded or j.quantity > j.known)
  ), kept as (
    insert into positions as p (tenant, sku, warehouse_id, known, reserve, known_at)
    select $1, sku, warehouse_id, quantity, reserve, clock_timestamp() from judged where current and not arriving order by sku, warehouse_id
    on conflict (tenant, sku, warehouse_id) do update set known = excluded.known, reserve = excluded.reserve, known_at = excluded.known_at,
      (doubted_at, verified_at, places, places_at) = (
        select case when j.known > j.quantity and not j.rounded and not j.tells then clock_timestamp() else p.doubted_at end,
          case when j.known = j.quantity and p.doubted_at is null then clock_timestamp() else p.verified_at end,
          case when j.rounded then min_scale(j.quantity) when min_scale(j.quantity) <= p.places then p.places end,
          case when j.rounded then clock_timestamp() else p.places_at end
        from judged j where j.sku = p.sku and j.warehouse_id = p.warehouse_id)
    where (p.known, p.reserve) is distinct from (excluded.known, excluded.reserve) or min_scale(excluded.known) > p.places
      or coalesce(p.verified_at < p.written_at, p.written_at is not null)
  )
  select distinct sku from judged where arriving`;

const askForOrdersSql = `
  update schedules s set due_at = least(due_at, clock_timestamp())
  where s.tenant = $1 and s.flow in ('orders-updated', 'orders-recent') and exists (select 1 from positions p where p.tenant = $1 and p.doubted_at >= coalesce(s.proved_at, p.doubted_at))`;

import { type Db, execute } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';

export interface UnderWayOf {
  readonly tenant: string;
  readonly spec: Pick<TenantSpec, 'catalog'>;
  /** Of one order; without it, of every order in which the two stocks are not known to agree. */
  readonly orderId?: number;
}

/**
 * Keeps for each order what the accepted snapshot contains of what KeyCRM takes off for it. An order that KeyCRM has taken off and the snapshot contains
 * whole is settled: both stocks agree about it, and it is not gone through again until something of it changes.
 */
export async function refreshUnderWay(db: Db, { tenant, spec, orderId }: UnderWayOf): Promise<void> {
  await execute(db, refreshSql, [tenant, JSON.stringify(spec.catalog.overrides), orderId ?? null]);
}

/** Movements are numbered by the attempt that made them: a snapshot contains those of smaller numbers. */
const refreshSql = `
  with overrides as (
    select r.keycrm, r.dilovod from jsonb_to_recordset($2::jsonb) as r(keycrm text, dilovod text)
  ), open as (
    select w.order_id, w.sku, w.warehouse_id, coalesce(o.dilovod, w.sku) as article
    from write_offs w left join overrides o on o.keycrm = w.sku
    where w.tenant = $1 and (w.order_id = $3 or ($3::bigint is null and not w.settled))
  ), found as (
    select open.order_id, open.sku, open.warehouse_id, coalesce(sum(m.quantity) filter (where t.warehouse_id = open.warehouse_id), 0) as contained
    from open
    left join goods g on g.tenant = $1 and g.article = open.article
    left join movements m on m.tenant = $1 and m.order_id = open.order_id and m.good = g.good
      and m.attempt < (select attempt from snapshots where tenant = $1 and kind = 'balances')
    left join tenant_warehouses t on t.tenant = $1 and t.storage = m.storage
    group by 1, 2, 3
  )
  update write_offs w set contained = f.contained, settled = w.taken and f.contained >= w.quantity
  from found f
  where w.tenant = $1 and w.order_id = f.order_id and w.sku = f.sku and w.warehouse_id = f.warehouse_id
    and (w.contained, w.settled) is distinct from (f.contained, w.taken and f.contained >= w.quantity)`;

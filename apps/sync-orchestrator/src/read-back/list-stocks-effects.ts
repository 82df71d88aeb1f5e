import type { StockRow } from '@kds/contracts';
import { type Db, execute, row } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import type { EffectsOf, CommandOf, SettledCommand } from '../settle-command/settled-command.js';
import { planPrices } from '../sync-prices/plan-prices.js';
import { planStock } from '../sync-stock/plan-stock.js';

/** What KeyCRM really holds, a page of the catalogue or rows written a moment ago. What differs from what was known is drift, counted and repaired. */
export const listStocksEffects: EffectsOf<'list-stocks'> = {
  async onDone({ db, spec }, settled, { rows, page, lastPage }) {
    if (spec === undefined) return;
    const { tenant, command, subject } = settled;
    const pass = command.skus === null ? await passNumber(db, tenant) : undefined;
    await keepOffers(db, { settled, rows, pass });
    await keepPositions(db, { settled, rows, spec });
    if (pass !== undefined && page < lastPage) {
      await enqueueCommand(db, { tenant, system: 'keycrm', subject, command: { ...command, page: page + 1 }, priority: priorities.readBack });
      return;
    }
    if (pass !== undefined) await closePass(db, tenant, pass);
    await planStock(db, { tenant, spec });
    await planPrices(db, { tenant, spec });
  },
};

async function passNumber(db: Db, tenant: string): Promise<number> {
  const schedule = await row<{ pass: number | null }>(db, `select (cursor ->> 'pass')::int as pass from schedules where tenant = $1 and flow = 'catalogue'`, [tenant]);
  return schedule?.pass ?? 0;
}

/** Offers that a whole pass did not show are gone from KeyCRM's catalogue, and nothing is written to them any more. */
async function closePass(db: Db, tenant: string, pass: number): Promise<void> {
  await execute(db, `delete from offers where tenant = $1 and pass < $2`, [tenant, pass]);
  await execute(db, `delete from positions p where p.tenant = $1 and not exists (select 1 from offers o where o.tenant = p.tenant and o.sku = p.sku)`, [tenant]);
  await execute(db, `update schedules set proved_at = now(), cursor = jsonb_build_object('pass', $2::int + 1) where tenant = $1 and flow = 'catalogue'`, [tenant, pass]);
}

interface Reading {
  readonly settled: SettledCommand<CommandOf<'list-stocks'>>;
  readonly rows: readonly StockRow[];
}

async function keepOffers(db: Db, { settled: { tenant, dispatchedAt }, rows, pass }: Reading & { readonly pass: number | undefined }): Promise<void> {
  await execute(
    db,
    `with read as (
       select distinct on ("offerId") * from jsonb_to_recordset($2::jsonb) as r("offerId" bigint, sku text, price numeric, "purchasedPrice" numeric)
     ), drifted as (
       insert into drift (tenant, sku, field, expected, found, class)
       select $1, o.sku, d.field, d.expected, d.found, case when o.written_at > now() - interval '1 hour' then 'lost-write' else 'manual-edit' end
       from offers o join read r on r."offerId" = o.offer_id
       cross join lateral (values ('price', o.price, r.price), ('cost', o.cost, r."purchasedPrice")) d(field, expected, found)
       where o.tenant = $1 and o.sku is not null and d.expected <> d.found and (o.written_at is null or o.written_at < $3)
     )
     insert into offers as o (tenant, offer_id, sku, price, cost, pass)
     select $1, "offerId", nullif(sku, ''), price, "purchasedPrice", coalesce($4::bigint, 0) from read
     on conflict (tenant, offer_id) do update set sku = excluded.sku, pass = greatest(o.pass, coalesce($4::bigint, o.pass)), read_at = clock_timestamp(),
       price = case when o.written_at is null or o.written_at < $3 then excluded.price else o.price end,
       cost = case when o.written_at is null or o.written_at < $3 then excluded.cost else o.cost end`,
    [tenant, JSON.stringify(rows), dispatchedAt, pass ?? null],
  );
}

/**
 * Stock by warehouse. A mapped warehouse that a row does not list holds nothing of it, as long as the row's total is explained by those it lists; an
 * account that manages no stock lists none and is left alone. A number read while one was being written, or while KeyCRM moved it by itself, says nothing.
 * Less than was known may be an order that nobody has told of yet: the orders are read first, and what they do not explain is drift.
 */
async function keepPositions(db: Db, { settled: { tenant, dispatchedAt }, rows, spec }: Reading & { readonly spec: TenantSpec }): Promise<void> {
  const read = rows.flatMap(({ sku, quantity, warehouses }) => {
    if (sku === null || sku === '' || warehouses === null || (warehouses.length === 0 && Number(quantity) !== 0)) return [];
    return spec.warehouses.map(({ keycrm }) => ({ sku, warehouse: keycrm, quantity: warehouses.find((entry) => entry.id === keycrm)?.quantity ?? '0' }));
  });
  await execute(
    db,
    `with read as (
       select distinct on (sku, warehouse) * from jsonb_to_recordset($2::jsonb) as r(sku text, warehouse int, quantity numeric)
     ), drifted as (
       insert into drift (tenant, sku, warehouse_id, field, expected, found, class)
       select $1, p.sku, p.warehouse_id, 'stock', p.known, r.quantity, case when p.written = p.known and p.written_at > now() - interval '1 hour' then 'lost-write' else 'manual-edit' end
       from positions p join read r on r.sku = p.sku and r.warehouse = p.warehouse_id
       where p.tenant = $1 and r.quantity > p.known and coalesce(greatest(p.written_at, p.moved_at) < $3, true)
     )
     insert into positions as p (tenant, sku, warehouse_id, known, known_at)
     select $1, sku, warehouse, quantity, clock_timestamp() from read
     on conflict (tenant, sku, warehouse_id) do update set known = excluded.known, known_at = excluded.known_at, refused = null,
       doubted_at = case when excluded.known < p.known then $3 else p.doubted_at end
     where coalesce(greatest(p.written_at, p.moved_at) < $3, true)`,
    [tenant, JSON.stringify(read), dispatchedAt],
  );
  await execute(
    db,
    `update schedules s set due_at = least(due_at, clock_timestamp())
     where s.tenant = $1 and s.flow = 'orders-updated' and exists (select 1 from positions p where p.tenant = $1 and p.doubted_at >= coalesce(s.proved_at, p.doubted_at))`,
    [tenant],
  );
}

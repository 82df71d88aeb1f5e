import { dayBefore } from '@kds/kernel';
import { type Db, execute, rows } from '@kds/persistence';
import { nameOf, type Tenant, type TenantRecord } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { saveLanes } from '../accounts/save-lanes.js';
import { lookAgain } from '../orders/orders.repository.js';
import { flows } from '../run-schedules/flows.js';

/**
 * Brings the ledger's tenants, lanes and schedules in line with the source. A changed manifest has every order of the client looked at again, and
 * forgets what was refused before: the cause may be gone.
 */
export async function saveTenants(database: DataSource, records: readonly TenantRecord[]): Promise<void> {
  const kept = await rows<{ name: string; revision: string; state: string }>(database.manager, `select name, revision, state from tenants`);
  const states = new Map(kept.map(({ name, revision, state }) => [name, `${state} ${revision}`]));
  for (const record of records) {
    if (record.state === 'invalid') await saveInvalid(database.manager, record);
    else if (states.get(record.tenant.name) !== `${stateOf(record.tenant)} ${record.tenant.revision}`) await database.transaction((db) => saveValid(db, record.tenant));
  }
  const names = records.flatMap((record) => nameOf(record) ?? []);
  await execute(database.manager, `update tenants set state = 'removed', changed_at = now() where state <> 'removed' and not name = any ($1)`, [names]);
}

/** One that was removed is new when it comes back: others may have taken its place. */
const inLineAgain = `first_seen_at = case when tenants.state = 'removed' then now() else tenants.first_seen_at end`;

async function saveInvalid(db: Db, record: Extract<TenantRecord, { state: 'invalid' }>): Promise<void> {
  const name = nameOf(record);
  if (name === undefined) return;
  await execute(
    db,
    `insert into tenants (name, revision, state, problems) values ($1, '', 'invalid', $2)
     on conflict (name) do update set state = 'invalid', problems = excluded.problems, changed_at = now(), ${inLineAgain}
     where tenants.state <> 'invalid' or tenants.problems is distinct from excluded.problems`,
    [name, JSON.stringify(record.problems)],
  );
}

function stateOf({ spec }: Tenant): 'active' | 'suspended' {
  return spec.suspend ? 'suspended' : 'active';
}

async function saveValid(db: Db, tenant: Tenant): Promise<void> {
  const { name, revision, spec } = tenant;
  await execute(
    db,
    `insert into tenants (name, revision, spec, state) values ($1, $2, $3, $4)
     on conflict (name) do update set revision = excluded.revision, spec = excluded.spec, state = excluded.state, problems = null, changed_at = now(), ${inLineAgain}`,
    [name, revision, JSON.stringify(spec), stateOf(tenant)],
  );
  await saveWarehouses(db, { name, spec });
  await saveLanes(db, { name, spec });
  await execute(db, `insert into schedules (tenant, flow) select $1, unnest($2::text[]) on conflict do nothing`, [name, Object.keys(flows)]);
  await execute(db, earlierSinceSql, [name, dayBefore(spec.orders.since)]);
  await execute(db, `update schedules set due_at = clock_timestamp() where tenant = $1 and due_at > clock_timestamp()`, [name]);
  await lookAgain(db, { tenant: name, also: `refusals = '[]'` });
  for (const table of ['positions', 'offers']) await execute(db, `update ${table} set refused = null, refusals = 0 where tenant = $1 and refused is not null`, [name]);
  await execute(db, `update persons set state = 'unknown', failure = null where tenant = $1 and state = 'refused'`, [name]);
}

/** Of older orders than before it is not known yet which have documents: until they are listed, none is decided. */
const earlierSinceSql = `
  with earlier as (update tenants set adopted_at = null where name = $1 and documents_from > $2::date returning name)
  update schedules set proved_at = null where tenant in (select name from earlier) and flow = 'documents'`;

async function saveWarehouses(db: Db, { name, spec }: Pick<Tenant, 'name' | 'spec'>): Promise<void> {
  const pairs = spec.warehouses.flatMap(({ keycrm, dilovod, alsoCount }) => [dilovod, ...alsoCount].map((storage, index) => ({ warehouse: keycrm, storage, ships: index === 0 })));
  await execute(db, `delete from tenant_warehouses where tenant = $1`, [name]);
  await execute(
    db,
    `insert into tenant_warehouses (tenant, warehouse_id, storage, ships) select $1, r.warehouse, r.storage, r.ships from jsonb_to_recordset($2::jsonb) as r(warehouse int, storage text, ships boolean)`,
    [name, JSON.stringify(pairs)],
  );
  await execute(db, `delete from positions where tenant = $1 and not warehouse_id = any ($2)`, [name, spec.warehouses.map((warehouse) => warehouse.keycrm)]);
}

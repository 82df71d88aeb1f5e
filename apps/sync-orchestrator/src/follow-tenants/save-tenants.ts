import { canonicalJson, dayBefore } from '@kds/kernel';
import { endRecurring, type Logger, logRecurring } from '@kds/observability';
import { type Db, execute, row, rows } from '@kds/persistence';
import { nameOf, type Tenant, type TenantRecord } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { saveLanes } from '../accounts/save-lanes.js';
import { withdrawWrites } from '../command-ledger/withdraw-writes.js';
import { lookAgain } from '../orders/orders.repository.js';
import { flows } from '../run-schedules/flows.js';
import { decideTakeover, type ManifestKept, numbersOf, stateOf, type Takeover } from './decide-takeover.js';

export interface FollowOptions {
  /** When the source was looked at, by this process's clock; now when left out. */
  readonly lookedAt?: Date;
  /** What this process has said before: readings that it put in force, and older copies that it told of. */
  readonly said?: Set<string>;
  readonly logger?: Logger;
}

/**
 * Brings the ledger's tenants, lanes and schedules in line with the source, as far as the source is not behind the ledger: of two instances, the one that holds
 * the newer manifest counts. A changed manifest has every order of the client looked at again, and forgets what was refused before: the cause may be gone.
 */
export async function saveTenants(database: DataSource, records: readonly TenantRecord[], { lookedAt = new Date(), said = new Set(), logger }: FollowOptions = {}): Promise<void> {
  const look = await toLedgerTime(database.manager, lookedAt);
  const kept = new Map((await rows<KeptRow>(database.manager, keptSql('true'), [look])).map((one) => [one.name, toKept(one)]));
  for (const [name, record] of oneByName(records)) {
    const what = `manifest of ${name}`;
    try {
      const before = kept.get(name);
      const takeover: Takeover = before === undefined ? 'take' : decideTakeover(record, before, said.has(readingOf(name, record)));
      if (takeover === 'older') tellOlder(logger, said, { name, record, kept: before });
      else if (takeover !== 'same') await database.transaction((db) => takeOver(db, { name, record, look, said }));
      said.add(readingOf(name, record));
      endRecurring(logger ?? silent, what);
    } catch (error) {
      // One that cannot be saved keeps no other from being followed.
      if (logger === undefined) throw error;
      logRecurring(logger, { what, error, fields: { tenant: name }, message: 'a manifest cannot be put in force, and will be at the next turn', level: 'error' });
    }
  }
  const names = records.flatMap((record) => nameOf(record) ?? []);
  await execute(database.manager, removeSql, [names, look]);
}

/** A moment of this process by the clock of the ledger: by its age, since no two clocks agree. */
async function toLedgerTime(db: Db, moment: Date): Promise<Date> {
  const ageMs = Math.max(0, Date.now() - moment.getTime());
  const found = await row<{ at: Date }>(db, `select clock_timestamp() - $1 * interval '1 millisecond' as at`, [ageMs]);
  return found?.at ?? moment;
}

const silent = { info: () => undefined } as unknown as Pick<Logger, 'info'>;

interface KeptRow extends Omit<ManifestKept, 'generation' | 'beforeLook'> {
  readonly name: string;
  readonly generation: string | null;
  readonly before_look: boolean;
}

function toKept({ generation, before_look, ...kept }: KeptRow): ManifestKept {
  return { ...kept, generation: generation === null ? null : Number(generation), beforeLook: before_look };
}

/** `$1` is when the source was looked at. */
const keptSql = (where: string) => `select name, uid, generation, revision, state, problems, changed_at < $1 as before_look from tenants where ${where}`;

/** Only who has looked since a tenant was told of knows that it is gone. */
const removeSql = `update tenants set state = 'removed', changed_at = clock_timestamp() where state <> 'removed' and not name = any ($1) and changed_at < $2`;

/** A name that stands in two places is invalid in both; its problems are told together. */
function oneByName(records: readonly TenantRecord[]): ReadonlyMap<string, TenantRecord> {
  const byName = new Map<string, TenantRecord>();
  for (const record of records) {
    const name = nameOf(record);
    if (name === undefined) continue;
    const other = byName.get(name);
    byName.set(name, other?.state === 'invalid' && record.state === 'invalid' ? { ...record, problems: [...other.problems, ...record.problems] } : record);
  }
  return byName;
}

interface Seen {
  readonly name: string;
  readonly record: TenantRecord;
}

async function takeOver(db: Db, { name, record, look, said }: Seen & { readonly look: Date; readonly said: ReadonlySet<string> }): Promise<void> {
  // A row to lock, so that two instances that see a new tenant decide one after the other.
  await execute(db, `insert into tenants (name, revision, state) values ($1, '', 'removed') on conflict (name) do nothing`, [name]);
  const kept = await row<KeptRow>(db, `${keptSql('name = $2')} for update`, [look, name]);
  if (kept === undefined) throw new Error(`the tenant ${name} vanished while it was locked`);
  await applied[decideTakeover(record, toKept(kept), said.has(readingOf(name, record)))](db, { name, record });
}

const numberSql = `update tenants set uid = $2, generation = $3 where name = $1`;

const applied: Readonly<Record<Takeover, (db: Db, seen: Seen) => Promise<void>>> = {
  take: async (db, { name, record }) => {
    const { uid = null, generation = null } = numbersOf(record);
    await execute(db, numberSql, [name, uid, generation]);
    await (record.state === 'valid' ? saveValid(db, record.tenant) : saveInvalid(db, { name, problems: record.problems }));
  },
  renumber: (db, { name, record }) => execute(db, numberSql, [name, numbersOf(record).uid ?? null, numbersOf(record).generation]),
  same: async () => undefined,
  older: async () => undefined,
};

function readingOf(name: string, record: TenantRecord): string {
  const { uid = '', generation = '' } = numbersOf(record);
  return `${name} ${uid} ${generation} ${record.state === 'valid' ? record.tenant.revision : canonicalJson(record.problems)}`;
}

/** Once for each copy that is older than what is in force, and still is at the next look: an instance that hears of a change a moment later is not told of. */
function tellOlder(logger: Logger | undefined, said: Set<string>, { name, record, kept }: Seen & { readonly kept: ManifestKept | undefined }): void {
  const { uid, generation } = numbersOf(record);
  const told = `older ${readingOf(name, record)} than ${kept?.uid} ${kept?.generation}`;
  if (!said.has(told)) return void said.add(told);
  if (said.has(`${told}, told`)) return;
  said.add(`${told}, told`);
  const fields = { tenant: name, uid, generation, inForce: { uid: kept?.uid, generation: kept?.generation, state: kept?.state } };
  logger?.warn(fields, 'the manifest that this instance sees is older than the one in force, and is not used; if it is the right one, save it again');
}

/** One that was removed is new when it comes back: others may have taken its place. */
const inLineAgain = `first_seen_at = case when state = 'removed' then now() else first_seen_at end`;

async function saveInvalid(db: Db, { name, problems }: { readonly name: string; readonly problems: readonly object[] }): Promise<void> {
  await execute(db, `update tenants set state = 'invalid', problems = $2, changed_at = clock_timestamp(), ${inLineAgain} where name = $1`, [name, JSON.stringify(problems)]);
}

async function saveValid(db: Db, tenant: Tenant): Promise<void> {
  const { name, revision, spec } = tenant;
  await execute(
    db,
    `update tenants set revision = $2, spec = $3, state = $4, problems = null, changed_at = clock_timestamp(), ${inLineAgain} where name = $1`,
    [name, revision, JSON.stringify(spec), stateOf({ state: 'valid', tenant })],
  );
  await saveWarehouses(db, { name, spec });
  await saveLanes(db, { name, spec });
  await execute(db, `insert into schedules (tenant, flow) select $1, unnest($2::text[]) on conflict do nothing`, [name, Object.keys(flows)]);
  await execute(db, earlierSinceSql, [name, dayBefore(spec.orders.since)]);
  await execute(db, `update schedules set due_at = clock_timestamp() where tenant = $1 and due_at > clock_timestamp()`, [name]);
  await lookAgain(db, { tenant: name, also: `refusals = '[]'` });
  // After the orders are locked: what a look under the manifest before has left here meanwhile is withdrawn too.
  if (spec.suspend || spec.mode !== 'live') await withdrawWrites(db, name);
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

import { failureRule, type KeyChange } from '@kds/contracts';
import { type Db, execute, row } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import { agreeLimits } from './agree-limits.js';

interface Lane {
  readonly account: string | null;
  readonly told: boolean;
  readonly failures: number;
}

/**
 * Puts in force what a gateway says of a tenant's account; what it says of another address than the manifest's is not
 * believed. True when that changed anything.
 */
export async function tellAccount(database: DataSource, said: KeyChange): Promise<boolean> {
  const account = said.account ?? null;
  const before = await findLane(database.manager, said);
  if (before === undefined || (account !== null && before.account === account && before.failures === 0)) return false;
  return database.transaction(async (db) => {
    await execute(db, `select 1 from tenants where name = $1 for update`, [said.tenant]);
    const lane = await findLane(db, said);
    if (lane === undefined) return false;
    if (account !== null) await execute(db, openAccountSql, [account, said.tenant, said.system]);
    await execute(db, account === null ? noKeySql : accountSql, [
      said.tenant,
      said.system,
      account,
      ...(account === null ? [keyMissing(lane)] : []),
    ]);
    if (said.system === 'dilovod' && (lane.account !== account || !lane.told))
      await execute(db, `update tenants set served = false, claim = claim + 1 where name = $1`, [said.tenant]);
    if (account !== null) await agreeLimits(db, account);
    return true;
  });
}

function findLane(db: Db, { tenant, system, address }: KeyChange): Promise<Lane | undefined> {
  return row<Lane>(
    db,
    `select account, told_at is not null as told, failures from lanes
     where tenant = $1 and system = $2 and address = $3`,
    [tenant, system, address],
  );
}

function keyMissing({ failures }: Lane): number {
  return failureRule('tenant-not-ready', 'read-order').restMs(failures + 1);
}

/** One that is being forgotten at this moment is opened anew. */
const openAccountSql = `
  insert into accounts (id, system, per_minute, max_in_flight)
  select $1, system, per_minute, max_in_flight from lanes where tenant = $2 and system = $3
  on conflict (id) do update set created_at = now()`;

const accountSql = `
  update lanes set account = $3, told_at = clock_timestamp(), open_until = null, open_reason = null, failures = 0
  where tenant = $1 and system = $2`;

const noKeySql = `
  update lanes set account = $3, told_at = clock_timestamp(), failures = failures + 1,
    open_reason = 'tenant-not-ready', open_until = clock_timestamp() + $4 * interval '1 millisecond'
  where tenant = $1 and system = $2`;

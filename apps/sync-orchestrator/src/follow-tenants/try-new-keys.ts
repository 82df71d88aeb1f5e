import { type Db, execute } from '@kds/persistence';

/** By then the gateways have seen the new key too. */
const soon = `clock_timestamp() + interval '3 seconds'`;

/** Lanes that rest because of a key do not rest it out when the client's Secret changes. */
export async function tryNewKeys(db: Db, tenants: readonly string[]): Promise<void> {
  if (tenants.length === 0) return;
  await execute(db, `update lanes set open_until = least(open_until, ${soon}) where tenant = any ($1) and open_reason in ('bad-key', 'tenant-not-ready')`, [tenants]);
}

import type { KeyChange } from '@kds/contracts';
import { type Db, execute } from '@kds/persistence';

/** By then the system's other gateways have seen the new key too. */
const soon = `clock_timestamp() + interval '3 seconds'`;

/** A lane that rests because of its key does not rest it out when the client's Secret changes. */
export async function tryNewKey(db: Db, { tenant, system }: KeyChange): Promise<void> {
  await execute(db, `update lanes set open_until = least(open_until, ${soon}) where tenant = $1 and system = $2 and open_reason in ('bad-key', 'tenant-not-ready')`, [tenant, system]);
}

import { writes } from '@kds/contracts';
import { type Db, execute } from '@kds/persistence';

const writingKinds = Object.entries(writes).flatMap(([kind, writing]) => (writing ? [kind] : []));

/**
 * Withdraws whatever a tenant still has waiting that would change something, since its manifest allows that no longer. What is still wanted is decided anew
 * once it is allowed again. A command that is being looked at by somebody else at this moment is passed over.
 */
export async function withdrawWrites(db: Db, tenant: string): Promise<void> {
  await execute(
    db,
    `update commands set state = 'superseded', settled_at = clock_timestamp()
     where id in (select id from commands where tenant = $1 and state = 'pending' and kind = any ($2) for update skip locked)`,
    [tenant, writingKinds],
  );
}

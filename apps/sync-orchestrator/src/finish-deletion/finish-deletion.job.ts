import { endRecurring, type Logger, logRecurring } from '@kds/observability';
import { execute, row } from '@kds/persistence';
import type { TenantObject, TenantObjects } from '@kds/tenancy';
import type { DataSource } from 'typeorm';

/** Keeps a Tenant from going before its work has stopped. */
export const finalizer = 'kds.io/stop-work';

export interface FinishDeletionDeps {
  readonly database: DataSource;
  readonly objects: TenantObjects;
  readonly logger: Logger;
}

/**
 * Gives every Tenant the finalizer, and takes it from those that are being deleted once nothing of theirs is under way. What was done stays done: no document
 * is touched, and the ledger keeps what it knows, so that a shop that comes back gets nothing twice.
 */
export async function finishDeletions({ database, objects, logger }: FinishDeletionDeps): Promise<boolean> {
  for (const object of objects.all()) {
    const { name: tenant } = object.metadata;
    const what = `finalizer of ${tenant}`;
    try {
      await finishOne({ database, objects }, object);
      endRecurring(logger, what);
    } catch (error) {
      logRecurring(logger, { what, error, fields: { tenant }, message: 'the finalizer cannot be set or taken away, and will be at the next turn' });
    }
  }
  return false;
}

async function finishOne({ database, objects }: Pick<FinishDeletionDeps, 'database' | 'objects'>, object: TenantObject): Promise<void> {
  const { name, deletionTimestamp, finalizers = [] } = object.metadata;
  const has = finalizers.includes(finalizer);
  if (deletionTimestamp === undefined) {
    if (!has) await objects.writeFinalizers(object, [...finalizers, finalizer]);
    return;
  }
  if (!has || !(await hasStopped(database, name))) return;
  await execute(database.manager, `delete from tenant_verbs where tenant = $1`, [name]);
  await objects.writeFinalizers(object, finalizers.filter((one) => one !== finalizer));
}

/** The ledger gives no more of its commands away, and every one that it gave away has ended, or its lease has. */
async function hasStopped(database: DataSource, tenant: string): Promise<boolean> {
  const found = await row<{ going: boolean }>(
    database.manager,
    `select exists (select 1 from tenants where name = $1 and state <> 'removed') or exists (select 1 from attempts where tenant = $1 and settled_at is null) as going`,
    [tenant],
  );
  return found?.going === false;
}

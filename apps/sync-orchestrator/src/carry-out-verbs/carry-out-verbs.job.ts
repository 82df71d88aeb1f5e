import { endRecurring, type Logger, logRecurring } from '@kds/observability';
import { rows } from '@kds/persistence';
import type { TenantObjects } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { carryOutVerb } from './carry-out-verb.use-case.js';
import { changedVerbs } from './requested-verbs.js';

export interface CarryOutJobDeps {
  readonly database: DataSource;
  readonly objects: Pick<TenantObjects, 'all' | 'read'>;
  readonly logger: Logger;
  /** Called once something was carried out. */
  readonly onDone: () => void;
}

/** Carries out what annotations of the tenants ask for. */
export async function carryOutVerbs({ database, objects, logger, onDone }: CarryOutJobDeps): Promise<boolean> {
  const known = await rows<{ name: string; handled: { verb: string; value: string }[] }>(
    database.manager,
    `select t.name, coalesce((select jsonb_agg(to_jsonb(v)) from tenant_verbs v where v.tenant = t.name and v.value is not null), '[]') as handled from tenants t where t.state <> 'removed'`,
  );
  const handled = new Map(known.map((tenant) => [tenant.name, tenant.handled]));
  for (const object of objects.all()) {
    const { name, deletionTimestamp } = object.metadata;
    const before = handled.get(name);
    if (before === undefined || deletionTimestamp !== undefined) continue;
    for (const verb of changedVerbs(object, before)) {
      const what = `annotation kds.io/${verb} of ${name}`;
      try {
        if (await carryOutVerb({ database, objects }, name, verb)) onDone();
        endRecurring(logger, what);
      } catch (error) {
        logRecurring(logger, { what, error, fields: { tenant: name, verb }, message: 'an annotation cannot be carried out, and will be at the next turn' });
      }
    }
  }
  return false;
}

import type { Ledger } from '@kds/persistence';
import { previewRuns, RefusedError, requireTenant, type RunsPreview } from '@kds/sync-orchestrator';
import type { TenantSpec } from '@kds/tenancy';

/** What the next runs would do, and how old the readings are from which that follows; null: not read yet. */
export interface TenantPlan extends RunsPreview {
  readonly tenant: string;
  readonly mode: TenantSpec['mode'];
  readonly read: { readonly keycrm: Date | null; readonly balances: Date | null; readonly prices: Date | null };
}

export async function loadPlan(ledger: Ledger, tenant: string): Promise<TenantPlan> {
  await requireTenant(ledger, tenant);
  const [found] = await ledger.rows<{ spec: TenantSpec | null } & TenantPlan['read']>(
    `select spec, (select proved_at from schedules where tenant = $1 and flow = 'catalogue') as keycrm,
       (select accepted_at from snapshots where tenant = $1 and kind = 'balances') as balances, (select accepted_at from snapshots where tenant = $1 and kind = 'prices') as prices
     from tenants where name = $1`,
    [tenant],
  );
  if (!found?.spec) throw new RefusedError(`The manifest of ${tenant} was never valid: \`kds tenants\` says what is wrong with it.`);
  const { spec, ...read } = found;
  const preview = await previewRuns({ query: (sql: string, parameters: unknown[]) => ledger.rows(sql, parameters) } as Parameters<typeof previewRuns>[0], { tenant, spec });
  return { tenant, mode: spec.mode, read, ...preview };
}

import type { Ledger } from '@kds/persistence';
import { requireTenant } from '@kds/sync-orchestrator';

/** Differences between what KeyCRM was known to hold and what was read back; each was repaired by the run that followed. */
export interface DriftReport {
  readonly since: Date;
  readonly totals: readonly DriftTotal[];
  /** The newest first. */
  readonly newest: readonly DriftFound[];
}

export interface DriftTotal {
  readonly class: string;
  readonly field: string;
  readonly count: number;
  readonly skus: number;
  readonly tenants: number;
  readonly last: Date;
}

export interface DriftFound {
  readonly at: Date;
  readonly tenant: string;
  readonly sku: string;
  readonly warehouseId: number | null;
  readonly field: string;
  /** Decimals. */
  readonly expected: string | null;
  readonly found: string | null;
  readonly class: string;
}

const newestRows = 20;
const wantedSql = `from drift where at > $1 and ($2::text is null or tenant = $2)`;

export async function reportDrift(ledger: Ledger, { since, tenant }: { readonly since: Date; readonly tenant?: string }): Promise<DriftReport> {
  if (tenant !== undefined) await requireTenant(ledger, tenant);
  const parameters = [since, tenant ?? null];
  const totals = await ledger.rows<DriftTotal>(
    `select class, field, count(*)::int as count, count(distinct (tenant, sku))::int as skus, count(distinct tenant)::int as tenants, max(at) as last ${wantedSql} group by class, field order by count desc, class, field`,
    parameters,
  );
  const newest = await ledger.rows<DriftFound>(
    `select at, tenant, sku, warehouse_id as "warehouseId", field, trim_scale(expected)::text as expected, trim_scale(found)::text as found, class ${wantedSql} order by at desc, id desc limit ${newestRows}`,
    parameters,
  );
  return { since, totals, newest };
}

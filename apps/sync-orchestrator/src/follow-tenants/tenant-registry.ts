import type { TenantSource, TenantSpec } from '@kds/tenancy';

/** The tenants as this process knows them: what the source holds valid at this moment. */
export class TenantRegistry {
  constructor(private readonly source: TenantSource) {}

  find(name: string): TenantSpec | undefined {
    return this.source.find(name)?.spec;
  }

  /** Names of the tenants whose work may go on. */
  active(): readonly string[] {
    return this.source.tenants().flatMap((record) => (record.state === 'valid' && !record.tenant.spec.suspend ? [record.tenant.name] : []));
  }
}

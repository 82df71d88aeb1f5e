import type { TenantSpec } from '@kds/tenancy';

/** The Dilovod article that a KeyCRM SKU stands for. */
export function articleOf(sku: string, { catalog }: Pick<TenantSpec, 'catalog'>): string {
  return catalog.overrides.find((override) => override.keycrm === sku)?.dilovod ?? sku;
}

import type { Tenant } from './tenant-spec.js';

/** A mistake in a manifest: where it is (`spec.stock.every`) and what to write instead. Never holds a secret. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** What stands in one place about one tenant. `name` is missing where the mistake hides it; nothing runs for an invalid one. */
export type TenantRecord =
  | { readonly state: 'valid'; readonly tenant: Tenant; readonly file?: string }
  | { readonly state: 'invalid'; readonly name: string | undefined; readonly file: string; readonly problems: readonly Problem[]; readonly uid?: string; readonly generation?: number };

export function nameOf(record: TenantRecord): string | undefined {
  return record.state === 'valid' ? record.tenant.name : record.name;
}

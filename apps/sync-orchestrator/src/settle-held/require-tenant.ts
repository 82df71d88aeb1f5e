import type { Ledger } from '@kds/persistence';
import { RefusedError } from './refused-error.js';

export interface TenantState {
  readonly name: string;
  readonly state: 'active' | 'suspended' | 'invalid' | 'removed';
}

/** The tenant of this name, whatever its state; refuses a name that was never seen, and says which there are. */
export async function requireTenant(ledger: Ledger, name: string): Promise<TenantState> {
  const tenants = await ledger.rows<TenantState>('select name, state from tenants order by name');
  const found = tenants.find((tenant) => tenant.name === name);
  if (found !== undefined) return found;
  const names = tenants.flatMap((tenant) => (tenant.state === 'removed' ? [] : [tenant.name]));
  throw new RefusedError(`There is no tenant ${JSON.stringify(name)}. ${names.length === 0 ? 'The ledger knows none yet.' : `There are: ${names.join(', ')}.`}`);
}

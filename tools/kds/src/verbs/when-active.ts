import type { TenantState } from '@kds/sync-orchestrator';

/** A sentence for a person who waits for something that only an active tenant gets; empty for an active one. */
export function whenActive({ name, state }: TenantState): string {
  return state === 'active' ? '' : ` ${name} is ${state}: that happens once it is active again.`;
}

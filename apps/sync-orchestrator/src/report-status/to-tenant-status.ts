import type { TenantCondition, TenantStatus } from '@kds/tenancy';
import type { Standing } from './decide-standing.js';
import type { TenantFacts } from './tenant-facts.js';
import { warningsOf } from './warnings-of.js';

export interface StatusCircumstances {
  readonly standing: Standing;
  /** What was written last. */
  readonly before: Partial<TenantStatus> | undefined;
  /** The generation of the manifest that the facts speak of. */
  readonly generation: number | undefined;
  readonly now: Date;
}

/** The status to show. A condition keeps the time of its last transition as long as it stays true, false or unknown. */
export function toTenantStatus(facts: TenantFacts, { standing, before, generation, now }: StatusCircumstances): TenantStatus {
  const { ready, course } = standing;
  const warnings = warningsOf(facts);
  const condition = (type: TenantCondition['type'], holds: boolean, { reason, message }: Pick<TenantCondition, 'reason' | 'message'> = standing): TenantCondition => {
    const status = holds ? 'True' : 'False';
    const known = before?.conditions?.find((one) => one.type === type);
    return { type, status, reason, message, observedGeneration: generation, lastTransitionTime: known?.status === status ? known.lastTransitionTime : now.toISOString() };
  };
  const { orders, stock, prices } = facts.proved;
  return {
    observedGeneration: generation,
    reportedAt: now.toISOString(),
    conditions: [condition('Ready', ready), condition('Reconciling', course === 'going-on'), condition('Stalled', course === 'stuck'), ...warnings.slice(0, 1).map(({ reason }) => condition('Warned', true, { reason, message: warnings.map(({ message }) => message).join('; ') }))],
    proved: { orders: orders?.toISOString(), stock: stock?.toISOString(), prices: prices?.toISOString() },
    held: {
      items: facts.heldOrders.reduce((sum, { count }) => sum + count, 0) + facts.heldRuns.length,
      orders: facts.heldOrders,
      runs: facts.heldRuns,
    },
    drift: facts.drift,
    requestsLeft: facts.requests?.left,
    handled: facts.handled,
  };
}

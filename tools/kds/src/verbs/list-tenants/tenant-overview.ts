import type { Ledger } from '@kds/persistence';
import { decideStanding, listTenantFacts, type Standing, warningsOf } from '@kds/sync-orchestrator';

/** How one tenant stands at this moment. */
export interface TenantOverview {
  readonly name: string;
  readonly mode: 'shadow' | 'pilot' | 'live' | null;
  readonly state: 'active' | 'suspended' | 'invalid';
  /** The same as the condition `Ready` of a Tenant in a cluster. */
  readonly standing: Pick<Standing, 'ready' | 'reason' | 'message'>;
  /** What is wrong with the manifest. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  /** What keeps part of the work from being done, though nothing is held. */
  readonly notes: readonly string[];
  /** When each flow was last known to be in step. */
  readonly proved: { readonly orders: Date | null; readonly stock: Date | null; readonly prices: Date | null };
  readonly held: { readonly orders: number; readonly runs: number };
  readonly driftLastDay: number;
  /** Of KeyCRM's requests this minute; null before the manifest was valid for the first time. */
  readonly requests: { readonly left: number; readonly perMinute: number } | null;
  readonly waitingCommands: number;
}

export async function listTenants(ledger: Ledger, now: Date): Promise<readonly TenantOverview[]> {
  return (await listTenantFacts(ledger)).flatMap((facts): TenantOverview[] => {
    const { name, state, spec, problems, proved, heldOrders, heldRuns, drift, requests, waitingCommands } = facts;
    if (state === 'removed') return [];
    const { ready, reason, message } = decideStanding(facts, now);
    const held = { orders: heldOrders.reduce((sum, { count }) => sum + count, 0), runs: heldRuns.length };
    const notes = warningsOf(facts).map((warning) => warning.message);
    return [{ name, mode: spec?.mode ?? null, state, standing: { ready, reason, message }, problems, notes, proved, held, driftLastDay: drift, requests, waitingCommands }];
  });
}

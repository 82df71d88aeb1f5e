import type { HandledVerb, HeldOrders, HeldRun, Problem, TenantSpec } from '@kds/tenancy';

/** What the ledger knows of one tenant at one moment. */
export interface TenantFacts {
  readonly name: string;
  /** `Tenant.revision` that is in force; empty for a manifest that was never valid. */
  readonly revision: string;
  readonly state: 'active' | 'suspended' | 'invalid' | 'removed';
  /** What is wrong with the manifest. */
  readonly problems: readonly Problem[];
  /** As it was when the manifest was last valid; null when it never was. */
  readonly spec: TenantSpec | null;
  /** The tenant that was seen earlier and keeps its books with the same firm of the same base: because of it this one is not served. */
  readonly firmTakenBy: string | null;
  /** Tenants that are not served because this one has their firm. */
  readonly firmAlsoOf: readonly string[];
  /** Since when the manifest is as it is. */
  readonly changedAt: Date;
  readonly lanes: readonly LaneFacts[];
  readonly proved: Readonly<Record<ProvedFlow, Date | null>>;
  readonly heldOrders: readonly HeldOrders[];
  readonly heldRuns: readonly HeldRun[];
  /** Differences read back in the last day. */
  readonly drift: number;
  /** Of KeyCRM's requests this minute, of all tenants of the key; null before the manifest was valid for the first time. */
  readonly requests: { readonly left: number; readonly perMinute: number } | null;
  /** More than `requests.perMinute` while others are taken to use the limit as well. */
  readonly declaredPerMinute: number | null;
  readonly waitingCommands: number;
  /** Requests whose outcome is not known yet. */
  readonly inFlight: number;
  /** What the other side does not let be read. */
  readonly refusedReadings: readonly { readonly flow: string; readonly message: string }[];
  /** KeyCRM has shown its offers, and no stock by warehouse for any of them. */
  readonly stockUnshown: boolean;
  readonly handled: readonly HandledVerb[];
}

/** What of a tenant has to be proved in step again and again. */
export type ProvedFlow = 'orders' | 'stock' | 'prices';

export interface LaneFacts {
  readonly system: 'keycrm' | 'dilovod';
  /** The last failure that spoke of the API or the key, while none has succeeded since. */
  readonly trouble: string | null;
  /** How many in a row. */
  readonly failures: number;
}

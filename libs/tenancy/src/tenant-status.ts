/** How a tenant stands, for whoever looks at it from outside: the `status` of the custom resource. Moments are ISO instants. */
export interface TenantStatus {
  /** `metadata.generation` of the manifest that is in force, or was refused. */
  readonly observedGeneration?: number;
  /** When this was written. */
  readonly reportedAt: string;
  readonly conditions: readonly TenantCondition[];
  /** When each flow was last known to be in step; left out before the first time. */
  readonly proved: { readonly orders?: string; readonly stock?: string; readonly prices?: string };
  readonly held: HeldSummary;
  /** Differences read back in the last day. */
  readonly drift: number;
  /** Requests to KeyCRM left this minute; unknown before the manifest was valid for the first time. */
  readonly requestsLeft?: number;
  readonly handled: readonly HandledVerb[];
}

/** What waits for a person, or for its cause to go. */
export interface HeldSummary {
  /** Orders and runs in all. */
  readonly items: number;
  readonly orders: readonly HeldOrders[];
  readonly runs: readonly HeldRun[];
}

/** The orders that are held for one reason. */
export interface HeldOrders {
  readonly reason: string;
  readonly count: number;
  /** The lowest of their numbers in KeyCRM. */
  readonly first: string;
  /** Why that one is held; left out where the words are not ours and may name a person. */
  readonly message?: string;
}

export interface HeldRun {
  readonly flow: 'stock' | 'prices';
  readonly reason: string;
  readonly message: string;
}

export interface TenantCondition {
  /** `Warned`: it is served, and something is unusual; left out while nothing is. */
  readonly type: 'Ready' | 'Reconciling' | 'Stalled' | 'Warned';
  readonly status: 'True' | 'False' | 'Unknown';
  /** One CamelCase word for programs. */
  readonly reason: string;
  /** What is so, and what to do about it, for people. */
  readonly message: string;
  readonly observedGeneration?: number;
  /** When `status` last became another. */
  readonly lastTransitionTime: string;
}

/** An annotation that was carried out. */
export interface HandledVerb {
  /** `run-stock`, `release`, …: the annotation without `kds.io/`. */
  readonly verb: string;
  readonly value: string;
  readonly at: string;
  readonly result: string;
}

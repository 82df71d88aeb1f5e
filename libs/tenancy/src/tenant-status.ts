/** What the system says about a tenant, for whoever looks at it from outside. */
export interface TenantStatus {
  readonly conditions: readonly TenantCondition[];
  /** `Tenant.revision` that this status speaks of. */
  readonly observedRevision: string;
  /** `Tenant.generation` that this status speaks of, where there is one. */
  readonly observedGeneration?: number;
  /** ISO instants of the last sync that was proved to have arrived; `null` before the first. */
  readonly lastSync: { readonly orders: string | null; readonly stock: string | null; readonly prices: string | null };
  /** Items that wait for a person. */
  readonly heldItems: number;
  /** Rows read back that differ from what was written, and are not yet repaired. */
  readonly drift: number;
}

export interface TenantCondition {
  readonly type: 'Ready' | 'Reconciling' | 'Stalled';
  readonly status: 'True' | 'False' | 'Unknown';
  /** One CamelCase word for programs. */
  readonly reason: string;
  /** What is so, and what to do about it, for people. */
  readonly message: string;
}

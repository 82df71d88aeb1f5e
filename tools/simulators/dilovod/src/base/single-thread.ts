/** The right to execute, until it is given back. */
export interface Lease {
  /** Notes that the caller of the request that holds the lease went away. */
  connectionLost(): void;
  /** Ends the lease, after the base stayed busy for some more milliseconds. */
  release(busyForMs?: number): void;
}

interface Holder {
  operation: string;
  lost: boolean;
  /** Set once the request is answered but the base stays busy. */
  until?: number;
}

/** Lets one request at a time execute in each scope. */
export class SingleThread {
  private readonly holders = new Map<string, Holder>();

  /** What is being executed now. */
  executing(): readonly string[] {
    return [...this.holders.values()].filter(({ until }) => until === undefined).map(({ operation }) => operation);
  }

  /** A lease, or the request that is in the way. */
  enter(scope: string, operation: string): Lease | { readonly inTheWay: string; readonly connectionLost: boolean } {
    const current = this.holders.get(scope);
    if (current && (current.until === undefined || current.until > performance.now())) {
      return { inTheWay: current.operation, connectionLost: current.lost };
    }
    const holder: Holder = { operation, lost: false };
    this.holders.set(scope, holder);
    return {
      connectionLost: () => (holder.lost = true),
      release: (busyForMs = 0) => {
        if (busyForMs > 0) holder.until = performance.now() + busyForMs;
        else this.holders.delete(scope);
      },
    };
  }
}

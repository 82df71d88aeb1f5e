/** One request that a simulated API received: what it was, what became of it, how long it took. */
export interface LoggedRequest {
  readonly seq: number;
  readonly at: string;
  readonly account: string;
  readonly operation: string;
  readonly request: unknown;
  /** `executed` tells whether the world may have changed, whatever the caller was told. */
  readonly executed: boolean;
  readonly status: number;
  /** Present where the answer matters to a test: a created id, an error text. */
  readonly answer?: unknown;
  readonly fault?: string;
  readonly durationMs: number;
}

/** Something that a well-behaved client never does. */
export interface Violation {
  readonly at: string;
  readonly account: string;
  readonly rule: string;
  readonly detail: string;
}

/** Keeps the newest `capacity` requests of an account and every violation. */
export class RequestLog {
  private readonly kept: LoggedRequest[] = [];
  private readonly broken: Violation[] = [];
  private seq = 0;

  constructor(
    private readonly account: string,
    private readonly capacity = 100_000,
  ) {}

  record(entry: Omit<LoggedRequest, 'seq' | 'account'>): void {
    this.seq += 1;
    this.kept.push({ seq: this.seq, account: this.account, ...entry });
    if (this.kept.length > this.capacity) this.kept.shift();
  }

  violate(rule: string, detail: string): void {
    this.broken.push({ at: new Date().toISOString(), account: this.account, rule, detail });
  }

  /** Requests after `since` (a `seq`), oldest first. */
  requests(since = 0): readonly LoggedRequest[] {
    return this.kept.filter((entry) => entry.seq > since);
  }

  violations(): readonly Violation[] {
    return this.broken;
  }

  clear(): void {
    this.kept.length = 0;
    this.broken.length = 0;
  }
}

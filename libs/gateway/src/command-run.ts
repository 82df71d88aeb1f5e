import type { ApiCallRecord } from '@kds/contracts';
import type { ApiAnswer } from '@kds/kernel';
import { inSpan } from '@kds/observability';

/** How long a call may take and what gives it up before; both vendors' clients take it in this form. */
export interface CallOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What both vendors' clients say about a call. */
export interface ApiCall<T> {
  readonly answer: ApiAnswer<T>;
  /** False only when no request can have left. */
  readonly called: boolean;
  readonly latencyMs: number;
}

export interface CommandRunOptions {
  readonly workingTimeMs: number;
  readonly stopping: AbortSignal;
  readonly onCall: (call: ApiCallRecord) => void;
}

/** Kept back from a command's working time so that its last call has ended, with a word about how, before the time is over. */
const marginMs = 250;

/** One try of a command: the time it has, and the API calls that it makes. */
export class CommandRun {
  private readonly records: ApiCallRecord[] = [];
  private readonly endsAt: number;
  private underWay = 0;
  private sent = false;

  constructor(private readonly options: CommandRunOptions) {
    this.endsAt = performance.now() + options.workingTimeMs;
  }

  /** Calls that have ended, the first one first. */
  get calls(): readonly ApiCallRecord[] {
    return [...this.records];
  }

  /** Whether a request may have reached the API. */
  get called(): boolean {
    return this.sent || this.underWay > 0;
  }

  /** Time left, in milliseconds; never below zero. */
  get leftMs(): number {
    return Math.max(0, this.endsAt - performance.now());
  }

  /** For the next call. */
  callOptions(): CallOptions {
    return { timeoutMs: Math.max(0, this.leftMs - marginMs), signal: this.options.stopping };
  }

  /** Makes one API request and keeps its record. `operation` is one of few names, never a text with ids. */
  async call<Call extends ApiCall<unknown>>(operation: string, request: () => Promise<Call>): Promise<Call> {
    this.underWay += 1;
    try {
      const call = await inSpan(operation, { kind: 'client' }, request);
      this.keep(operation, call);
      return call;
    } catch (error) {
      this.sent = true;
      throw error;
    } finally {
      this.underWay -= 1;
    }
  }

  private keep(operation: string, { answer, called, latencyMs }: ApiCall<unknown>): void {
    this.sent ||= called;
    const record = { operation, latencyMs: Math.round(latencyMs), result: answer.kind === 'done' ? 'done' : answer.failure.code };
    this.records.push(record);
    this.options.onCall(record);
  }
}

import { type PlainError, plainError } from '../logs/plain-error.js';

/** What a log is told of one more failure. `err` has its stack the first time that a failure of its kind is told. */
export interface ToldFailure {
  readonly err: PlainError;
  /** In a row, this one included. */
  readonly failures: number;
}

/** A failure that goes on is told again after so long. */
const tellAgainAfterMs = 30_000;

/** Failures of one thing in a row: told when they begin, when they become others, and from time to time while they go on; not each time. */
export class FailureStreak {
  private count = 0;
  private kind = '';
  private toldAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How often it has failed since it last went through. */
  get failures(): number {
    return this.count;
  }

  /** One more; what to tell of it, or `undefined` when enough has been told. */
  failed(error: unknown): ToldFailure | undefined {
    this.count += 1;
    const err = plainError(error);
    const kind = kindOf(err);
    const isNews = kind !== this.kind;
    if (!isNews && this.now() - this.toldAt < tellAgainAfterMs) return undefined;
    this.kind = kind;
    this.toldAt = this.now();
    return { err: isNews ? err : withoutStack(err), failures: this.count };
  }

  /** It went through. How often it had failed before. */
  ended(): number {
    const failures = this.count;
    this.count = 0;
    this.kind = '';
    return failures;
  }
}

/** Numbers in a message (ids, moments, counts) do not make it another kind. */
function kindOf({ type, code, message, cause }: PlainError): string {
  return [type, code, message.replaceAll(/\d+/g, '#'), ...(cause === undefined ? [] : [kindOf(cause)])].join(' ');
}

function withoutStack({ stack: _, cause, ...err }: PlainError): PlainError {
  return cause === undefined ? err : { ...err, cause: withoutStack(cause) };
}

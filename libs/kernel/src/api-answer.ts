import type { FailureCode } from './failure-codes.js';

/**
 * How a call of someone else's API ended, named by what happens next.
 *
 * `done`: it said yes. `rejected`: it said no, and would again (never retried). `failed`: nothing was executed and a later try may succeed
 * (`retryAfterMs` when the API said how long). `unknown`: it may or may not have been executed; whoever asked must look before repeating a write.
 */
export type ApiAnswer<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'rejected'; readonly failure: ApiFailure }
  | { readonly kind: 'failed'; readonly failure: ApiFailure; readonly retryAfterMs?: number }
  | { readonly kind: 'unknown'; readonly failure: ApiFailure };

/** `code` is for programs and stable; `message` is for people, in plain words, free of HTML, keys and personal details. */
export interface ApiFailure {
  readonly code: FailureCode;
  readonly message: string;
  /** Facts behind the code, e.g. the goods and quantities of a shortage. */
  readonly detail?: unknown;
}

export function done<T>(value: T): ApiAnswer<T> {
  return { kind: 'done', value };
}

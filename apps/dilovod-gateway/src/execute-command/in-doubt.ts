import type { ApiAnswer } from '@kds/kernel';

/** A step failed after an earlier one of the same command may have changed something: only a look can tell how things stand. */
export function inDoubt<T>(answer: Exclude<ApiAnswer<unknown>, { kind: 'done' }>): ApiAnswer<T> {
  return { kind: 'unknown', failure: answer.failure };
}

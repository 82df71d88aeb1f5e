import type { Logger } from '../logs/logger.js';
import { FailureStreak } from './failure-streak.js';

/** Something that failed and will be tried again. */
export interface RecurringFailure {
  /** What it is, for this service: the same for each try (`finalizer of yoga-shop`). */
  readonly what: string;
  readonly error: unknown;
  readonly fields?: object;
  readonly message: string;
  readonly level?: 'warn' | 'error';
}

/** More things than this do not fail side by side for long; the one that has failed longest without going through is forgotten. */
const most = 10_000;

const streaks = new WeakMap<object, Map<string, FailureStreak>>();

/** Logs a failure that is going to be repeated: in full when it is new, then from time to time with how often it has failed in a row. */
export function logRecurring(log: Pick<Logger, 'warn' | 'error'>, { what, error, fields = {}, message, level = 'warn' }: RecurringFailure): void {
  const known = streaks.get(log) ?? new Map<string, FailureStreak>();
  streaks.set(log, known);
  const streak = known.get(what) ?? new FailureStreak();
  if (!known.has(what) && known.size >= most) known.delete(known.keys().next().value ?? '');
  known.set(what, streak);
  const told = streak.failed(error);
  if (told !== undefined) log[level]({ ...fields, ...told }, message);
}

/** It went through: its next failure is a new one. */
export function endRecurring(log: Pick<Logger, 'info'>, what: string): void {
  const known = streaks.get(log);
  const failures = known?.get(what)?.ended() ?? 0;
  known?.delete(what);
  if (failures > 1) log.info({ failures }, `${what}: goes through again`);
}

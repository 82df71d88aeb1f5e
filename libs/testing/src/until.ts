import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait, and for what, in words that complete "waited for …". */
export interface Patience {
  readonly timeoutMs?: number;
  readonly describe: string;
  /** Between two looks, for one that takes work itself. */
  readonly everyMs?: number;
}

const POLL_MS = 20;

/**
 * Waits until the condition holds and returns what it returned. A condition that throws does not hold yet; its last error is told when the
 * time (10 s unless given) is over. Tests wait through this function alone.
 */
export async function until<T>(condition: () => T | Promise<T>, { timeoutMs = 10_000, describe, everyMs = POLL_MS }: Patience): Promise<NonNullable<T>> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const over = new Promise<undefined>((resolve) => deadline.addEventListener('abort', () => resolve(undefined)));
  let last = 'it never held';
  while (!deadline.aborted) {
    try {
      const seen = await Promise.race([condition(), over]);
      if (seen) return seen;
    } catch (error) {
      last = `last error: ${error instanceof Error ? error.message : String(error)}`;
    }
    await pause(everyMs);
  }
  throw new Error(`Waited ${timeoutMs} ms for ${describe}: ${last}.`);
}

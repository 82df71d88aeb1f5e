import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessEnd } from '@kds/embedded';
import { RestartDelay } from './restart-delay.js';

/** A process as far as its life goes. */
export interface Mortal {
  readonly pid: number;
  readonly exited: Promise<ProcessEnd>;
  stop(): Promise<void>;
}

export interface Upkeep<T extends Mortal> {
  /** Starts the process, every time in the same place: same port, same data. */
  readonly start: () => Promise<T>;
  readonly onStarted: (started: T) => void;
  /** The process ended, or could not be started, without having been asked to end. */
  readonly onEnded: (how: { readonly end?: ProcessEnd; readonly error?: unknown; readonly nextStartMs: number }) => void;
}

export interface KeptAlive<T extends Mortal> {
  /** The process that runs now, or ran last. */
  current(): T;
  stop(): Promise<void>;
}

/** Starts a process and starts it again whenever it ends, until it is stopped. Rejects when the first start fails. */
export async function keepAlive<T extends Mortal>({ start, onStarted, onEnded }: Upkeep<T>): Promise<KeptAlive<T>> {
  const stopping = new AbortController();
  const delay = new RestartDelay();
  let current = await start();
  let startedAt = Date.now();
  onStarted(current);

  const restart = async (end: ProcessEnd): Promise<void> => {
    let how: { end?: ProcessEnd; error?: unknown } = { end };
    for (;;) {
      const nextStartMs = delay.next(Date.now() - startedAt);
      onEnded({ ...how, nextStartMs });
      await pause(nextStartMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      startedAt = Date.now();
      try {
        current = await start();
        onStarted(current);
        return;
      } catch (error) {
        how = { error };
      }
    }
  };

  const upkeep = (async () => {
    while (!stopping.signal.aborted) {
      const end = await current.exited;
      if (!stopping.signal.aborted) await restart(end);
    }
  })();

  return {
    current: () => current,
    async stop() {
      stopping.abort();
      await current.stop();
      await upkeep; // a start that was under way when we were asked to stop has ended now …
      await current.stop(); // … and ends here
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { cutText } from '@kds/kernel';

const POLL_MS = 100;
const PROBE_TIMEOUT_MS = 2_000;

interface Probed {
  readonly name: string;
  readonly url: string;
}

/** Some service did not become ready in time; the message names each of them with its last answer. */
export class NotReady extends Error {}

/** Waits until `/health/ready` of every service answers 200. Rejects with {@link NotReady}, or with the signal's reason. */
export async function awaitReady(services: readonly Probed[], timeoutMs: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answers = await Promise.all(services.map(async (service) => ({ ...service, problem: await probe(service.url, signal) })));
    signal.throwIfAborted();
    const waiting = answers.filter(({ problem }) => problem !== undefined);
    if (waiting.length === 0) return;
    if (Date.now() >= deadline) {
      const reasons = waiting.map(({ name, url, problem }) => `${name} (${url}/health/ready): ${problem}`).join('; ');
      throw new NotReady(`Not ready after ${timeoutMs / 1000} s. ${reasons}`);
    }
    await pause(POLL_MS, undefined, { signal });
  }
}

/** Why the service is not ready, or undefined when it is. */
async function probe(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]) });
    const body = await response.text();
    return response.status === 200 ? undefined : `answered ${response.status} ${cutText(body, 300)}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message || message : message;
  }
}

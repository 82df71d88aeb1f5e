import type { GuardedProcess, ProcessEnd } from './guarded-process.js';

/** A server that runs as our child, on 127.0.0.1 only, until `stop()` or until our own process is gone. */
export interface EmbeddedServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server's process has ended, for whatever reason. */
  readonly exited: Promise<ProcessEnd>;
  /** Asks the server to end, waits for it (killed after 4 s), and leaves its data where it is. May be called twice. */
  stop(): Promise<void>;
}

/** How one kind of server tells that it is up, or that somebody took its port first. */
interface StartSigns {
  readonly name: string;
  readonly ready: string;
  readonly portTaken: RegExp;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 4_000;
const KEPT_LINES = 30;

/** The port was free when it was chosen and is not any more: choose another one. */
export class PortTaken extends Error {}

/**
 * Waits until the server's own log says that it is ready.
 * Rejects with {@link PortTaken}, or with the last lines of the log when the server ends or says nothing for a minute.
 */
export async function awaitStarted(server: GuardedProcess, signs: StartSigns, log: (line: string) => void): Promise<void> {
  const tail: string[] = [];
  const started = new Promise<'ready'>((resolve) => {
    server.onLine((line) => {
      log(line);
      tail.push(line);
      if (tail.length > KEPT_LINES) tail.shift();
      if (line.includes(signs.ready)) resolve('ready');
    });
  });
  const tooLate = AbortSignal.timeout(START_TIMEOUT_MS);
  const late = new Promise<'late'>((resolve) => tooLate.addEventListener('abort', () => resolve('late')));
  const first = await Promise.race([started, server.exited, late]);
  if (first === 'ready') return;
  if (first === 'late') server.kill('SIGKILL');
  await server.drained;
  const said = tail.join('\n');
  if (signs.portTaken.test(said)) throw new PortTaken(`${signs.name}: the port is taken`);
  const what = first === 'late' ? `was not ready after ${START_TIMEOUT_MS / 1000} s` : `ended at once (${first.signal ?? first.code})`;
  throw new Error(`${signs.name} ${what}. It said:\n${said}`);
}

/** Ends the process with `signal`, and for good when it does not follow. */
export async function stopProcess(server: GuardedProcess, signal: NodeJS.Signals): Promise<void> {
  server.kill(signal);
  const force = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await server.exited;
  clearTimeout(force);
}

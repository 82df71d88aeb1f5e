import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a process ended: exactly one of the two is set. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  /** What the process is sent when we die without having ended it. Default SIGTERM. */
  readonly orphanSignal?: 'INT' | 'TERM';
}

export interface GuardedProcess {
  readonly pid: number;
  readonly exited: Promise<ProcessEnd>;
  /** Settles after `exited`, when everything that the process wrote has been read. */
  readonly drained: Promise<void>;
  /** Calls back for every line of standard output and standard error, from the first one on. Called once. */
  onLine(listener: (line: string, stream: 'stdout' | 'stderr') => void): void;
  /** Sends a signal; does nothing once the process has ended. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * The shell becomes the command, so the process id is the command's own. What it leaves behind is a watcher on a pipe that only we hold open:
 * the kernel closes it however we die, SIGKILL included, and the watcher then ends the command. A line on the pipe releases the watcher.
 * The watcher is a grandchild, for a server must not meet a child that it did not start itself.
 */
const GUARD = `exec 3<&0
( ( read -r released <&3 || kill -s "$0" $$ ) >/dev/null 2>&1 & )
exec "$@" </dev/null 3<&-`;

/**
 * Starts a process that never outlives ours. It has a process group of its own, so that Ctrl-C in a terminal reaches only us and we decide
 * in which order things end. Rejects when the command cannot be started at all.
 */
export async function spawnGuarded(guarded: GuardedCommand): Promise<GuardedProcess> {
  const child = spawn('/bin/sh', ['-c', GUARD, guarded.orphanSignal ?? 'TERM', guarded.command, ...guarded.args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: guarded.env ?? process.env,
    uid: guarded.uid,
    gid: guarded.gid,
  });
  child.stdin.on('error', () => undefined); // the watcher may be gone already
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      child.stdin.end('\n');
      resolve({ code, signal });
    });
  });
  const drained = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return {
    pid: child.pid as number,
    exited,
    drained,
    onLine(listener) {
      for (const stream of ['stdout', 'stderr'] as const) createInterface(child[stream]).on('line', (line) => listener(line, stream));
    },
    kill: (signal) => void child.kill(signal),
  };
}

import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLL_MS = 100;

interface PidFile {
  readonly path: string;
  /** What the command line of the process that wrote the file contains. */
  readonly program: string;
  readonly timeoutMs?: number;
}

/**
 * Makes sure that nobody else works in a data folder. A process id in the file that belongs to no process any more, or to some other program
 * since, is cleared away. A server that is still shutting down is waited for; one that stays is an error.
 */
export async function awaitPidFileFree({ path, program, timeoutMs = 15_000 }: PidFile): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    const pid = await readPid(path);
    if (pid === undefined) return;
    if (!(await commandLine(pid)).includes(program)) {
      await rm(path, { force: true });
      return;
    }
    if (waited >= timeoutMs) {
      throw new Error(`${program} (process ${pid}) already works in the folder of ${path}. End it, or choose another folder.`);
    }
    await pause(POLL_MS);
  }
}

async function readPid(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 1 ? pid : undefined;
}

/** Empty when there is no such process. `/proc` first: slim containers have no `ps`, other systems no `/proc`. */
async function commandLine(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    if (process.platform === 'linux') return '';
    return run('ps', ['-o', 'command=', '-p', String(pid)]).then(({ stdout }) => stdout, () => '');
  }
}

import { lstat, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where a running stack can be reached; the operator's verbs find it by this. */
export interface RunningStack {
  /** The process that keeps the stack running. */
  readonly pid: number;
  readonly startedAt: string;
  readonly keycrmGateway: string;
  readonly dilovodGateway: string;
  readonly orchestrator: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly tenantsDir: string;
}

const FILE = 'stack.json';

/** One small folder per user, the same with and without a home that can be written. */
function userFolder(): string {
  return join(tmpdir(), `kds-${userInfo().uid}`);
}

/** Writes the stack's addresses, for this user's eyes only, into its state folder and where {@link findRunningStack} looks. Returns how to take them back. */
export async function publishRunningStack(stateDir: string, stack: RunningStack): Promise<() => Promise<void>> {
  const written = [join(stateDir, FILE)];
  if (await ownUserFolder()) written.push(join(userFolder(), `${stack.pid}.json`));
  for (const file of written) {
    await rm(file, { force: true });
    await writeFile(file, JSON.stringify(stack), { mode: 0o600 });
  }
  return async () => {
    for (const file of written) await rm(file, { force: true });
  };
}

/** The stack that works in `stateDir`, or else the one of this user that was started last. Undefined when none runs. */
export async function findRunningStack(stateDir?: string): Promise<RunningStack | undefined> {
  return stateDir === undefined ? (await listRunningStacks())[0] : readStack(join(stateDir, FILE));
}

/** Every stack of this user, the one that was started last first. */
export async function listRunningStacks(): Promise<readonly RunningStack[]> {
  if (!(await ownUserFolder())) return [];
  const files = (await readdir(userFolder())).map((name) => join(userFolder(), name));
  const stacks = (await Promise.all(files.map(readStack))).filter((stack) => stack !== undefined);
  return stacks.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** Undefined when the file is gone, or its writer is. */
async function readStack(file: string): Promise<RunningStack | undefined> {
  try {
    const stack = JSON.parse(await readFile(file, 'utf8')) as RunningStack;
    process.kill(stack.pid, 0);
    return stack;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') await rm(file, { force: true });
    return undefined;
  }
}

/** The temporary folder is everybody's: a folder there that another user made is not trusted. */
async function ownUserFolder(): Promise<boolean> {
  await mkdir(userFolder(), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const entry = await lstat(userFolder()).catch(() => undefined);
  return entry !== undefined && entry.isDirectory() && entry.uid === userInfo().uid && (entry.mode & 0o077) === 0;
}

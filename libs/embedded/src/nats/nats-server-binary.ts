import { access, constants } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { installNatsServer } from './install-nats-server.js';

/** Where packages put the server without it being on everyone's PATH. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

interface Search {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
}

/**
 * The path of a nats-server: the one that `KDS_NATS_SERVER` names, one that the machine has, one that was put into our cache folder before,
 * or one that is put there now. Rejects with what to install when none of these works.
 */
export async function natsServerBinary({ env, log }: Search): Promise<string> {
  const named = env['KDS_NATS_SERVER'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new Error(`KDS_NATS_SERVER names ${named}, which is no program that can be run.`);
  }
  const caches = cacheFolders(env);
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...USUAL_FOLDERS, ...caches];
  for (const folder of folders) {
    const candidate = join(folder, 'nats-server');
    if (await isExecutable(candidate)) return candidate;
  }
  return installNatsServer({ folders: caches, log });
}

/** The workspace's own cache, then the user's, for a workspace that belongs to somebody else. */
function cacheFolders(env: Search['env']): readonly string[] {
  return [join(workspaceRoot(), '.kds', 'cache'), join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kds')];
}

function workspaceRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false);
}

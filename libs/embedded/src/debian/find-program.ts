import { access, constants } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export type Env = Readonly<Record<string, string | undefined>>;

/** Where packages put servers without their being on everyone's PATH. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** The path of a program that the machine has, or that was put into our cache folder before. */
export async function findProgram(name: string, env: Env): Promise<string | undefined> {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...USUAL_FOLDERS, ...cacheFolders(env)];
  for (const folder of folders) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** The workspace's own cache, then the user's, for a workspace that belongs to somebody else. */
export function cacheFolders(env: Env): readonly string[] {
  return [join(workspaceRoot(), '.kds', 'cache'), join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kds')];
}

function workspaceRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false);
}

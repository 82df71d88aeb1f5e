import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The unprivileged account that the server runs under, since Postgres refuses to run as root. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** A command as it must be spawned so that it runs under the right account. */
export interface AccountCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Who owns the cluster: its present owner where there is one, else `postgres` where the machine has such a user, else `nobody`.
 * Undefined for an ordinary user, who runs the server as himself.
 */
export async function postgresAccount(cluster: string): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await accountNamed('postgres')) ?? (await accountNamed('nobody'));
}

async function accountNamed(name: string): Promise<PostgresAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
    return { uid: uid as number, gid: gid as number };
  } catch {
    return undefined;
  }
}

/**
 * The command under the given account. Where that account may not enter a folder on the way (a clone below /root, data below a private
 * temporary folder), it gets the one capability to pass folders, instead of us opening up folders that are not ours.
 */
export async function underAccount(command: string, args: readonly string[], account: PostgresAccount | undefined, reach: readonly string[]): Promise<AccountCommand> {
  if (account === undefined) return { command, args };
  const closed = await firstClosedFolder([command, ...reach], account);
  if (closed === undefined) return { command, args, ...account };
  const grant = ['--reuid', `${account.uid}`, '--regid', `${account.gid}`, '--clear-groups', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
  await run('setpriv', [...grant, 'true']).catch((cause: unknown) => {
    throw new Error(
      `Postgres does not run as root, and its account (user id ${account.uid}) may not enter ${closed}. ` +
        `Run as an ordinary user, choose a folder that others may pass, or allow it with: chmod o+x ${closed}`,
      { cause },
    );
  });
  return { command: 'setpriv', args: [...grant, command, ...args] };
}

/** The first folder above one of the paths that the account may not pass. */
export async function firstClosedFolder(paths: readonly string[], { uid, gid }: PostgresAccount): Promise<string | undefined> {
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const entry = await stat(folder);
      const passes = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001;
      if ((entry.mode & passes) === 0) return folder;
      if (folder === dirname(folder)) break;
    }
  }
  return undefined;
}

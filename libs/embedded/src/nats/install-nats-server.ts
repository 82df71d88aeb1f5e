import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const WHAT_TO_INSTALL = `This machine has no nats-server. One of these brings it:
  Debian, Ubuntu   sudo apt-get install nats-server
  macOS            brew install nats-server
  Docker           docker run --rm -p 127.0.0.1:4222:4222 nats:2.12 -js    then set NATS_URL=nats://127.0.0.1:4222
  anything else    put the program anywhere and set KDS_NATS_SERVER to its path`;

interface Installation {
  /** Where to put the program: the first of these that can be written. */
  readonly folders: readonly string[];
  readonly log: (line: string) => void;
}

/**
 * Fetches Debian's or Ubuntu's own package and unpacks it, which needs no rights on the machine. Returns the program's path.
 * Rejects with {@link WHAT_TO_INSTALL} on every other system and when the package cannot be had.
 */
export async function installNatsServer({ folders, log }: Installation): Promise<string> {
  const workshop = await mkdtemp(join(tmpdir(), 'kds-nats-server-'));
  try {
    log('No nats-server on this machine: fetching the distribution’s package into the cache folder.');
    await download(workshop);
    const archive = (await readdir(workshop)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error('apt-get downloaded no package');
    await run('dpkg', ['-x', archive, 'unpacked'], { cwd: workshop });
    return await keep(join(workshop, 'unpacked', 'usr', 'sbin', 'nats-server'), folders);
  } catch (cause) {
    throw new Error(`${WHAT_TO_INSTALL}\n(An attempt to fetch the package failed: ${(cause as Error).message.trim()})`, { cause });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function download(folder: string): Promise<void> {
  const fetchPackage = () => run('apt-get', ['download', 'nats-server'], { cwd: folder });
  try {
    await fetchPackage();
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    await run('apt-get', ['update']); // fresh containers come without package lists
    await fetchPackage();
  }
}

async function keep(program: string, folders: readonly string[]): Promise<string> {
  let refusal: unknown;
  for (const folder of folders) {
    const place = join(folder, 'nats-server');
    const arriving = `${place}.${process.pid}`;
    try {
      await mkdir(folder, { recursive: true });
      await copyFile(program, arriving);
      await chmod(arriving, 0o755);
      await rename(arriving, place); // two installations at once both end with a whole file
      return place;
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

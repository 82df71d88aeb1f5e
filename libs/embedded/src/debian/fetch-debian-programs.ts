import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface DebianPackage {
  readonly name: string;
  /** Where programs lie in the package: `usr/sbin/nats-server`. */
  readonly programs: readonly string[];
}

interface Fetching {
  /** Where to put the programs: the first of these that can be written. */
  readonly folders: readonly string[];
  readonly log: (line: string) => void;
}

/**
 * Fetches Debian's or Ubuntu's own package and unpacks it, which needs no rights on the machine. Returns the programs' paths in their order. Rejects on
 * every other system and when the package cannot be had.
 */
export async function fetchDebianPrograms({ name, programs }: DebianPackage, { folders, log }: Fetching): Promise<readonly string[]> {
  const workshop = await mkdtemp(join(tmpdir(), `kds-${name}-`));
  try {
    log(`No ${name} on this machine: fetching the distribution’s package into the cache folder.`);
    await download(name, workshop);
    const archive = (await readdir(workshop)).find((file) => file.endsWith('.deb'));
    if (archive === undefined) throw new Error('apt-get downloaded no package');
    await run('dpkg', ['-x', archive, 'unpacked'], { cwd: workshop });
    const kept: string[] = [];
    for (const program of programs) kept.push(await keep(join(workshop, 'unpacked', program), folders));
    return kept;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function download(name: string, folder: string): Promise<void> {
  const fetchPackage = () => run('apt-get', ['download', name], { cwd: folder });
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
    const place = join(folder, basename(program));
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

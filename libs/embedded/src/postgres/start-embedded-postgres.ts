import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { awaitStarted, stopProcess, type EmbeddedServer } from '../embedded-server.js';
import { startOnPort } from '../free-port.js';
import { spawnGuarded } from '../guarded-process.js';
import { awaitPidFileFree } from '../pid-file.js';
import { postgresAccount, underAccount, type PostgresAccount } from './postgres-account.js';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.js';

const run = promisify(execFile);
const USER = 'kds';
const DATABASE = 'kds';
const SIGNS = { name: 'Postgres', ready: 'ready to accept connections', portTaken: /could not bind .*Address already in use/i };
/** An ordinary shut-down without waiting for clients to leave. */
const FAST_SHUTDOWN = 'SIGINT';
/** What a start says while the last children of a killed server are still ending. */
const NOT_QUITE_GONE = /shared memory block .* still in use/;
const GONE_WITHIN_MS = 5_000;

export interface EmbeddedPostgresOptions {
  /** Where the cluster lives. A cluster that is there already is used as it is. */
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number;
  /** False for throw-away data in tests: faster, and lost in a power cut. Default true. */
  readonly durable?: boolean;
  /** Receives the server's own log, line by line. */
  readonly log?: (line: string) => void;
}

interface Cluster {
  readonly folder: string;
  readonly password: string;
  readonly account: PostgresAccount | undefined;
  readonly durable: boolean;
}

/** Starts a real Postgres on loopback. The `url` names a superuser with a password of its own and the database `kds`. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedServer> {
  const binaries = await postgresBinaries();
  const cluster = await openCluster(resolve(options.dataDir), binaries, options.durable ?? true);
  await awaitPidFileFree({ path: join(cluster.folder, 'postmaster.pid'), program: 'postgres' });
  const log = options.log ?? (() => undefined);
  const server = await startOnPort(options.port, (port) => onceAlone(() => startOn(port, cluster, binaries, log)));
  await createDatabase(server).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return server;
}

async function onceAlone<T>(start: () => Promise<T>): Promise<T> {
  const givenUp = Date.now() + GONE_WITHIN_MS;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (!NOT_QUITE_GONE.test(String(error)) || Date.now() > givenUp) throw error;
      await pause(100);
    }
  }
}

async function startOn(port: number, cluster: Cluster, binaries: PostgresBinaries, log: (line: string) => void): Promise<EmbeddedServer> {
  const command = await underAccount(binaries.postgres, serverArguments(port, cluster), cluster.account, [cluster.folder]);
  const child = await spawnGuarded({ ...command, orphanSignal: 'INT' });
  await awaitStarted(child, SIGNS, log);
  return {
    url: `postgres://${USER}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`,
    port,
    pid: child.pid,
    exited: child.exited,
    stop: () => stopProcess(child, FAST_SHUTDOWN),
  };
}

function serverArguments(port: number, { folder, durable }: Cluster): readonly string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_min_messages: 'log', // a refused query is told to whoever asked; here its text could name a buyer
    lc_messages: 'C', // the start is recognised by its English words
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', folder, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The cluster in `dataDir`, made now if there is none. A cluster appears under its final name only when it is complete. */
async function openCluster(dataDir: string, binaries: PostgresBinaries, durable: boolean): Promise<Cluster> {
  const folder = join(dataDir, 'cluster');
  const passwordFile = join(dataDir, 'password');
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const account = await postgresAccount(folder);
  if (!(await exists(folder))) {
    const unfinished = join(dataDir, 'cluster.unfinished');
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, randomBytes(18).toString('hex'), { mode: 0o600 });
    if (account) await Promise.all([unfinished, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    await initialise({ folder: unfinished, passwordFile, account, durable }, binaries);
    await rename(unfinished, folder);
  }
  return { folder, password: (await readFile(passwordFile, 'utf8')).trim(), account, durable };
}

async function initialise(
  { folder, passwordFile, account, durable }: Omit<Cluster, 'password'> & { readonly passwordFile: string },
  { initdb }: PostgresBinaries,
): Promise<void> {
  const flags = [
    ...[`--pgdata=${folder}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'], // the same on every machine
    ...(durable ? [] : ['--no-sync']),
  ];
  const { command, args, uid, gid } = await underAccount(initdb, flags, account, [folder]);
  await run(command, [...args], { cwd: '/', uid, gid });
}

async function createDatabase(server: EmbeddedServer): Promise<void> {
  const address = new URL(server.url);
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}

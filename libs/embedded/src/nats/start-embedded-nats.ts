import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { awaitStarted, stopProcess, type EmbeddedServer } from '../embedded-server.js';
import { startOnPort } from '../free-port.js';
import { spawnGuarded } from '../guarded-process.js';
import { awaitPidFileFree } from '../pid-file.js';
import { natsServerBinary } from './nats-server-binary.js';

const run = promisify(execFile);
const SIGNS = { name: 'nats-server', ready: 'Server is ready', portTaken: /address already in use/i };

export interface EmbeddedNatsOptions {
  /** Where JetStream keeps its streams between runs, and where the server's configuration is written. */
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number;
  /** False for throw-away data in tests: messages are not flushed to disk one by one. Default true. */
  readonly durable?: boolean;
  /** Receives the server's own log, line by line, and what a first installation does. */
  readonly log?: (line: string) => void;
}

/** Starts a real nats-server with JetStream on loopback, installing it first where the machine has none. */
export async function startEmbeddedNats(options: EmbeddedNatsOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  const binary = await natsServerBinary({ env: process.env, log });
  const version = (await run(binary, ['--version'])).stdout;
  await mkdir(dataDir, { recursive: true });
  await awaitPidFileFree({ path: join(dataDir, 'nats-server.pid'), program: 'nats-server' });
  return startOnPort(options.port, async (port) => {
    const configFile = join(dataDir, 'nats-server.conf');
    await writeFile(configFile, natsConfig({ port, dataDir, version, durable: options.durable ?? true }));
    const child = await spawnGuarded({ command: binary, args: ['--config', configFile], orphanSignal: 'TERM' });
    await awaitStarted(child, SIGNS, log);
    return { url: `nats://127.0.0.1:${port}`, port, pid: child.pid, exited: child.exited, stop: () => stopProcess(child, 'SIGINT') };
  });
}

interface NatsSettings {
  readonly port: number;
  readonly dataDir: string;
  /** What `nats-server --version` says. */
  readonly version: string;
  readonly durable: boolean;
}

/**
 * The server's configuration file. `sync_interval: always` writes every message through to the disk before it is acknowledged; servers before
 * 2.10 refuse to start with it, and the ledger in Postgres covers what they may lose in a power cut.
 */
export function natsConfig({ port, dataDir, version, durable }: NatsSettings): string {
  const lines = [
    'host: "127.0.0.1"',
    `port: ${port}`,
    'server_name: "kds-embedded"',
    `pid_file: ${JSON.stringify(join(dataDir, 'nats-server.pid'))}`,
    'jetstream {',
    `  store_dir: ${JSON.stringify(join(dataDir, 'jetstream'))}`,
    ...(durable && knowsSyncInterval(version) ? ['  sync_interval: always'] : []),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function knowsSyncInterval(version: string): boolean {
  const [major = 0, minor = 0] = (/v?(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  return major > 2 || (major === 2 && minor >= 10);
}

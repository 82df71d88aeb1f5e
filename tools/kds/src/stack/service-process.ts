import { freePort, spawnGuarded } from '@kds/embedded';
import type { Logger } from 'pino';
import { keepAlive, type KeptAlive, type Mortal } from './kept-alive.js';
import { toLogRecord } from './log-record.js';
import { serviceEnvironment, type ServiceName, type StackSettings } from './services.js';

/** How long a service may take to finish or release its work before it is killed. */
const STOP_TIMEOUT_MS = 10_000;

export interface RunningService extends Mortal {
  kill(signal: NodeJS.Signals): void;
}

export interface ServiceReplica {
  readonly service: ServiceName;
  /** The service's name, with the replica's number from the second on: `keycrm-gateway`, `keycrm-gateway-2`. */
  readonly name: string;
  readonly url: string;
  readonly process: KeptAlive<RunningService>;
}

export interface ReplicaPlan {
  readonly service: ServiceName;
  readonly name: string;
  /** Default: a free one. It stays the same over restarts. */
  readonly port?: number;
  readonly entry: string;
  readonly settings: StackSettings;
  /** Goes before what the settings make of it. */
  readonly ownEnv: Readonly<Record<string, string>>;
  readonly log: Logger;
  readonly onLog: (record: string) => void;
}

/** Starts one replica of a service as a process of its own and keeps it running. */
export async function startReplica({ service, name, port: fixed, entry, settings, ownEnv, log, onLog }: ReplicaPlan): Promise<ServiceReplica> {
  const port = fixed ?? (await freePort());
  const env = { ...serviceEnvironment(service, port, settings), ...ownEnv };
  const process = await keepAlive({
    start: () => spawnService({ name, entry, env, onLog }),
    onStarted: ({ pid }) => log.info({ process: name, pid }, 'service started'),
    onEnded: ({ end, error, nextStartMs }) => log.error({ process: name, ...end, err: error, nextStartMs }, 'service ended by itself; it is started again'),
  });
  return { service, name, url: `http://127.0.0.1:${port}`, process };
}

interface ServiceSpawn {
  readonly name: string;
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLog: (record: string) => void;
}

async function spawnService({ name, entry, env, onLog }: ServiceSpawn): Promise<RunningService> {
  const child = await spawnGuarded({ command: process.execPath, args: ['--enable-source-maps', entry], env });
  child.onLine((line, stream) => {
    if (line.trim() !== '') onLog(toLogRecord(line, { service: name, stream, at: new Date() }));
  });
  return {
    pid: child.pid,
    exited: child.exited,
    kill: child.kill,
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await child.drained;
      clearTimeout(force);
    },
  };
}

import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readSettings, serviceSettings } from '@kds/observability';
import { pino, type Logger } from 'pino';
import { awaitReady } from './readiness.js';
import { publishRunningStack } from './running-stack.js';
import { openServers } from './servers.js';
import { startReplica, type ServiceReplica } from './service-process.js';
import { SERVICES, serviceEntry, type ServiceName } from './services.js';

const READY_TIMEOUT_MS = 60_000;

export interface StackOptions {
  /** The folder with the Tenant and Secret manifests. */
  readonly tenantsDir: string;
  /** Keeps the servers' data between runs. Default: a temporary folder, removed at the end. */
  readonly stateDir?: string;
  /** The first of consecutive ports, one per replica in the order of {@link SERVICES}. Default: free ports. */
  readonly ports?: number;
  /** What the services inherit besides their settings. Default: our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What one service is told beside and above all that, e.g. to take its tenants from a cluster, with credentials of its own. */
  readonly serviceEnv?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>;
  /** Servers to use instead of embedded ones. */
  readonly servers?: { readonly databaseUrl?: string; readonly natsUrl?: string };
  /** How many processes of a service. Default: one each. */
  readonly replicas?: Partial<Record<ServiceName, number>>;
  /** The files that Node runs instead of the built services. */
  readonly entries?: Partial<Record<ServiceName, string>>;
  readonly readyTimeoutMs?: number;
  /** Gives up a start that is under way; what runs by then is stopped. */
  readonly signal?: AbortSignal;
  /** Receives every log record, ours and the services', as one line of JSON. */
  readonly onLog: (record: string) => void;
}

/** What the `ready` record says. Base URLs are those of each service's first replica. */
export interface ReadyStack {
  readonly keycrmGateway: string;
  readonly dilovodGateway: string;
  readonly orchestrator: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** By replica name: `keycrm-gateway`, then `keycrm-gateway-2`, … */
  readonly pids: Readonly<Record<string, number>>;
}

export interface Stack {
  readonly ready: ReadyStack;
  /** The base URLs of all replicas of a service. */
  urls(service: ServiceName): readonly string[];
  /** The process ids of this moment, by replica name. */
  pids(): Readonly<Record<string, number>>;
  /** Sends a signal to one replica, the first unless told. A replica that dies of it is started again. */
  kill(service: ServiceName, signal: NodeJS.Signals, replica?: number): void;
  /** Ends the services, then the embedded servers, and removes what is temporary. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts servers and services and resolves when all services are ready. Rejects, with everything stopped again, when one is not within a
 * minute, when a server cannot be started, or when `signal` is aborted.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const log = recordWriter(options);
  const undo = new UndoList();
  try {
    return await assemble(options, log, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function assemble(options: StackOptions, log: Logger, undo: UndoList): Promise<Stack> {
  const signal = options.signal ?? new AbortController().signal;
  const stateDir = await openStateDir(options.stateDir, undo);
  const servers = await openServers({ stateDir, given: options.servers ?? {}, log });
  undo.add(() => servers.stop());
  signal.throwIfAborted();

  const replicas: ServiceReplica[] = [];
  undo.add(async () => void (await Promise.all(replicas.map(({ process }) => process.stop()))));
  const settings = { ...servers, tenantsDir: resolve(options.tenantsDir), env: options.env ?? process.env };
  for (const plan of replicaPlans(options)) {
    replicas.push(await startReplica({ ...plan, settings, log, onLog: options.onLog }));
  }
  await awaitReady(replicas, options.readyTimeoutMs ?? READY_TIMEOUT_MS, signal);

  const ready = readyStack(replicas, servers);
  const { pids: _, ...addresses } = ready;
  undo.add(await publishRunningStack(stateDir, { pid: process.pid, startedAt: new Date().toISOString(), ...addresses, tenantsDir: settings.tenantsDir }));
  log.info(ready, 'ready');
  return {
    ready,
    urls: (service) => replicasOf(replicas, service).map(({ url }) => url),
    pids: () => pidsOf(replicas),
    kill: (service, killSignal, replica = 0) => replicasOf(replicas, service)[replica]?.process.current().kill(killSignal),
    stop: () => undo.run(),
  };
}

/** A folder that the account of an embedded Postgres may pass, since ours may be root's. */
async function openStateDir(given: string | undefined, undo: UndoList): Promise<string> {
  if (given !== undefined) {
    await mkdir(given, { recursive: true });
    return resolve(given);
  }
  const temporary = await mkdtemp(join(tmpdir(), 'kds-state-'));
  undo.add(() => rm(temporary, { recursive: true, force: true }));
  await chmod(temporary, 0o711);
  return temporary;
}

function replicaPlans({ replicas, entries, ports, serviceEnv }: StackOptions) {
  const names = SERVICES.flatMap((service) =>
    Array.from({ length: replicas?.[service] ?? 1 }, (_, index) => ({ service, name: index === 0 ? service : `${service}-${index + 1}` })),
  );
  return names.map(({ service, name }, index) => ({
    service,
    name,
    port: ports === undefined ? undefined : ports + index,
    entry: entries?.[service] ?? serviceEntry(service),
    ownEnv: serviceEnv?.[service] ?? {},
  }));
}

function readyStack(replicas: readonly ServiceReplica[], { databaseUrl, natsUrl }: { databaseUrl: string; natsUrl: string }): ReadyStack {
  const first = (service: ServiceName) => replicasOf(replicas, service)[0]?.url ?? '';
  return {
    keycrmGateway: first('keycrm-gateway'),
    dilovodGateway: first('dilovod-gateway'),
    orchestrator: first('sync-orchestrator'),
    databaseUrl,
    natsUrl,
    pids: pidsOf(replicas),
  };
}

function replicasOf(replicas: readonly ServiceReplica[], service: ServiceName): readonly ServiceReplica[] {
  return replicas.filter((replica) => replica.service === service);
}

function pidsOf(replicas: readonly ServiceReplica[]): Readonly<Record<string, number>> {
  return Object.fromEntries(replicas.map(({ name, process }) => [name, process.current().pid]));
}

/** The stack's own records, in the same shape as the services'. */
function recordWriter({ onLog, env }: StackOptions): Logger {
  return pino(
    {
      level: readSettings(env ?? process.env, { KDS_LOG_LEVEL: serviceSettings.KDS_LOG_LEVEL }).KDS_LOG_LEVEL,
      base: { service: 'kds' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => onLog(line.trimEnd()) },
  );
}

/** What must be undone, last thing first. Runs once, however often it is asked for. */
class UndoList {
  private readonly steps: (() => Promise<void>)[] = [];
  private running: Promise<void> | undefined;

  add(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  run(): Promise<void> {
    this.running ??= this.all();
    return this.running;
  }

  private async all(): Promise<void> {
    for (const step of this.steps.toReversed()) await step();
  }
}

import { statSync } from 'node:fs';
import { settingsGiven } from '@kds/observability';
import { Command, InvalidArgumentError } from 'commander';
import { startStack, type Stack, type StackOptions } from '../stack/start-stack.js';

interface UpOptions {
  readonly tenants: string;
  readonly state?: string;
  readonly ports?: number;
}

/** `kds up`: runs the whole system on this machine until SIGTERM or SIGINT. */
export function upCommand(): Command {
  return new Command('up')
    .description('Run the whole system on this machine, with its own Postgres and NATS unless DATABASE_URL or NATS_URL names one')
    .requiredOption('--tenants <dir>', 'folder with the Tenant and Secret manifests; changes apply without a restart', toFolder)
    .option('--state <dir>', 'keep the data of Postgres and NATS here (default: a temporary folder, removed at exit)')
    .option('--ports <base>', 'the services listen on this port and the next two (default: free ports)', toPort)
    .action(up);
}

async function up({ tenants, state, ports }: UpOptions): Promise<void> {
  const { stopRequested, signal } = listenForStop();
  const given = settingsGiven(process.env);
  const servers = { databaseUrl: given['DATABASE_URL'], natsUrl: given['NATS_URL'] };
  process.exitCode = await runUntilStopped({ tenantsDir: tenants, stateDir: state, ports, servers, signal, onLog: print }, stopRequested);
}

/** Returns the exit code: 0 when it was asked to stop, also in the middle of a start; 1 when the stack could not be brought up. */
async function runUntilStopped(options: StackOptions & { readonly signal: AbortSignal }, stopRequested: Promise<void>): Promise<number> {
  let stack: Stack;
  try {
    stack = await startStack(options);
  } catch (error) {
    if (options.signal.aborted) return 0;
    print(JSON.stringify({ level: 'error', time: new Date().toISOString(), service: 'kds', msg: `The stack did not start: ${(error as Error).message}` }));
    return 1;
  }
  await stopRequested;
  await stack.stop();
  return 0;
}

/** Signals that come again while we are stopping change nothing: npm and a terminal's Ctrl-C both send them. */
function listenForStop(): { readonly stopRequested: Promise<void>; readonly signal: AbortSignal } {
  const stopping = new AbortController();
  const stopRequested = new Promise<void>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(name, () => {
        stopping.abort();
        resolve();
      });
    }
  });
  return { stopRequested, signal: stopping.signal };
}

function print(record: string): void {
  process.stdout.write(`${record}\n`);
}

function toFolder(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new InvalidArgumentError('there is no such folder');
  return path;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_533) throw new InvalidArgumentError('a port number from 1 to 65533');
  return port;
}

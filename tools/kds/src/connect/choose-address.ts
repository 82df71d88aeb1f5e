import { settingsGiven } from '@kds/observability';
import { RefusedError } from '@kds/sync-orchestrator';
import { findRunningStack, listRunningStacks, type RunningStack } from '../stack/running-stack.js';

export interface Whereabouts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stateDir: string | undefined;
}

const servers = {
  ledger: { variable: 'DATABASE_URL', of: (stack: RunningStack) => stack.databaseUrl },
  bus: { variable: 'NATS_URL', of: (stack: RunningStack) => stack.natsUrl },
} as const;

/** Where the ledger or the bus is: what the environment names, else the stack in `stateDir`, else the one stack that runs. */
export async function chooseAddress(server: keyof typeof servers, { env, stateDir }: Whereabouts): Promise<string> {
  const { variable, of } = servers[server];
  const named = settingsGiven(env)[variable];
  if (named !== undefined) return named;
  if (stateDir === undefined) return of(onlyStack(await listRunningStacks(), variable));
  const stack = await findRunningStack(stateDir);
  if (stack === undefined) throw new RefusedError(`No stack works in ${stateDir}: start one with \`kds up --tenants DIR --state ${stateDir}\`, or set ${variable}.`);
  return of(stack);
}

export function onlyStack(running: readonly RunningStack[], variable: string): RunningStack {
  const [stack, ...others] = running;
  if (stack === undefined) throw new RefusedError(`No stack of yours runs: start one with \`kds up --tenants DIR\`, or set ${variable}.`);
  if (others.length === 0) return stack;
  const list = running.map(({ pid, startedAt, tenantsDir, databaseUrl }) => `  pid ${pid}, tenants in ${tenantsDir}, since ${startedAt}, ledger ${withoutPassword(databaseUrl)}`);
  throw new RefusedError(`Several stacks run; say which with --state DIR, or set ${variable}:\n${list.join('\n')}`);
}

/** An address that may be shown. */
export function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return 'an address that is no URL';
  const url = new URL(address);
  url.password = '';
  url.search = '';
  return url.href;
}

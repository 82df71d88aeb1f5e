import { type Command, type CommandMessage, correlationOf, eventSubjects, type OutcomeMessage, type ResultOf } from '@kds/contracts';
import type { ApiAnswer, FailureCode } from '@kds/kernel';
import { inSpan } from '@kds/observability';
import type { Tenant } from '@kds/tenancy';
import { CommandRun } from './command-run.js';
import type { GatewayParts } from './gateway-parts.js';
import type { Closable, TenantClients } from './tenant-clients.js';

/** How each kind of command is carried out; the desk holds what that takes. */
export type CommandTable<C extends Command, Desk> = {
  readonly [Kind in C['kind']]: (command: Extract<C, { kind: Kind }>, desk: Desk) => Promise<ApiAnswer<ResultOf[Kind]>>;
};

/** Where the message comes from. */
export interface CommandDelivery {
  /** Another instance had it before and did not settle it. */
  readonly redelivered: boolean;
  readonly heldForMs: number;
}

/** One gateway's way to carry out commands. */
export interface CommandWork<C extends Command, Client extends Closable, Desk> extends Pick<GatewayParts, 'system' | 'metrics' | 'log' | 'stopping' | 'inHand'> {
  readonly bus: Pick<GatewayParts['bus'], 'publish'>;
  readonly clients: TenantClients<Client>;
  readonly table: CommandTable<C, Desk>;
  readonly openDesk: (client: Client, tenant: Tenant, run: CommandRun) => Desk;
  /** After which the bus gives a message that nobody settles to somebody else. */
  readonly ackWaitMs: number;
}

type Ending = Omit<OutcomeMessage, 'commandId' | 'attempt' | 'tenant' | 'system'>;

/**
 * Carries out one command, unless it is too late or somebody may have begun it before, and returns when the bus has stored its one outcome.
 * Rejects only when the bus does not take the outcome.
 */
export async function executeCommand<C extends Command, Client extends Closable, Desk>(message: CommandMessage, delivery: CommandDelivery, work: CommandWork<C, Client, Desk>): Promise<void> {
  const { tenant, attempt, command } = message;
  const kind = Object.hasOwn(work.table, command.kind) ? command.kind : 'other';
  const attributes = { 'kds.tenant': tenant, ...('orderId' in command ? { 'kds.order': command.orderId } : {}) };
  await work.inHand.hold(attempt, () => inSpan(`execute ${kind}`, { attributes }, () => execute(message, delivery, work)));
}

async function execute<C extends Command, Client extends Closable, Desk>(message: CommandMessage, delivery: CommandDelivery, work: CommandWork<C, Client, Desk>): Promise<void> {
  const { commandId, attempt, tenant, command } = message;
  const startedAt = performance.now();
  const ending = refuseToStart(message, delivery, work.ackWaitMs) ?? (await carryOut(message, work));
  const outcome: OutcomeMessage = { commandId, attempt, tenant, system: work.system, ...ending };
  await work.bus.publish(eventSubjects.outcome, outcome, `out-${attempt}`);
  work.metrics.commandEnded(Object.hasOwn(work.table, command.kind) ? command.kind : 'other', outcome.outcome);
  const latencyMs = Math.round(performance.now() - startedAt);
  work.log.info({ ...correlationOf(message), outcome: outcome.outcome, code: outcome.failure?.code, latencyMs }, 'command ended');
}

function refuseToStart({ startBefore }: CommandMessage, { redelivered, heldForMs }: CommandDelivery, ackWaitMs: number): Ending | undefined {
  if (redelivered) return { ...ended('unknown', 'taken-over', 'another gateway took the command and vanished'), called: true };
  if (Date.now() > Date.parse(startBefore)) return ended('expired', 'too-late', 'the command came later than it may be started');
  if (heldForMs > ackWaitMs / 2) return ended('expired', 'held-too-long', 'the command waited so long here that the bus may give it to another gateway');
  return undefined;
}

async function carryOut<C extends Command, Client extends Closable, Desk>(message: CommandMessage, work: CommandWork<C, Client, Desk>): Promise<Ending> {
  const { tenant, workingTimeMs, command } = message;
  if (!Object.hasOwn(work.table, command.kind)) return ended('failed', 'unknown-kind', `this gateway does not know the command ${command.kind}`);
  const carry = work.table[command.kind as C['kind']] as (command: Command, desk: Desk) => Promise<ApiAnswer<unknown>>;
  const run = new CommandRun({ workingTimeMs, stopping: work.stopping, onCall: (call) => work.metrics.apiCalled({ tenant, ...call }) });
  try {
    const done = await work.clients.use(message, (client, known) => withinTime(run, carry(command, work.openDesk(client, known, run))));
    if (!done.ok) return ended(done.error.code === 'other-account' ? 'expired' : 'failed', done.error.code, done.error.message);
    return { ...toEnding(done.value), called: run.called, calls: run.calls };
  } catch (error) {
    work.log.error({ ...correlationOf(message), err: error }, 'a command met a bug of the gateway');
    return { ...ended(run.called ? 'unknown' : 'failed', 'bug', 'the gateway failed while it carried out the command; its log says where'), called: run.called, calls: run.calls };
  }
}

/** The clients keep the deadline by themselves; this makes sure that the command ends even if one does not. */
async function withinTime(run: CommandRun, work: Promise<ApiAnswer<unknown>>): Promise<ApiAnswer<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<ApiAnswer<unknown>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: run.called ? 'unknown' : 'failed', failure: { code: 'deadline', message: 'the command did not end within its time' } }), run.leftMs);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

function toEnding(answer: ApiAnswer<unknown>): Pick<Ending, 'outcome' | 'result' | 'failure' | 'retryAfterMs'> {
  if (answer.kind === 'done') return { outcome: 'done', result: answer.value ?? null };
  const { kind: outcome, failure } = answer;
  const retryAfterMs = answer.kind === 'failed' && answer.retryAfterMs !== undefined ? { retryAfterMs: Math.ceil(answer.retryAfterMs) } : {};
  return { outcome, failure, ...retryAfterMs };
}

function ended(outcome: Ending['outcome'], code: FailureCode, message: string): Ending {
  return { outcome, called: false, calls: [], failure: { code, message } };
}

import { setTimeout as pause } from 'node:timers/promises';
import { commandSubject, type CommandMessage, correlationOf } from '@kds/contracts';
import { endRecurring, inSpan, type Logger, logRecurring } from '@kds/observability';
import { execute, rows } from '@kds/persistence';
import { addressOf, type TenantSpec } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { type DispatchedCommand, pickCommands } from './pick-commands.js';
import type { PrepareCommand } from './prepare-command.js';

export interface DispatchDeps {
  readonly database: DataSource;
  readonly publish: (subject: string, message: object, id: string) => Promise<void>;
  readonly prepare: PrepareCommand;
  readonly logger: Logger;
}

const lanesPerTurn = 100;
const publishAgainMs = 500;
/** Commands fail to leave together; the log is told of all of them at once. */
const what = 'commands to the bus';

/** Gives every runnable lane one turn and publishes what was picked. True when lanes may have more. */
export async function dispatchCommands({ database, publish, prepare, logger }: DispatchDeps): Promise<boolean> {
  const { dispatched, found } = await database.transaction((db) => pickCommands(db, { prepare, lanes: lanesPerTurn }));
  const addresses = await loadAddresses(database, dispatched);
  await Promise.all(dispatched.map((command) => send({ ...command, address: addresses.get(`${command.tenant} ${command.system}`) }, { database, publish, logger })));
  return found > 0;
}

type Accounts = Pick<TenantSpec, 'keycrm' | 'dilovod'>;

/** Where the manifests in force say that the accounts are. */
async function loadAddresses(database: DataSource, dispatched: readonly DispatchedCommand[]): Promise<ReadonlyMap<string, string>> {
  if (dispatched.length === 0) return new Map();
  const names = [...new Set(dispatched.map(({ tenant }) => tenant))];
  const found = await rows<Accounts & { readonly name: string }>(database.manager, `select name, spec -> 'keycrm' as keycrm, spec -> 'dilovod' as dilovod from tenants where name = any ($1) and spec is not null`, [names]);
  return new Map(found.flatMap(({ name, keycrm, dilovod }) => [[`${name} keycrm`, addressOf(keycrm)], [`${name} dilovod`, addressOf(dilovod)]] as const));
}

/**
 * Says it until the bus has it, as long as a gateway may still start it. What the bus did not take by then is lost: its lease ends here, and the command
 * is looked up or said again.
 */
async function send({ traceparent, ...body }: DispatchedCommand & Pick<CommandMessage, 'address'>, { database, publish, logger }: Pick<DispatchDeps, 'database' | 'publish' | 'logger'>): Promise<void> {
  const { attempt, startBefore, command } = body;
  const say = () => publish(commandSubject(body.system, body.pool, command.kind), body satisfies CommandMessage, `cmd-${attempt}`);
  for (;;) {
    try {
      await inSpan(`dispatch ${command.kind}`, { kind: 'producer', parent: traceparent }, say);
      return endRecurring(logger, what);
    } catch (error) {
      logRecurring(logger, { what, error, fields: correlationOf(body), message: 'the bus did not take a command' });
    }
    if (Date.now() > Date.parse(startBefore)) break;
    await pause(publishAgainMs);
  }
  await execute(database.manager, `update attempts set lease_until = clock_timestamp() where id = $1 and settled_at is null`, [attempt]);
}

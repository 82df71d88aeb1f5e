import { setTimeout as pause } from 'node:timers/promises';
import { commandSubject, type CommandMessage, correlationOf } from '@kds/contracts';
import { endRecurring, inSpan, type Logger, logRecurring } from '@kds/observability';
import { execute } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import { type DispatchedCommand, pickCommands } from './pick-commands.js';
import type { PrepareCommand } from './prepare-command.js';

export interface DispatchDeps {
  readonly database: DataSource;
  readonly publish: (subject: string, message: object, id: string) => Promise<void>;
  readonly prepare: PrepareCommand;
  readonly logger: Logger;
}

const accountsPerTurn = 100;
const publishAgainMs = 500;
/** Commands fail to leave together; the log is told of all of them at once. */
const what = 'commands to the bus';

/** Gives every runnable account one turn and publishes what was picked. True when accounts may have more. */
export async function dispatchCommands({ database, publish, prepare, logger }: DispatchDeps): Promise<boolean> {
  const { dispatched, found } = await database.transaction((db) => pickCommands(db, { prepare, accounts: accountsPerTurn }));
  await Promise.all(dispatched.map((command) => send(command, { database, publish, logger })));
  return found > 0;
}

/**
 * Says it until the bus has it, as long as a gateway may still start it. What the bus did not take by then is lost: its lease ends here, and the command
 * is looked up or said again.
 */
async function send({ traceparent, ...body }: DispatchedCommand, { database, publish, logger }: Pick<DispatchDeps, 'database' | 'publish' | 'logger'>): Promise<void> {
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

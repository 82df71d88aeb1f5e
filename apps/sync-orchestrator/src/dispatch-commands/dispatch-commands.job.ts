import { commandSubject, type CommandMessage, correlationOf } from '@kds/contracts';
import { inSpan, type Logger } from '@kds/observability';
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

/** Gives every runnable lane one turn and publishes what was picked. True when lanes may have more. */
export async function dispatchCommands({ database, publish, prepare, logger }: DispatchDeps): Promise<boolean> {
  const { dispatched, found } = await database.transaction((db) => pickCommands(db, { prepare, lanes: lanesPerTurn }));
  await Promise.all(dispatched.map((command) => send(command, { publish, logger })));
  return found > 0;
}

/** A command that the bus did not take stays dispatched in the ledger, and is settled when its lease runs out. */
async function send({ traceparent, ...body }: DispatchedCommand, { publish, logger }: Pick<DispatchDeps, 'publish' | 'logger'>): Promise<void> {
  try {
    await inSpan(`dispatch ${body.command.kind}`, { kind: 'producer', parent: traceparent }, () => publish(commandSubject(body.system, body.pool, body.command.kind), body satisfies CommandMessage, `cmd-${body.attempt}`));
  } catch (error) {
    logger.warn({ err: error, ...correlationOf(body) }, 'the bus did not take a command; it is picked up again when its lease ends');
  }
}

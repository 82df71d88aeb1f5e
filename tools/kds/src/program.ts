import { Command, CommanderError } from 'commander';
import { RefusedError } from '@kds/sync-orchestrator';
import { upCommand } from './up/up.command.js';
import { completionCommand } from './verbs/completion/completion.command.js';
import { deadCommand } from './verbs/dead-letters/dead.command.js';
import { driftCommand } from './verbs/drift/drift.command.js';
import { heldCommand } from './verbs/held/held.command.js';
import { lanesCommand } from './verbs/lanes/lanes.command.js';
import { tenantsCommand } from './verbs/list-tenants/tenants.command.js';
import { orderCommand } from './verbs/order-story/order.command.js';
import { planCommand } from './verbs/plan/plan.command.js';
import { replayCommand } from './verbs/replay/replay.command.js';
import { rulesCommand } from './verbs/rules/rules.command.js';
import type { World } from './world.js';

const exitCodes = { ok: 0, refused: 1, wrongUsage: 2 } as const;

const footer = `
The verbs look at the servers that DATABASE_URL and NATS_URL name, else at those of the stack in --state, else at
those of the one stack that you run. Exit codes: 0 done, 1 refused or nothing found, 2 wrong usage.`;

/** Runs one command line, without the program's name. Returns the exit code. */
export async function runKds(args: readonly string[], world: World): Promise<number> {
  try {
    await kdsProgram(world).parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUsage;
    world.complain(`${error instanceof RefusedError ? error.message : ((error as Error).stack ?? String(error))}\n`);
    return exitCodes.refused;
  }
}

export function kdsProgram(world: World): Command {
  const program = new Command('kds').description('Keeps online shops in step between KeyCRM and Dilovod').addHelpText('after', footer);
  const makers = [tenantsCommand, heldCommand, orderCommand, planCommand, lanesCommand, driftCommand, replayCommand, deadCommand, rulesCommand];
  for (const command of [upCommand(), ...makers.map((make) => make(world)), completionCommand(world, () => program)]) program.addCommand(command);
  for (const command of withSubcommands(program)) settle(command, world);
  return program;
}

function settle(command: Command, { print, complain, width }: World): void {
  const columns = () => (Number.isFinite(width) ? width : 100);
  command.exitOverride().configureOutput({ writeOut: print, writeErr: complain, getOutHelpWidth: columns, getErrHelpWidth: columns });
  command.helpCommand(false).showHelpAfterError(`See \`${pathOf(command)} --help\`.`);
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

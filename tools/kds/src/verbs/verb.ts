import { resolve } from 'node:path';
import type { Ledger } from '@kds/persistence';
import type { Command } from 'commander';
import { withBus, type BusAccess } from '../connect/bus.js';
import { chooseAddress } from '../connect/choose-address.js';
import { changeLedger, readLedger } from '../connect/ledger.js';
import type { World } from '../world.js';

/** What a verb has to say: to programs, and to people. */
export interface Answer {
  readonly json: unknown;
  readonly text: (screen: Screen) => string;
}

export interface Screen {
  readonly width: number;
  readonly now: Date;
}

/** The servers that a verb may ask; each is connected to when it is needed. */
export interface Servers {
  readonly operator: string;
  /** Reads the ledger as it was at one moment. */
  readonly read: <Result>(work: (ledger: Ledger) => Promise<Result>) => Promise<Result>;
  /** Changes the ledger, all or nothing. */
  readonly change: <Result>(work: (ledger: Ledger) => Promise<Result>) => Promise<Result>;
  readonly bus: <Result>(work: (bus: BusAccess) => Promise<Result>) => Promise<Result>;
}

interface VerbOptions {
  readonly json?: boolean;
  readonly state?: string;
}

/** Makes a command a verb: `act` gets the servers, then the arguments, then the options, and its answer is printed as the caller wants it. */
export function verb<Parameters extends unknown[]>(command: Command, world: World, act: (servers: Servers, ...parameters: Parameters) => Promise<Answer>): Command {
  return withJson(command)
    .option('--state <dir>', 'ask the stack that works in this folder')
    .action(async (...given: unknown[]) => {
      const parameters = given.slice(0, -1) as Parameters; // the last one is the command itself
      const { state, json } = parameters.at(-1) as VerbOptions;
      await answer(world, { json: json === true, act: () => act(serversOf(world, state), ...parameters) });
    });
}

export function withJson(command: Command): Command {
  return command.option('--json', 'one JSON document, for programs');
}

/** Prints what `act` answers. With `json`, a refusal is a JSON document too: `{"error": …}`. */
export async function answer(world: World, { json, act }: { readonly json: boolean; readonly act: () => Promise<Answer> }): Promise<void> {
  try {
    const { json: document, text } = await act();
    world.print(json ? `${JSON.stringify(document, null, 2)}\n` : text({ width: world.width, now: world.now() }));
  } catch (error) {
    if (json) world.print(`${JSON.stringify({ error: (error as Error).message })}\n`);
    throw error;
  }
}

function serversOf({ env, operator }: World, state: string | undefined): Servers {
  const whereabouts = { env, stateDir: state === undefined ? undefined : resolve(state) };
  return {
    operator,
    read: async (work) => readLedger(await chooseAddress('ledger', whereabouts), work),
    change: async (work) => changeLedger(await chooseAddress('ledger', whereabouts), work),
    bus: async (work) => withBus(await chooseAddress('bus', whereabouts), work),
  };
}

import { type AfterShipment, dropHeld, type HeldDecision, type HeldSubject, listHeld, loadHeld, nameOfHeld, releaseHeld, textOfHeld, type TenantState } from '@kds/sync-orchestrator';
import { Argument, Command, Option } from 'commander';
import type { World } from '../../world.js';
import { type Servers, verb } from '../verb.js';
import { whenActive } from '../when-active.js';
import { itemText, listText } from './held-text.js';
import { parseHeldSubject } from './parse-held-subject.js';

/** `kds held list|show|release|drop` */
export function heldCommand(world: World): Command {
  return new Command('held')
    .description('What waits for a person: orders, runs of stock or prices that look wrong, and rows that KeyCRM refuses')
    .addCommand(listCommand(world))
    .addCommand(showCommand(world))
    .addCommand(settlingCommand(world, releasing))
    .addCommand(settlingCommand(world, dropping));
}

function listCommand(world: World): Command {
  const command = new Command('list').description('Everything that is held, what has waited longest first').option('--tenant <name>', 'of this tenant only');
  return verb(command, world, async ({ read }, { tenant }: { readonly tenant?: string }) => {
    const items = await read((ledger) => listHeld(ledger, tenant));
    return { json: items.map(({ detail: _, ...item }) => item), text: (screen) => listText(items, screen) };
  });
}

function showCommand(world: World): Command {
  const command = onItem(new Command('show').description('Why one thing is held, with the facts, and what can be done'));
  return verb(command, world, async ({ read }, tenant: string, subject: HeldSubject) => {
    const item = await read((ledger) => loadHeld(ledger, tenant, subject));
    return { json: item, text: (screen) => itemText(item, subject, screen) };
  });
}

interface Settling {
  readonly name: 'release' | 'drop';
  readonly description: string;
  readonly settle: (ledger: Parameters<typeof releaseHeld>[0], decision: HeldDecision) => Promise<TenantState>;
  readonly said: Readonly<Record<HeldSubject['kind'], string>>;
}

const releasing: Settling = {
  name: 'release',
  description: 'Let it go: an order is looked at again with what Dilovod holds now, and a proposed return is made; a run is computed again from fresh data and applied, refused rows are written again',
  settle: releaseHeld,
  said: { order: 'is released: it is looked at again now', run: 'is released: it is computed again from fresh data and applied', rows: 'is written again' },
};

const dropping: Settling = {
  name: 'drop',
  description: 'Leave it: an order stays as it is until it is edited in KeyCRM, a run as long as it would do just the same, refused rows until they would say something else',
  settle: dropHeld,
  said: { order: 'is dropped: it is left alone until it is edited in KeyCRM or released', run: 'is dropped: KeyCRM stays as it is, until a run would do something else', rows: 'is left alone, until it would be written otherwise' },
};

function settlingCommand(world: World, { name, description, settle, said }: Settling): Command {
  const command = onItem(new Command(name).description(description));
  if (name === 'release') command.addOption(new Option('--as <how>', 'an order that is held because its goods were shipped: they come back (return), or never left (reverse)').choices(['return', 'reverse']));
  return verb(command, world, async ({ change, operator }: Servers, tenant: string, subject: HeldSubject, { as }: { readonly as?: AfterShipment }) => {
    const state = await change((ledger) => settle(ledger, { tenant, subject, operator, as }));
    const what = textOfHeld(subject);
    const done = name === 'release' ? 'released' : 'dropped';
    return { json: { tenant, what, done, by: operator, tenantState: state.state }, text: () => `${tenant}: ${nameOfHeld(subject)} ${said[subject.kind]}.${whenActive(state)}\n` };
  });
}

function onItem(command: Command): Command {
  return command.argument('<tenant>', 'name of the tenant').addArgument(new Argument('<what>', 'number of a KeyCRM order, stock, prices or rows').argParser(parseHeldSubject));
}

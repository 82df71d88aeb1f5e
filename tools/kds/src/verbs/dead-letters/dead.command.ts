import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { RefusedError } from '@kds/sync-orchestrator';
import { ageOf } from '../../screen/durations.js';
import { type Column, tableOf } from '../../screen/table.js';
import type { World } from '../../world.js';
import { type Screen, verb } from '../verb.js';
import { type DeadLetter, listDeadLetters, resendDeadLetters } from './dead-letters.js';

/** `kds dead list|resend` */
export function deadCommand(world: World): Command {
  return new Command('dead').description('Messages on the bus that nobody could use').addCommand(listCommand(world)).addCommand(resendCommand(world));
}

function listCommand(world: World): Command {
  const limit = new Option('--limit <count>', 'at most so many').argParser(parseCount).default(50);
  const command = new Command('list').description('The newest dead messages, with the reason').addOption(limit);
  return verb(command, world, async ({ bus }, options: { readonly limit: number }) => {
    const letters = await bus((access) => listDeadLetters(access, options.limit));
    return { json: letters.map(toJson), text: (screen) => textOf(letters, screen) };
  });
}

/** Bodies may hold personal data: only their size is shown. */
function toJson({ id, subject, tenant, reason, tries, at, body }: DeadLetter) {
  return { id, subject, tenant, reason, tries, at, bytes: Buffer.byteLength(body) };
}

export function textOf(letters: readonly DeadLetter[], { width, now }: Screen): string {
  if (letters.length === 0) return 'There are no dead messages.\n';
  const columns: readonly Column<DeadLetter>[] = [
    { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
    { title: 'AGO', align: 'right', cell: ({ at }) => ageOf(at, now) },
    { title: 'TENANT', cell: ({ tenant }) => tenant ?? '–' },
    { title: 'SUBJECT', wraps: true, cell: ({ subject }) => subject },
    { title: 'TRIES', align: 'right', cell: ({ tries }) => String(tries) },
    { title: 'REASON', wraps: true, cell: ({ reason }) => reason },
  ];
  return tableOf(columns, letters, width);
}

interface ResendOptions {
  readonly all?: boolean;
}

function resendCommand(world: World): Command {
  const command = new Command('resend')
    .description('Put dead messages on the bus again, where they came from; each leaves the dead')
    .addArgument(new Argument('[ids...]', 'as the list shows them').argParser((text, earlier: readonly number[] = []) => [...earlier, parseCount(text)]))
    .option('--all', 'all of them');
  return verb(command, world, async ({ bus }, ids: readonly number[], { all }: ResendOptions) => {
    if ((ids.length === 0) !== (all === true)) command.error('error: name messages by their ids, or say --all.');
    const resent = await bus(async (access) => {
      const letters = chosen(await listDeadLetters(access), ids).toReversed();
      await resendDeadLetters(access, letters);
      return letters;
    });
    return { json: resent.map(toJson), text: () => `${resent.length} ${resent.length === 1 ? 'message is' : 'messages are'} on the bus again.\n` };
  });
}

/** Those with the ids, all where none are named; refuses an id that no letter has, before anything is sent. */
function chosen(letters: readonly DeadLetter[], ids: readonly number[]): readonly DeadLetter[] {
  if (ids.length === 0) return letters;
  const missing = ids.filter((id) => !letters.some((letter) => letter.id === id));
  if (missing.length > 0) throw new RefusedError(`There is no dead message ${missing.join(', ')}: nothing was sent. \`kds dead list\` shows which there are.`);
  return letters.filter((letter) => ids.includes(letter.id));
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('write a whole number.');
  return Number(text);
}

import { Argument, Command } from 'commander';
import type { World } from '../../world.js';
import { parseOrderId } from '../held/parse-held-subject.js';
import { verb } from '../verb.js';
import { loadOrderStory } from './order-story.js';
import { shownStory } from './shown-story.js';
import { storyText } from './story-text.js';

/** `kds order show` */
export function orderCommand(world: World): Command {
  const show = new Command('show')
    .description('The whole story of one order: what was seen, decided and why, asked and answered, and what both systems hold')
    .argument('<tenant>', 'name of the tenant')
    .addArgument(new Argument('<id>', 'number of the order in KeyCRM').argParser(parseOrderId))
    .option('--personal', 'with names, phones and e-mails');
  verb(show, world, async ({ read }, tenant: string, orderId: string, { personal }: { readonly personal?: boolean }) => {
    const story = await read((ledger) => loadOrderStory(ledger, tenant, orderId));
    const shown = personal ? story : shownStory(story);
    return { json: shown, text: (screen) => storyText(shown, screen) };
  });
  return new Command('order').description('One order of a tenant').addCommand(show);
}

import { Command, Option } from 'commander';
import type { World } from '../../world.js';
import { answer, withJson } from '../verb.js';
import { ruleLines } from './rule-lines.js';
import { doneText, rulesMarkdown, rulesTable } from './rules-text.js';

interface RulesOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `kds rules`: needs no server. */
export function rulesCommand(world: World): Command {
  const markdown = new Option('--markdown', 'as the page of the documentation').conflicts('json');
  return withJson(new Command('rules').description('What is done about an order, by its stage and by what Dilovod holds for it'))
    .addOption(markdown)
    .action((options: RulesOptions) =>
      answer(world, {
        json: options.json === true,
        act: async () => ({
          json: ruleLines().map((line) => ({ ...line, does: doneText(line.steps) })),
          text: ({ width }) => (options.markdown ? rulesMarkdown() : rulesTable(width)),
        }),
      }),
    );
}

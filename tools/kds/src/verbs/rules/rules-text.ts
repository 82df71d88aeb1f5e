import { stages } from '@kds/sync-domain';
import { type Column, tableOf, wrapped } from '../../screen/table.js';
import { ruleLines, type RuleLine } from './rule-lines.js';
import { holdingWords, policyWords, stageWords, stepWords } from './rule-words.js';

const columns: readonly Column<RuleLine>[] = [
  { title: 'STAGE', cell: ({ stage }) => stage },
  { title: 'DILOVOD HOLDS', wraps: true, cell: ({ holding }) => holdingWords[holding] },
  { title: 'POLICY', wraps: true, cell: ({ policies }) => policies.join(', ') },
  { title: 'WHAT IS DONE', wraps: true, cell: ({ steps }) => doneText(steps) },
];

/** For a terminal. */
export function rulesTable(width: number): string {
  const note = wrapped("POLICY is the manifest's orders.cancelAfterShipment. `kds rules --markdown` explains the words.", width);
  return `${tableOf(columns, ruleLines(), width)}\n${note.join('\n')}\n`;
}

export function doneText(steps: RuleLine['steps']): string {
  return steps.length === 0 ? 'nothing' : steps.map((step) => stepWords[step].phrase).join(', then ');
}

/** The page that is kept in `docs/rules.md`. */
export function rulesMarkdown(): string {
  const rows = ruleLines().map(({ stage, holding, policies, steps }) => `| ${stage} | ${holdingWords[holding]} | ${policies.join(', ')} | ${doneText(steps)} |`);
  return [
    '# What is done about an order',
    'Written by `kds rules --markdown` from the table that decides (`libs/sync-domain/src/orders/order-rules.ts`); a test keeps them the same.',
    'The stage is what the order’s KeyCRM status means to the client (`orders.stages` of the manifest). The steps are gone through in their order: what is so already is passed over, the first that is not is done, and then the order is looked at again. A deletion mark cannot be taken back, so a marked document counts for nothing, whoever marked it: what the stage asks for is made anew. A shipment or a return that somebody made by hand from the order document counts like one of ours.',
    ['| stage | Dilovod holds | cancelAfterShipment | what is done |', '|---|---|---|---|', ...rows].join('\n'),
    '## Stages',
    stages.map((stage) => `* **${stage}**: ${stageWords[stage]}`).join('\n'),
    '## `cancelAfterShipment`',
    Object.entries(policyWords).map(([policy, words]) => `* **${policy}**: ${words}`).join('\n'),
    '## Steps',
    Object.values(stepWords).map(({ phrase, meaning }) => `* **${phrase}**: ${meaning}`).join('\n'),
  ].join('\n\n') + '\n';
}

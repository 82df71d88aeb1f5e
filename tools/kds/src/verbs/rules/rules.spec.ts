import { readFile } from 'node:fs/promises';
import { type Holding, stages, stepsFor } from '@kds/sync-domain';
import { runVerb } from '../../spec-support/run-verb.js';
import { type AfterShipment, ruleLines } from './rule-lines.js';
import { holdingWords, policyWords } from './rule-words.js';

const page = new URL('../../../../../docs/rules.md', import.meta.url);

it('has every case that the decision tells apart, once', () => {
  for (const stage of stages) {
    for (const holding of Object.keys(holdingWords) as Holding[]) {
      for (const policy of Object.keys(policyWords) as AfterShipment[]) {
        const lines = ruleLines().filter((line) => line.stage === stage && line.holding === holding && (line.policies.length === 0 || line.policies.includes(policy)));
        expect(lines.map(({ steps }) => steps)).toEqual([stepsFor(stage, holding, policy)]);
      }
    }
  }
});

it('is kept in the documentation as it is; `kds rules --markdown` writes it anew', async () => {
  expect((await runVerb('rules --markdown')).out).toBe(await readFile(page, 'utf8'));
});

it('fits a terminal, and is told to programs', async () => {
  const { out } = await runVerb('rules');
  expect(out).toMatch(/^cancelled {2}the order {2,}mark the order for\n {2,}deletion$/m);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(JSON.parse((await runVerb('rules --json')).out)).toContainEqual({ stage: 'ordered', holding: 'nothing', policies: [], steps: ['order-saved'], does: 'save the order' });
});

import { boundaryPlants } from './boundary-plants.js';
import { purityPlants, stylePlants } from './file-plants.js';
import { lintPlanted } from './lint-planted.js';
import type { LintAnswer } from './planted-text.js';

const plants = [...boundaryPlants, ...purityPlants, ...stylePlants];
const specWithClock = { file: 'libs/sync-domain/src/planted.spec.ts', code: 'export const planted = Date.now();' };

describe('what must not be imported or written is caught by lint', () => {
  let answer: LintAnswer;

  beforeAll(async () => {
    const pairs = plants.flatMap(({ file, bad, good }) => [{ file, code: bad }, { file, code: good }]);
    answer = await lintPlanted([...pairs, specWithClock]);
  }, 120_000);

  it.each(plants.map((plant, index) => [plant.what, plant, index] as const))('%s', (_what, { tag, caughtBy }, index) => {
    const [bad = [], good = []] = answer.found.slice(2 * index, 2 * index + 2);
    expect(bad).toEqual([expect.stringContaining(caughtBy)]);
    if (tag !== undefined) expect(bad[0]).toContain(`"${tag}"`);
    expect(good).toEqual([]);
  });

  it('plants a violation of every boundary that can be violated', () => {
    const closed = answer.boundaries.filter(({ onlyDependOnLibsWithTags }) => !onlyDependOnLibsWithTags?.includes('*'));
    const planted = new Set(boundaryPlants.map(({ tag }) => tag));
    expect(closed.map(({ sourceTag }) => sourceTag).filter((tag) => !planted.has(tag))).toEqual([]);
  });

  it('leaves specs of the domain the clock', () => {
    expect(answer.found.at(-1)).toEqual([]);
  });
});

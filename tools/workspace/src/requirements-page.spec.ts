import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Proof {
  readonly file: string;
  readonly ids: readonly string[];
  readonly says: string;
}

interface RequirementsPage {
  readonly PAGE: string;
  findProofs(root: string): readonly Proof[];
  proofsIn(text: string): readonly Omit<Proof, 'file'>[];
  findGaps(proofs: readonly Proof[]): { readonly unproved: readonly string[]; readonly unknown: readonly string[] };
  requirementsPage(proofs: readonly Proof[]): string;
}

const { PAGE, findGaps, findProofs, proofsIn, requirementsPage } = (await import(new URL('./requirements-page.mjs', import.meta.url).pathname)) as RequirementsPage;
const root = resolve(import.meta.dirname, '..', '..', '..');
const proofs = findProofs(root);

it('the page of requirements is what the names of the tests say: `npm run docs:requirements` writes it', () => {
  expect(readFileSync(resolve(root, PAGE), 'utf8')).toBe(requirementsPage(proofs));
});

it('every requirement that must have a test has one, and tests name only requirements that there are', () => {
  expect(findGaps(proofs)).toEqual({ unproved: [], unknown: [] });
});

it('what has no test, or is no requirement, is found', () => {
  const { unproved, unknown } = findGaps([{ file: 'a.spec.ts', ids: ['A2', 'A99'], says: 'x' }]);
  expect(unproved).toContain('A1');
  expect(unproved).not.toContain('A2');
  expect(unknown).toEqual(['A99']);
});

it('reads the names of tests, of tables of tests and of blocks', () => {
  // The dots keep these from being taken for names of tests of this file.
  const text = String.raw`
    test('·A9 F2: it\'s once', () => {});
    describe("·B3: a block", () => {});
    ])('·C1: %s', run);
    it('no id: A9 is not at the beginning', () => {});
    const hex = 'D0FF:';
  `.replaceAll('·', '');
  expect(proofsIn(text)).toEqual([
    { ids: ['A9', 'F2'], says: "it's once" },
    { ids: ['B3'], says: 'a block' },
    { ids: ['C1'], says: '%s' },
  ]);
});

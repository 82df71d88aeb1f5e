import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './digest.mjs';
import { provedSections, sections } from './requirements.mjs';

export const PAGE = 'docs/requirements.md';

/** A text of a test's or block's name: ids, a colon, what it says. */
const named = /(['"`])((?:[A-F]\d{1,2} )*[A-F]\d{1,2}): ((?:\\.|(?!\1).)+)\1/g;

/** The tests of a workspace whose names carry ids: `{ file, ids, says }` each, in the order of files and lines. */
export function findProofs(root) {
  const specs = ['apps', 'libs', 'tests', 'tools'].flatMap((folder) => listFiles(join(root, folder)).map((file) => `${folder}/${file}`)).filter((file) => file.endsWith('.spec.ts'));
  return specs.sort().flatMap((file) => proofsIn(readFileSync(join(root, file), 'utf8')).map((proof) => ({ file, ...proof })));
}

export function proofsIn(text) {
  return [...text.matchAll(named)].map(([, , ids, says]) => ({ ids: ids.split(' '), says: says.replaceAll(/\\(['"`])/g, '$1') }));
}

/** Ids that must have a test and have none, and ids in names that are no requirement's. */
export function findGaps(proofs) {
  const known = sections.flatMap(({ requirements }) => Object.keys(requirements));
  const used = new Set(proofs.flatMap(({ ids }) => ids));
  return {
    unproved: known.filter((id) => provedSections.includes(id[0]) && !used.has(id)),
    unknown: [...used].filter((id) => !known.includes(id)),
  };
}

/** The page: every requirement with its tests, file by file. */
export function requirementsPage(proofs) {
  const head = [
    '# Requirements, and the tests that prove them',
    '',
    'Written by `npm run docs:requirements` from the names of the tests; a test keeps it true. A test or a block of tests names what it proves:',
    "`test('A9 F2: …')`. The ids are kept in [tools/workspace/src/requirements.mjs](../tools/workspace/src/requirements.mjs).",
  ];
  const body = sections.flatMap(({ letter, title, requirements }) => [`## ${letter}. ${title}`, ...Object.entries(requirements).flatMap(([id, name]) => requirement(id, name, proofs))]);
  return `${[...head, '', ...body.flatMap((block) => [block, ''])].join('\n').trimEnd()}\n`;
}

function requirement(id, name, proofs) {
  const own = proofs.filter(({ ids }) => ids.includes(id));
  const files = [...new Set(own.map(({ file }) => file))];
  const lists = files.map((file) => [`* [${file}](../${file})`, ...own.filter((proof) => proof.file === file).map(({ says }) => `  * ${shown(says)}`)].join('\n'));
  return [`### ${id}. ${name}`, lists.length === 0 ? 'No test names it yet.' : lists.join('\n')];
}

/** What Markdown would take for its own. */
function shown(says) {
  return says.replaceAll(/[\\*_<>[\]|]/g, '\\$&');
}

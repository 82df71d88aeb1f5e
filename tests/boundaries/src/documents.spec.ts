import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const workspace = resolve(import.meta.dirname, '..', '..', '..');
const documents = ['README.md', 'observability/README.md', ...filesBelow('docs').filter((file) => file.endsWith('.md'))];

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(workspace, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(workspace.length + 1)] : []));
}

/** Targets of Markdown links that lie in the repository. */
function linksIn(text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^(https?:|mailto:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}

/** Paths from the root of the repository, wherever they are written; a name that stands for many (`<tenant>`, `*`) ends before its variable part. */
function pathsIn(text: string): readonly string[] {
  const paths = [...text.matchAll(/(?<![\w./@-])(?:apps|libs|tools|tests|docs|docker|k8s|observability)\/[\w./-]*/g)].map(([path]) => path.replace(/[./]+$/, ''));
  return [...new Set(paths)];
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(workspace, document), 'utf8');

  it('links to files that exist', () => {
    expect(linksIn(text).filter((link) => !existsSync(join(workspace, dirname(document), link)))).toEqual([]);
  });

  it('names files that exist', () => {
    expect(pathsIn(text).filter((path) => !existsSync(join(workspace, path)))).toEqual([]);
  });
});

it('there is something to check', () => {
  expect(documents.length).toBeGreaterThan(1);
});

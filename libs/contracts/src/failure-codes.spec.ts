import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureCodes } from '@kds/kernel';
import { codesWhere, failureRule } from './failure-codes.js';

const workspace = join(import.meta.dirname, '..', '..', '..');
const known: ReadonlySet<string> = new Set(failureCodes);

/** Other words that those texts put between back quotes. */
const notCodes: ReadonlySet<string> = new Set([
  'done',
  'rejected',
  'failed',
  'unknown',
  'called',
  'answer',
  'detail',
  'unreadable',
  'missing',
]);

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(workspace, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('spec-support'))
    .map((file) => join(workspace, folder, file));
}

/** Wherever a source names a code: as the member of a failure, or in the functions that make one. */
function codesIn(text: string): readonly string[] {
  const members = [...text.matchAll(/\bcode: '([a-z][a-z-]*)',\s*message/g)];
  const calls = [
    ...text.matchAll(/\b(?:received|rejected|failed|doubt|refused)\('([a-z][a-z-]*)'/g),
    ...text.matchAll(/\bended\([^,]*, '([a-z][a-z-]*)'/g),
  ];
  return [...members, ...calls].map(([, code]) => code ?? '');
}

test.each([
  'libs/keycrm-client/src',
  'libs/dilovod-client/src',
  'libs/gateway/src',
  'apps/keycrm-gateway/src',
  'apps/dilovod-gateway/src',
])('E5: every code that %s can answer with is in the table', (folder) => {
  const named = sourcesIn(folder).flatMap((file) => codesIn(readFileSync(file, 'utf8')));
  expect([...new Set(named)].filter((code) => !known.has(code))).toEqual([]);
});

test.each([
  ['libs/dilovod-client/README.md', /^\| (`[^|]*)/],
  ['libs/keycrm-client/src/keycrm-client.ts', /^ \*.*/],
])('E5: every code that %s lists is in the table', (file, listing) => {
  const lines = readFileSync(join(workspace, file), 'utf8')
    .split('\n')
    .flatMap((line) => listing.exec(line)?.at(-1) ?? []);
  const listed = lines
    .flatMap((line) => [...line.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, code]) => code ?? ''))
    .filter((code) => !notCodes.has(code));
  expect(listed.length).toBeGreaterThan(10);
  expect(listed.filter((code) => !known.has(code))).toEqual([]);
});

test('E1: whatever keeps an API from answering as it should rests the account, a minute at most', () => {
  for (const code of ['html', 'bad-answer', 'no-id', 'deadline', 'timeout', 'empty-body', 'server-error']) {
    const { fault, trouble, restMs } = failureRule(code, 'save-sale-order');
    expect([code, fault, trouble]).toEqual([code, 'account', 'outage']);
    expect([1, 2, 3, 4, 5, 20].map(restMs)).toEqual([0, 0, 500, 1_000, 2_000, 60_000]);
  }
});

test.each(['oversize', 'too-large'])(
  'E1: %s is the fault of a list that is too long, and of the API where one thing was asked for',
  (code) => {
    expect(failureRule(code, 'list-documents').fault).toBe('command');
    expect(failureRule(code, 'list-stocks').fault).toBe('command');
    expect(failureRule(code, 'save-sale').fault).toBe('account');
    expect(failureRule(code, 'read-order').fault).toBe('account');
  },
);

test('E1: what an API says of one order rests nothing, and a code that nobody knows neither', () => {
  for (const code of ['shortage', 'closed-period', 'bad-field', 'no-such-code'])
    expect(failureRule(code, 'save-sale').fault).toMatch(/order|command/);
});

test("E5: each outage, key and limit is the account's", () => {
  expect(codesWhere(({ fault, trouble }) => trouble === 'outage' && fault !== 'account')).toEqual([]);
  expect(codesWhere(({ trouble }) => trouble === 'limit')).toEqual(['throttled', 'concurrent']);
});

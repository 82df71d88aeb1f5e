import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspace } from './render.js';

const folder = mkdtempSync(join(tmpdir(), 'kds-plugin-'));
beforeAll(() => {
  const kubectl = join(folder, 'kubectl');
  writeFileSync(kubectl, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(kubectl, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The words that the plugin gives to kubectl. */
function wordsFor(args: readonly string[], env: Readonly<Record<string, string>> = {}): readonly string[] {
  const printed = execFileSync(join(workspace, 'k8s', 'kubectl-kds'), args, { encoding: 'utf8', env: { ...env, PATH: `${folder}:${process.env.PATH}` }, stdio: ['ignore', 'pipe', 'pipe'] });
  return printed.split('\n').slice(0, -1);
}

const pod = ['exec', '--stdin', 'deploy/sync-orchestrator', '--', 'kds'];

test.each([
  [['tenants'], {}, ['--namespace', 'kds', ...pod, 'tenants']],
  [['-n', 'shops', 'held', 'list'], {}, ['--namespace', 'shops', ...pod, 'held', 'list']],
  [['--context=prod', '--namespace=shops', 'tenants', '--json'], {}, ['--context=prod', '--namespace', 'shops', ...pod, 'tenants', '--json']],
  [['order', 'show', 'yoga-shop', '9051', '-n', 'two words'], { KDS_NAMESPACE: 'shops' }, ['--namespace', 'shops', ...pod, 'order', 'show', 'yoga-shop', '9051', '-n', 'two words']],
])('kubectl kds %j', (args, env, words) => {
  expect(wordsFor(args, env)).toEqual(words);
});

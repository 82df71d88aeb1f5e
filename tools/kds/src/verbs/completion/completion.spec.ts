import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { itUnless } from '@kds/testing';
import { runVerb } from '../../spec-support/run-verb.js';

const run = promisify(execFile);
const without = (shell: string) => spawnSync(shell, ['-c', 'true']).error && `there is no ${shell}`;

/** What bash would offer for the last word of a line. */
async function offered(line: string): Promise<readonly string[]> {
  const { out } = await runVerb('completion bash');
  const words = line.split(' ');
  const { stdout } = await run('bash', ['-c', `${out}\nCOMP_WORDS=("$@"); COMP_CWORD=${words.length - 1}; _kds; printf '%s\\n' "\${COMPREPLY[@]}"`, 'bash', ...words]);
  return stdout.split('\n').filter((word) => word !== '');
}

itUnless(without('bash'))('bash offers commands, their subcommands and options', async () => {
  expect(await offered('kds h')).toEqual(['held']);
  expect(await offered('kds held ')).toEqual(['list', 'show', 'release', 'drop', '--help']);
  expect(await offered('kds held list --t')).toEqual(['--tenant']);
  expect(await offered('kds held release list --')).toEqual(['--as', '--json', '--state', '--help']);
  expect(await offered('kds completion z')).toEqual(['zsh']);
});

itUnless(without('zsh'))('zsh understands its script', async () => {
  const { out } = await runVerb('completion zsh');
  await run('zsh', ['-n', '-c', out]);
});

it('is for zsh too', async () => {
  expect((await runVerb('completion zsh')).out).toContain('("/held") compadd -- list show release drop --help ;;');
});

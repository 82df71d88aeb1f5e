import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Lock {
  withLock<T>(file: string, work: () => Promise<T>, say: (words: string) => void): Promise<T>;
}

const { withLock } = (await import(new URL('./lock.mjs', import.meta.url).pathname)) as Lock;

describe('the lock around installing and building', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kds-lock-'));
    file = join(folder, 'prepare.lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lets one in at a time, also after one that failed', async () => {
    const steps: string[] = [];
    const said: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} in`);
      await new Promise(setImmediate);
      steps.push(`${name} out`);
      if (name === 'first') throw new Error('no disk space');
    };
    const [first] = await Promise.allSettled([withLock(file, work('first'), (words) => said.push(words)), withLock(file, work('second'), (words) => said.push(words))]);
    expect(first.status).toBe('rejected');
    expect(steps).toEqual(['first in', 'first out', 'second in', 'second out']);
    expect(said).toEqual(['Another process is preparing this workspace: waiting for it.']);
  });

  it('takes over from a process that died', async () => {
    const dead = spawnSync(process.execPath, ['--version']).pid;
    await writeFile(file, String(dead));
    expect(await withLock(file, () => readFile(file, 'utf8'), () => undefined)).toBe(String(process.pid));
  });
});

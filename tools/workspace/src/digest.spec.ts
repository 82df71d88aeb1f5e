import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Digest {
  listFiles(folder: string): readonly string[];
  digestOf(folder: string, files: readonly string[], ...alsoCounts: readonly string[]): string;
}

const { digestOf, listFiles } = (await import(new URL('./digest.mjs', import.meta.url).pathname)) as Digest;

describe('the digest that tells whether anything must be done again', () => {
  let folder: string;
  const digest = () => digestOf(folder, listFiles(folder));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kds-digest-'));
    for (const path of ['src', 'dist', 'node_modules/x', '.nx']) await mkdir(join(folder, path), { recursive: true });
    for (const path of ['src/b.ts', 'src/a.ts', 'dist/a.js', 'node_modules/x/package.json', '.nx/cache']) await writeFile(join(folder, path), 'text');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('sees sources only, in the same order everywhere', () => {
    expect(listFiles(folder)).toEqual(['src/a.ts', 'src/b.ts']);
  });

  it('stays when nothing changes, and changes with a content, a name, and anything else that counts', async () => {
    const before = digest();
    await writeFile(join(folder, 'dist', 'a.js'), 'built again');
    expect(digest()).toBe(before);
    await writeFile(join(folder, 'src', 'a.ts'), 'text!');
    const edited = digest();
    await rename(join(folder, 'src', 'b.ts'), join(folder, 'src', 'c.ts'));
    const renamed = digest();
    expect(new Set([before, edited, renamed, digestOf(folder, listFiles(folder), 'linux')]).size).toBe(4);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsServerBinary } from './nats-server-binary.js';

describe('where a nats-server is looked for', () => {
  let folder: string;
  const log = () => undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kds-binary-'));
    await writeFile(join(folder, 'nats-server'), '#!/bin/sh\n', { mode: 0o755 });
    await writeFile(join(folder, 'plain'), '', { mode: 0o644 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the named program before any other', async () => {
    const named = join(folder, 'nats-server');
    expect(await natsServerBinary({ env: { KDS_NATS_SERVER: named, PATH: '' }, log })).toBe(named);
  });

  it('does not fall back silently when the named program cannot be run', async () => {
    const wrong = natsServerBinary({ env: { KDS_NATS_SERVER: join(folder, 'plain'), PATH: folder }, log });
    await expect(wrong).rejects.toThrow('plain, which is no program that can be run');
  });

  it('takes the first on the PATH', async () => {
    expect(await natsServerBinary({ env: { PATH: `/nonexistent:${folder}` }, log })).toBe(join(folder, 'nats-server'));
  });
});

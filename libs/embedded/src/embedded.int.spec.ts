import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { startEmbeddedNats, startEmbeddedPostgres } from './index.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function streamNames(url: string, create?: string): Promise<string[]> {
  const connection = await connect({ servers: url });
  try {
    const streams = (await jetstreamManager(connection)).streams;
    if (create !== undefined) await streams.add({ name: create, subjects: [`${create}.>`] });
    return await streams.names().next();
  } finally {
    await connection.close();
  }
}

describe('embedded servers', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kds-embedded-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('Postgres keeps its data between runs, below a folder that only we may enter', async () => {
    await chmod(folder, 0o700);
    const dataDir = join(folder, 'postgres');
    const first = await startEmbeddedPostgres({ dataDir, durable: false });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();

    const second = await startEmbeddedPostgres({ dataDir, durable: false });
    try {
      expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
      expect(await query(second.url, `select 'Ґ' = upper('ґ') as ukrainian, current_setting('listen_addresses') as listens`)).toEqual([
        { ukrainian: true, listens: '127.0.0.1' },
      ]);
    } finally {
      await second.stop();
    }
  });

  it('Postgres starts over what a killed server left, even when its process id belongs to another program now', async () => {
    const dataDir = join(folder, 'postgres');
    const killed = await startEmbeddedPostgres({ dataDir });
    process.kill(killed.pid, 'SIGKILL');
    expect((await killed.exited).signal).toBe('SIGKILL');
    await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'cluster')}\n`);

    const next = await startEmbeddedPostgres({ dataDir });
    expect(await query(next.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await next.stop();
  });

  it('NATS keeps its streams between runs and takes the port that it is given', async () => {
    const dataDir = join(folder, 'nats');
    const first = await startEmbeddedNats({ dataDir });
    expect(await streamNames(first.url, 'KEPT')).toEqual(['KEPT']);
    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    const second = await startEmbeddedNats({ dataDir, port: first.port });
    expect(second.url).toBe(first.url);
    expect(await streamNames(second.url)).toEqual(['KEPT']);
    await second.stop();
  });

  it('a port that is taken is an error when it was asked for', async () => {
    const first = await startEmbeddedNats({ dataDir: join(folder, 'one') });
    await expect(startEmbeddedNats({ dataDir: join(folder, 'two'), port: first.port })).rejects.toThrow('the port is taken');
    await first.stop();
  });

  it('ends with the process that started it, even when that is killed', async () => {
    const script = join(folder, 'owner.mjs');
    const guard = join(import.meta.dirname, 'guarded-process.ts');
    await writeFile(
      script,
      `import { spawnGuarded } from ${JSON.stringify(guard)};
       const server = "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(String(s.address().port)))";
       const child = await spawnGuarded({ command: process.execPath, args: ['-e', server] });
       child.onLine((line) => console.log(line));`,
    );
    const owner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [port] = (await once(owner.stdout, 'data')) as [Buffer];
      const connection = createConnection(Number(port), '127.0.0.1').on('error', () => undefined);
      await once(connection, 'connect');
      owner.kill('SIGKILL');
      await once(connection, 'close');
    } finally {
      owner.kill('SIGKILL');
    }
  });
});

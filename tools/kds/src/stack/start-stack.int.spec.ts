import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServers, until, type TestServers } from '@kds/testing';
import { findRunningStack, startStack, type Stack, type StackOptions } from '../index.js';

/** A service that is ready unless its folder has a file `unready`, tells its environment, and takes SIGTERM as told. */
const SERVICE = `
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
const { KDS_HTTP_HOST, KDS_HTTP_PORT, FAKE_DIR } = process.env;
createServer((request, response) => {
  if (request.url === '/env') return response.end(JSON.stringify(process.env));
  response.writeHead(existsSync(FAKE_DIR + '/unready') ? 503 : 200).end('checked');
}).listen(Number(KDS_HTTP_PORT), KDS_HTTP_HOST);
process.on('SIGTERM', () => {
  console.log(JSON.stringify({ level: 'info', service: process.argv[1], msg: 'released' }));
  process.exit(0);
});
console.log('plain words');
`;

describe('a running stack', () => {
  let servers: TestServers;
  let folder: string;
  let records: Record<string, unknown>[];
  let stack: Stack | undefined;

  beforeAll(async () => {
    servers = await startTestServers();
  });
  afterAll(() => servers?.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kds-stack-'));
    await writeFile(join(folder, 'service.mjs'), SERVICE);
    records = [];
  });
  afterEach(async () => {
    await stack?.stop();
    stack = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  function options(more: Partial<StackOptions> = {}): StackOptions {
    const entry = join(folder, 'service.mjs');
    return {
      tenantsDir: join(folder, 'tenants'),
      stateDir: join(folder, 'state'),
      servers: { databaseUrl: servers.databaseUrl, natsUrl: servers.natsUrl },
      env: { ...process.env, FAKE_DIR: folder },
      entries: { 'keycrm-gateway': entry, 'dilovod-gateway': entry, 'sync-orchestrator': entry },
      onLog: (record) => records.push(JSON.parse(record) as Record<string, unknown>),
      ...more,
    };
  }

  const record = (msg: string) => records.find((each) => each['msg'] === msg);
  const answers = (url: string) => fetch(`${url}/health/ready`).then(({ status }) => status === 200, () => false);

  it('writes the ready record, passes on what the services say, and ends them in peace', async () => {
    stack = await startStack(options());
    expect(record('ready')).toMatchObject({
      level: 'info',
      service: 'kds',
      keycrmGateway: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      dilovodGateway: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      orchestrator: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      databaseUrl: servers.databaseUrl,
      natsUrl: servers.natsUrl,
      pids: { 'keycrm-gateway': expect.any(Number), 'dilovod-gateway': expect.any(Number), 'sync-orchestrator': expect.any(Number) },
    });
    expect(records.filter(({ msg }) => msg === 'plain words').map(({ service }) => service).sort()).toEqual(['dilovod-gateway', 'keycrm-gateway', 'sync-orchestrator']);
    const environment = (await (await fetch(`${stack.ready.orchestrator}/env`)).json()) as Record<string, string>;
    expect(environment).toMatchObject({ DATABASE_URL: servers.databaseUrl, NATS_URL: servers.natsUrl, KDS_TENANTS_DIR: join(folder, 'tenants') });

    await stack.stop();
    expect(records.filter(({ msg }) => msg === 'released')).toHaveLength(3);
    expect(await answers(stack.ready.orchestrator)).toBe(false);
  });

  it('starts a killed service again under the same address, with another process', async () => {
    stack = await startStack(options());
    const { pids, dilovodGateway } = stack.ready;
    stack.kill('dilovod-gateway', 'SIGKILL');
    await until(() => stack?.pids()['dilovod-gateway'] !== pids['dilovod-gateway'], { describe: 'a new process' });
    await until(() => answers(dilovodGateway), { describe: 'the new process answers' });
    expect(record('service ended by itself; it is started again')).toMatchObject({ level: 'error', process: 'dilovod-gateway', signal: 'SIGKILL', nextStartMs: 200 });
    expect(stack.pids()['keycrm-gateway']).toBe(pids['keycrm-gateway']);
  });

  it('runs several replicas of a service, on consecutive ports from a given base', async () => {
    const base = await consecutivePorts(4);
    stack = await startStack(options({ replicas: { 'dilovod-gateway': 2 }, ports: base }));
    expect(stack.urls('keycrm-gateway')).toEqual([`http://127.0.0.1:${base}`]);
    expect(stack.urls('dilovod-gateway')).toEqual([`http://127.0.0.1:${base + 1}`, `http://127.0.0.1:${base + 2}`]);
    expect(stack.urls('sync-orchestrator')).toEqual([`http://127.0.0.1:${base + 3}`]);
    expect(Object.keys(stack.pids())).toEqual(['keycrm-gateway', 'dilovod-gateway', 'dilovod-gateway-2', 'sync-orchestrator']);
  });

  it('can be found by this user while it runs, in its state folder and without knowing it', async () => {
    stack = await startStack(options());
    const { pids: _, ...addresses } = stack.ready;
    expect(await findRunningStack(join(folder, 'state'))).toMatchObject(addresses);
    expect(await findRunningStack()).toMatchObject({ pid: process.pid });
    expect((await stat(join(folder, 'state', 'stack.json'))).mode & 0o777).toBe(0o600);
    await stack.stop();
    expect(await findRunningStack(join(folder, 'state'))).toBeUndefined();
  });

  it('says which service did not become ready and why, and leaves nothing running', async () => {
    await writeFile(join(folder, 'unready'), '');
    await expect(startStack(options({ readyTimeoutMs: 1_500 }))).rejects.toThrow(/Not ready after 1\.5 s\. .*sync-orchestrator \(http.*\): answered 503 checked/);
    expect(records.filter(({ msg }) => msg === 'released')).toHaveLength(3);
  });

  it('gives up a start when it is told to', async () => {
    await writeFile(join(folder, 'unready'), '');
    const giveUp = new AbortController();
    const starting = startStack(options({ signal: giveUp.signal }));
    const ended = expect(starting).rejects.toThrow('abort');
    await until(() => record('plain words'), { describe: 'a service runs' });
    giveUp.abort();
    await ended;
  });

  it('runs servers of its own, starts them again when they die, and removes its temporary folder', async () => {
    stack = await startStack(options({ servers: {}, stateDir: undefined }));
    const nats = records.find(({ msg, server }) => msg === 'embedded server started' && server === 'nats');
    const state = await stateFolderOf(nats?.['pid'] as number);
    process.kill(nats?.['pid'] as number, 'SIGKILL');
    await until(() => records.filter(({ msg, server }) => msg === 'embedded server started' && server === 'nats').length === 2, { describe: 'NATS runs again' });
    await stack.stop();
    expect(existsSync(state)).toBe(false);
  });
});

/** The temporary folder of the stack whose nats-server has this process id. */
async function stateFolderOf(natsPid: number): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    const pid = await readFile(join(folder, 'nats', 'nats-server.pid'), 'utf8').catch(() => undefined);
    if (pid === String(natsPid)) return folder;
  }
  throw new Error(`No folder in ${tmpdir()} belongs to nats-server ${natsPid}.`);
}

/** The first of `count` ports in a row that nobody uses. */
async function consecutivePorts(count: number): Promise<number> {
  for (let base = 20_000 + (process.pid % 10_000); ; base += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(base + index)));
    if (free.every(Boolean)) return base;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

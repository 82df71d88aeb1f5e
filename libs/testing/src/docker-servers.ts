import { createConnection } from 'node:net';
import { freePort } from '@kds/embedded';
import type { StartedTestContainer } from 'testcontainers';
import { until } from './until.js';
import type { NatsServerControl, TestServers } from './test-servers.js';

const POSTGRES_IMAGE = 'postgres:17-alpine';
const NATS_IMAGE = 'nats:2.12-alpine';
const NATS_PORT = 4222;

/** Both servers in containers. Testcontainers is loaded only here: most machines that run the tests without Docker never need it. */
export async function startDockerServers(): Promise<TestServers> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const throwAway = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'].flatMap((setting) => ['-c', setting]);
  const postgres = await new PostgreSqlContainer(POSTGRES_IMAGE).withCommand(['postgres', ...throwAway]).start();
  try {
    const nats = await startNatsContainers();
    return {
      databaseUrl: postgres.getConnectionUri(),
      natsUrl: nats.url,
      natsServer: nats.control,
      stop: async () => void (await Promise.all([postgres.stop(), nats.remove()])),
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The host's port is chosen by us, so that the address outlives a container. */
async function startNatsContainers(): Promise<{ url: string; control: NatsServerControl; remove: () => Promise<unknown> }> {
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  const port = await freePort();
  const start = () =>
    new GenericContainer(NATS_IMAGE)
      .withExposedPorts({ container: NATS_PORT, host: port })
      .withCommand(['--jetstream', '--store_dir', '/data'])
      .withWaitStrategy(Wait.forLogMessage('Server is ready'))
      .start();
  let running: StartedTestContainer = await start();
  const engine = await getContainerRuntimeClient();
  const container = () => engine.container.getById(running.getId());
  const host = running.getHost();
  const control: NatsServerControl = {
    stop: async () => void (await container().stop()),
    async restart() {
      await container().restart();
      await until(() => greets(host, port), { timeoutMs: 30_000, describe: 'the restarted NATS container greets its clients' });
    },
    async wipe() {
      await running.stop();
      running = await start();
    },
  };
  return { url: `nats://${host}:${port}`, control, remove: () => running.stop() };
}

/** Docker's own proxy accepts connections before the server does; only the server sends a greeting. */
async function greets(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const settle = (greeted: boolean) => {
      socket.destroy();
      resolve(greeted);
    };
    socket.once('data', (greeting) => settle(greeting.toString().startsWith('INFO ')));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}

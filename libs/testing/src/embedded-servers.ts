import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedNats, startEmbeddedPostgres, type EmbeddedServer } from '@kds/embedded';
import type { NatsServerControl, TestServers } from './test-servers.js';

/** Both servers as our own children, in a temporary folder. */
export async function startEmbeddedServers(): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'kds-test-'));
  const natsDir = join(folder, 'nats');
  const [postgres, nats] = await startBoth(
    startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false }),
    startEmbeddedNats({ dataDir: natsDir, durable: false }),
  );
  const natsServer = controlOf(nats, natsDir);
  return {
    databaseUrl: postgres.url,
    natsUrl: nats.url,
    natsServer,
    async stop() {
      await Promise.all([postgres.stop(), natsServer.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startBoth(...starting: [Promise<EmbeddedServer>, Promise<EmbeddedServer>]): Promise<[EmbeddedServer, EmbeddedServer]> {
  try {
    return await Promise.all(starting);
  } catch (error) {
    for (const start of await Promise.allSettled(starting)) if (start.status === 'fulfilled') await start.value.stop();
    throw error;
  }
}

function controlOf(first: EmbeddedServer, dataDir: string): NatsServerControl {
  let running = first;
  const start = async () => {
    running = await startEmbeddedNats({ dataDir, port: first.port, durable: false });
  };
  return {
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      await start();
    },
    async wipe() {
      await running.stop();
      await rm(join(dataDir, 'jetstream'), { recursive: true, force: true });
      await start();
    },
  };
}

import { join } from 'node:path';
import { startEmbeddedNats, startEmbeddedPostgres, type EmbeddedServer } from '@kds/embedded';
import type { Logger } from 'pino';
import { keepAlive } from './kept-alive.js';

export interface StackServers {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Ends the embedded ones among them. */
  stop(): Promise<void>;
}

interface ServersPlan {
  readonly stateDir: string;
  /** Servers that run elsewhere; an embedded one takes the place of each that is missing. */
  readonly given: { readonly databaseUrl?: string; readonly natsUrl?: string };
  readonly log: Logger;
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** The two servers of a stack. An embedded one that dies is started again under the same address with the same data. */
export async function openServers({ stateDir, given, log }: ServersPlan): Promise<StackServers> {
  const postgres = (port?: number) => startEmbeddedPostgres({ dataDir: join(stateDir, 'postgres'), port, log: (line) => log.debug({ server: 'postgres' }, line) });
  const nats = (port?: number) => startEmbeddedNats({ dataDir: join(stateDir, 'nats'), port, log: (line) => log.debug({ server: 'nats' }, line) });
  const starting = [
    given.databaseUrl ? elsewhere(given.databaseUrl) : embedded('postgres', postgres, log),
    given.natsUrl ? elsewhere(given.natsUrl) : embedded('nats', nats, log),
  ] as const;
  try {
    const [database, bus] = await Promise.all(starting);
    return { databaseUrl: database.url, natsUrl: bus.url, stop: async () => void (await Promise.all([database.stop(), bus.stop()])) };
  } catch (error) {
    for (const start of await Promise.allSettled(starting)) if (start.status === 'fulfilled') await start.value.stop();
    throw error;
  }
}

async function elsewhere(url: string): Promise<Server> {
  return { url, stop: async () => undefined };
}

async function embedded(server: string, start: (port?: number) => Promise<EmbeddedServer>, log: Logger): Promise<Server> {
  let port: number | undefined;
  const kept = await keepAlive({
    start: () => start(port),
    onStarted: (started) => {
      port = started.port;
      log.info({ server, pid: started.pid }, 'embedded server started');
    },
    onEnded: ({ end, error, nextStartMs }) => log.error({ server, ...end, err: error, nextStartMs }, 'embedded server ended by itself; it is started again'),
  });
  return { url: kept.current().url, stop: kept.stop };
}

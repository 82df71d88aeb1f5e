import { jetstream, type JetStreamClient, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { RefusedError } from '@kds/sync-orchestrator';
import { withoutPassword } from './choose-address.js';

export interface BusAccess {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
}

/** Unlike a service, a verb does not wait for a bus that is down, and declares nothing there. */
export async function withBus<Result>(url: string, work: (bus: BusAccess) => Promise<Result>): Promise<Result> {
  const connection = await connected(url);
  try {
    return await work({ client: jetstream(connection, { timeout: 5_000 }), manager: await jetstreamManager(connection, { timeout: 5_000, checkAPI: false }) });
  } finally {
    await connection.close();
  }
}

async function connected(url: string): Promise<NatsConnection> {
  try {
    return await connect({ servers: url, name: 'kds', timeout: 5_000, reconnect: false });
  } catch (error) {
    throw new RefusedError(`The bus at ${withoutPassword(url)} cannot be reached (${(error as Error).message}): check that NATS runs and that the address is right.`);
  }
}

import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { freshDatabase, startTestServers, type TestServers } from './index.js';

describe('the servers of a test suite', () => {
  let servers: TestServers;

  beforeAll(async () => {
    servers = await startTestServers();
  });
  afterAll(() => servers?.stop());

  async function messagesKept(): Promise<number | undefined> {
    const connection = await connect({ servers: servers.natsUrl });
    try {
      const found = await (await jetstreamManager(connection)).streams.info('KEPT').catch(() => undefined);
      return found?.state.messages;
    } finally {
      await connection.close();
    }
  }

  it('gives each suite an empty database of its own', async () => {
    const [one, two] = await Promise.all([freshDatabase(servers), freshDatabase(servers)]);
    expect(one).not.toBe(two);
    for (const url of [one, two]) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('create table mine ()');
      await client.end();
    }
  });

  it('keeps streams over a stop and a restart, and loses them in a wipe, all under one address', async () => {
    const connection = await connect({ servers: servers.natsUrl });
    await (await jetstreamManager(connection)).streams.add({ name: 'KEPT', subjects: ['kept'] });
    await jetstream(connection).publish('kept', 'message');
    await connection.close();

    await servers.natsServer.stop();
    await expect(connect({ servers: servers.natsUrl, reconnect: false })).rejects.toThrow();
    await servers.natsServer.restart();
    expect(await messagesKept()).toBe(1);

    await servers.natsServer.wipe();
    expect(await messagesKept()).toBeUndefined();
  });

  it('refuses a setting that it does not know', async () => {
    const before = process.env['KDS_TEST_SERVERS'];
    process.env['KDS_TEST_SERVERS'] = 'podman';
    try {
      await expect(startTestServers()).rejects.toThrow('KDS_TEST_SERVERS is "podman"');
    } finally {
      if (before === undefined) delete process.env['KDS_TEST_SERVERS'];
      else process.env['KDS_TEST_SERVERS'] = before;
    }
  });
});

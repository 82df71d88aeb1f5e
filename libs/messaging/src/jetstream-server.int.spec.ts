import { jetstreamManager } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { type ConsumerDeclaration, eventSubjects, streams } from '@kds/contracts';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { Bus } from './bus.js';
import { type JetStreamContext, JetStreamServer, UnusableMessageError } from './jetstream-server.js';

interface Note {
  readonly n: number;
}

const subject = eventSubjects.orderHint;
const consumer: ConsumerDeclaration = { durable: 'spec', stream: streams.events.name, subject, ackWaitMs: 1_000, maxDeliver: 3 };

let servers: TestServers;
let bus: Bus;
let instances: JetStreamServer[] = [];
beforeAll(async () => {
  Logger.overrideLogger(false);
  servers = await startTestServers();
  bus = await Bus.connect({ url: servers.natsUrl, name: 'spec' });
}, 60_000);
beforeEach(async () => {
  const { streams: stored } = await manager();
  for (const { name } of Object.values(streams)) await stored.delete(name);
  await bus.declareStreams();
});
afterEach(async () => {
  await Promise.all(instances.map((instance) => instance.close()));
  instances = [];
});
afterAll(async () => {
  await bus?.close();
  await servers?.stop();
});

type Take = (note: Note, context: JetStreamContext) => void | Promise<void>;

interface Serving {
  readonly declaration?: ConsumerDeclaration;
  readonly concurrency?: number;
  readonly on?: Bus;
}

function serve(take: Take, { declaration = consumer, concurrency = 4, on = bus }: Serving = {}): JetStreamServer {
  const instance = new JetStreamServer({ bus: on, consumers: { note: declaration }, concurrency });
  instance.addHandler('note', async (note: Note, context: JetStreamContext) => take(note, context), true);
  instance.listen((error) => {
    if (error !== undefined) throw error as Error;
  });
  instances.push(instance);
  return instance;
}

const say = (n: number, id?: string) => bus.publish(subject, { n }, id);
const manager = () => jetstreamManager(bus.connection);
const unsettled = async () => {
  const { num_pending, num_ack_pending } = await (await manager()).consumers.info(streams.events.name, consumer.durable);
  return num_pending + num_ack_pending;
};

async function deadLetters(): Promise<readonly { readonly subject: string; readonly reason: string; readonly tries: number; readonly body: string }[]> {
  const { streams: stored } = await manager();
  const { messages } = (await stored.info(streams.dead.name)).state;
  return Promise.all(Array.from({ length: messages }, async (_, index) => (await stored.getMessage(streams.dead.name, { seq: index + 1 }))?.json() as never));
}

test('F2: a message whose handler throws comes again, and is settled once it goes through', async () => {
  const seen: boolean[] = [];
  serve((_note, { redelivered }) => {
    seen.push(redelivered);
    if (seen.length < 3) throw new Error('not now');
  });
  await say(1);
  await until(() => seen.length === 3, { describe: 'the third delivery' });
  await until(async () => (await unsettled()) === 0, { describe: 'the message to be settled' });
  expect(seen).toEqual([false, true, true]);
  expect(await deadLetters()).toEqual([]);
});

test('F2: a message that no try gets through moves to the dead letters with its reason, and the next one is taken', async () => {
  const taken: number[] = [];
  serve(({ n }) => {
    taken.push(n);
    if (n === 1) throw new Error('the database is away');
  });
  await say(1);
  await say(2);
  await until(async () => (await deadLetters()).length === 1, { describe: 'the dead letter' });
  expect(await deadLetters()).toMatchObject([{ subject, reason: 'the database is away', tries: 3, body: '{"n":1}' }]);
  expect(taken.filter((n) => n === 1)).toHaveLength(3);
  expect(taken).toContain(2);
  await until(async () => (await unsettled()) === 0, { describe: 'both messages to be settled' });
});

test('F5: a message that cannot be used, or is no JSON, moves to the dead letters at once', async () => {
  serve(() => {
    throw new UnusableMessageError('not a note');
  });
  await say(1);
  bus.connection.publish(subject, 'neither JSON');
  await until(async () => (await deadLetters()).length === 2, { describe: 'both dead letters' });
  const reasons = (await deadLetters()).map(({ reason, tries }) => `${reason} (${tries})`);
  expect(reasons.sort()).toEqual(['not a note (1)', 'the body is not JSON (1)']);
});

test('F2: a message that an instance keeps working on is not given to another', async () => {
  const seen: boolean[] = [];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const take: Take = async (_note, { redelivered }) => {
    seen.push(redelivered);
    await ended;
  };
  serve(take);
  serve(take);
  await say(1);
  await until(() => seen.length === 1, { describe: 'the delivery' });
  const startedAt = Date.now();
  await until(() => Date.now() - startedAt > 2.5 * consumer.ackWaitMs, { describe: 'more than twice the time after which the bus gives a message away' });
  end();
  await until(async () => (await unsettled()) === 0, { describe: 'the message to be settled' });
  expect(seen).toEqual([false]);
});

test('E4: an instance that closes finishes what it has and leaves the rest to others', async () => {
  const taken: number[] = [];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const leaving = serve(async ({ n }) => {
    await ended;
    taken.push(n);
  }, { concurrency: 1 });
  for (let n = 1; n <= 6; n += 1) await say(n);
  await until(async () => (await unsettled()) === 6 && (await (await manager()).consumers.info(streams.events.name, consumer.durable)).num_ack_pending > 0, { describe: 'the first message to be taken' });
  const closing = leaving.close();
  serve(({ n }) => void taken.push(n));
  end();
  await closing;
  await until(() => new Set(taken).size === 6, { describe: 'every message to be taken by somebody' });
  await until(async () => (await unsettled()) === 0, { describe: 'every message to be settled' });
});

test.each(['goes through', 'fails', 'is unusable'])('F2: a connection that closes in the middle of a message which %s ends nothing, and somebody else gets the message', async (ending) => {
  const uncaught: unknown[] = [];
  const keep = (error: unknown) => void uncaught.push(error);
  process.on('unhandledRejection', keep).on('uncaughtException', keep);
  const closing = await Bus.connect({ url: servers.natsUrl, name: 'closing' });
  const seen: string[] = [];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const instance = serve(async () => {
    seen.push('closing');
    await ended;
    if (ending === 'fails') throw new Error('not now');
    if (ending === 'is unusable') throw new UnusableMessageError('not a note');
  }, { on: closing });
  await say(1);
  await until(() => seen.length === 1, { describe: 'the delivery' });
  await closing.connection.close();
  const closedAt = Date.now();
  await until(() => Date.now() - closedAt > consumer.ackWaitMs, { describe: 'the moments at which the bus is told that the work goes on' });
  end();
  await instance.close();
  serve((_note, { redelivered }) => void seen.push(`other, redelivered: ${redelivered}`));
  await until(() => seen.length === 2, { describe: 'the message to be given to somebody else' });
  await until(async () => (await unsettled()) === 0, { describe: 'the message to be settled' });
  process.off('unhandledRejection', keep).off('uncaughtException', keep);
  expect(seen).toEqual(['closing', 'other, redelivered: true']);
  expect(uncaught).toEqual([]);
});

test('F1: a deleted consumer, a deleted stream and a wiped server each cost only what they held', async () => {
  const taken = new Set<number>();
  serve(({ n }) => void taken.add(n));
  const losses: Readonly<Record<string, () => Promise<unknown>>> = {
    consumer: async () => (await manager()).consumers.delete(streams.events.name, consumer.durable),
    stream: async () => (await manager()).streams.delete(streams.events.name),
    server: () => servers.natsServer.wipe(),
  };
  let n = 0;
  for (const [what, lose] of Object.entries(losses)) {
    await say((n += 1));
    await until(() => taken.has(n), { describe: `a message before the loss of the ${what}` });
    await lose();
    await until(() => say(n + 1).then(() => true), { timeoutMs: 20_000, describe: `a message to be stored after the loss of the ${what}` });
    n += 1;
    await until(() => taken.has(n), { timeoutMs: 20_000, describe: `a message after the loss of the ${what}` });
  }
}, 90_000);

test('F1 F2: a restart of the server while messages are published and pulled loses none that was stored', async () => {
  const taken = new Set<number>();
  serve(({ n }) => void taken.add(n));
  const stored: number[] = [];
  let stopped = false;
  const publishing = (async () => {
    for (let n = 1; !stopped; n += 1) await say(n, `note-${n}`).then(() => stored.push(n), () => undefined);
  })();
  for (let restart = 1; restart <= 2; restart += 1) {
    const before = stored.length;
    await until(() => stored.length > before + 50, { timeoutMs: 20_000, describe: 'fifty messages to be stored' });
    await servers.natsServer.restart();
  }
  const before = stored.length;
  await until(() => stored.length > before + 50, { timeoutMs: 20_000, describe: 'fifty messages to be stored after the restarts' });
  stopped = true;
  await publishing;
  await until(() => stored.every((n) => taken.has(n)), { timeoutMs: 20_000, describe: 'every stored message to be taken' });
}, 90_000);

test('F7: a message arrives without what nobody can keep, whoever sent it', async () => {
  const got: unknown[] = [];
  serve((note) => void got.push(note));
  await bus.publish(subject, { n: 1, 'na\0me': ['Йога\ud83d\u001b[2J', { of: 'ї\n' }] });
  await until(() => got.length > 0, { describe: 'the message to arrive' });
  expect(got).toEqual([{ n: 1, name: ['Йога\ufffd[2J', { of: 'ї\n' }] }]);
});

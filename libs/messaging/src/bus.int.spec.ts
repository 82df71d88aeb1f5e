import { createHash } from 'node:crypto';
import { AckPolicy, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { eventConsumer, eventSubjects, type MessagePart, streams } from '@kds/contracts';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { Bus, joinParts, NotStoredError } from './bus.js';
import { TopologyError } from './declare-topology.js';

let servers: TestServers;
let bus: Bus;
beforeAll(async () => {
  servers = await startTestServers();
  bus = await Bus.connect({ url: servers.natsUrl, name: 'spec' });
}, 60_000);
afterAll(async () => {
  await bus?.close();
  await servers?.stop();
});
beforeEach(async () => {
  await (await jetstreamManager(bus.connection)).streams.purge(streams.events.name);
});

const stored = async () => (await (await jetstreamManager(bus.connection)).streams.info(streams.events.name)).state;

test('F2: what is said twice under one id within two minutes is stored once', async () => {
  await bus.publish(eventSubjects.outcome, { attempt: '1' }, 'out-1');
  await bus.publish(eventSubjects.outcome, { attempt: '1' }, 'out-1');
  await bus.publish(eventSubjects.outcome, { attempt: '2' }, 'out-2');
  await bus.publish(eventSubjects.outcome, { attempt: '3' });
  await bus.publish(eventSubjects.outcome, { attempt: '3' });
  expect((await stored()).messages).toBe(4);
});

test('F1: a message larger than the bus carries travels in parts that make it up again, and that a repeat does not add to', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: `11003000000${index}`, name: `Килимок для йоги «Ґудзик» ${createHash('sha512').update(String(index)).digest('base64')}` }));
  const whole = { attempt: '7', rows };
  for (let time = 0; time < 2; time += 1) await bus.publish(eventSubjects.outcome, whole, 'large');
  const { messages, first_seq } = await stored();
  expect(messages).toBeGreaterThan(2);
  const manager = await jetstreamManager(bus.connection);
  const parts = await Promise.all(Array.from({ length: messages }, async (_, index) => (await manager.streams.getMessage(streams.events.name, { seq: first_seq + index }))?.json<MessagePart>()));
  const all = parts.filter((part) => part !== undefined);
  expect(all.map(({ whole: name, parts: count }) => `${name} ${count}`)).toEqual(Array(messages).fill(`large ${messages}`));
  expect(joinParts(all.toReversed())).toEqual(whole);
  expect(() => joinParts(all.slice(1))).toThrow('parts missing of message large');
});

test('F1: whoever publishes first after a loss of everything declares the streams again', async () => {
  const manager = await jetstreamManager(bus.connection);
  for (const { name } of Object.values(streams)) await manager.streams.delete(name);
  await bus.publish(eventSubjects.outcome, { attempt: '1' }, 'after-1');
  expect((await stored()).messages).toBe(1);
  const consumer = await bus.consumer(eventConsumer('outcome'));
  expect((await consumer.next())?.json()).toEqual({ attempt: '1' });
});

test('F1: the bus tells since when it remembers', async () => {
  const manager = await jetstreamManager(bus.connection);
  const before = await bus.forgotEverythingBefore();
  await manager.streams.delete(streams.commands.name);
  expect(await bus.forgotEverythingBefore()).toBeUndefined();
  await bus.declareStreams();
  expect((await bus.forgotEverythingBefore())?.getTime()).toBeGreaterThan(before?.getTime() ?? Number.POSITIVE_INFINITY);
});

/** Another version of a service, as it starts; what it changed on the bus. */
async function startAnew(use: (bus: Bus) => Promise<unknown> = async () => undefined): Promise<readonly string[]> {
  const changes: string[] = [];
  const other = await Bus.connect({ url: servers.natsUrl, name: 'other', onChanged: (change) => changes.push(change) });
  await use(other).finally(() => other.close());
  return changes;
}

test('E4: a consumer and a stream that are declared otherwise than before are changed as the next version starts, and what changed is told', async () => {
  const manager = await jetstreamManager(bus.connection);
  const declared = { ...eventConsumer('outcome'), durable: 'changing' };
  await bus.consumer(declared);
  expect(await startAnew((other) => other.consumer(declared))).toEqual([]);
  const changes = await startAnew((other) => other.consumer({ ...declared, ackWaitMs: 45_000, maxDeliver: 7 }));
  expect(changes).toEqual(['consumer changing of KDS_EVENTS: ack_wait 30000000000 → 45000000000, max_deliver 5 → 7']);
  expect((await manager.consumers.info(streams.events.name, 'changing')).config).toMatchObject({ ack_wait: 45_000_000_000, max_deliver: 7 });
  // The version before is still there, and changes nothing back.
  await bus.consumer(declared);
  expect((await manager.consumers.info(streams.events.name, 'changing')).config).toMatchObject({ ack_wait: 45_000_000_000 });

  await manager.streams.update(streams.events.name, { max_age: 3_600_000_000_000, max_msgs: 1_000_000 });
  await bus.publish(eventSubjects.outcome, { attempt: '1' });
  expect(await startAnew()).toEqual([`stream KDS_EVENTS: max_age 3600000000000 → ${streams.events.maxAgeMs * 1_000_000}`]);
  const { config, state } = await manager.streams.info(streams.events.name);
  // What nothing is declared of stays as the operator has it.
  expect([config.max_age, config.max_msgs, state.messages]).toEqual([streams.events.maxAgeMs * 1_000_000, 1_000_000, 1]);
  await manager.consumers.delete(streams.events.name, 'changing');
});

test('E4: what NATS does not change in place is refused, with what to do', async () => {
  const manager = await jetstreamManager(bus.connection);
  await manager.consumers.add(streams.events.name, { durable_name: 'fixed', filter_subject: eventSubjects.outcome, ack_policy: AckPolicy.None });
  const declared = { ...eventConsumer('outcome'), durable: 'fixed' };
  const consuming = startAnew((other) => other.consumer(declared));
  await expect(consuming).rejects.toThrow(TopologyError);
  await expect(consuming).rejects.toThrow(/consumer fixed of KDS_EVENTS .*ack_policy "none" → "explicit".*nats consumer rm KDS_EVENTS fixed/);
  await manager.streams.delete(streams.commands.name);
  await manager.streams.add({ name: streams.commands.name, subjects: [...streams.commands.subjects], retention: RetentionPolicy.Limits });
  const starting = startAnew();
  await expect(starting).rejects.toThrow(TopologyError);
  await expect(starting).rejects.toThrow(/stream KDS_COMMANDS .*retention "limits" → "workqueue".*nats stream rm KDS_COMMANDS/);
  for (const { name } of [streams.commands, streams.events]) await manager.streams.delete(name);
  await bus.declareStreams();
});

test('a question is answered by everybody who listens, and by nobody where nobody does', async () => {
  const other = await Bus.connect({ url: servers.natsUrl, name: 'other' });
  bus.answer('kds.ask.spec', (question) => ({ heard: question }));
  other.answer('kds.ask.spec', () => undefined);
  await Promise.all([bus, other].map(({ connection }) => connection.flush()));
  expect(await other.askAll('kds.ask.spec', { attempts: ['7'] }, 300)).toEqual([{ heard: { attempts: ['7'] } }]);
  expect(await bus.askAll('kds.ask.nobody', {}, 300)).toEqual([]);
  await other.close();
});

test('F1: while the server is away nothing counts as said, and afterwards everything goes on', async () => {
  await servers.natsServer.stop();
  await expect(bus.publish(eventSubjects.outcome, { attempt: '1' }, 'away')).rejects.toThrow(NotStoredError);
  expect(await bus.healthy()).toBe(false);
  await servers.natsServer.restart();
  await until(() => bus.healthy(), { timeoutMs: 20_000, describe: 'the bus to answer' });
  await bus.publish(eventSubjects.outcome, { attempt: '2' }, 'back');
}, 60_000);

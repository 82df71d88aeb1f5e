import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { deadSubject, eventSubjects, streams } from '@kds/contracts';
import { Bus } from '@kds/messaging';
import { startTestServers, type TestServers } from '@kds/testing';
import { runJson, runVerb } from '../../spec-support/run-verb.js';

let servers: TestServers;
let bus: Bus;
beforeAll(async () => {
  servers = await startTestServers();
});
beforeEach(async () => {
  bus = await Bus.connect({ url: servers.natsUrl, name: 'test' });
});
afterEach(async () => {
  await bus.close();
  await servers.natsServer.wipe();
});
afterAll(() => servers?.stop());

const env = () => ({ env: { NATS_URL: servers.natsUrl } });

/** What a consumer writes down when it gives up a message. */
async function bury(body: string, subject: string = eventSubjects.outcome): Promise<void> {
  await bus.publish(deadSubject('orchestrator-outcome'), { subject, reason: 'not an outcome: tenant must be a string', tries: 1, at: new Date(Date.now() - 120_000).toISOString(), body });
}

async function stored(stream: string): Promise<number> {
  const manager = await jetstreamManager(bus.connection);
  return (await manager.streams.info(stream)).state.messages;
}

async function lastEvent(): Promise<string | undefined> {
  const manager = await jetstreamManager(bus.connection);
  return (await manager.streams.getMessage(streams.events.name, { last_by_subj: eventSubjects.outcome }))?.string();
}

it('lists dead messages with the reason, the newest first, without their bodies', async () => {
  expect((await runVerb('dead list', env())).out).toBe('There are no dead messages.\n');
  await bury('{"tenant":"yoga-shop","name":"Олена"}');
  await bury('no JSON');
  const { out } = await runVerb('dead list', env());
  const [heading, newest, older] = out.trimEnd().split('\n');
  expect(heading?.trim().split(/ +/)).toEqual(['ID', 'AGO', 'TENANT', 'SUBJECT', 'TRIES', 'REASON']);
  expect(newest).toMatch(/^ 2 {3}2m {2}– +kds\.evt\.outcome +1 {2}not an outcome/);
  expect(older).toBeDefined();
  expect(out).not.toContain('Олена');
  expect(await runJson('dead list --limit 1', env().env)).toEqual([{ id: 2, subject: 'kds.evt.outcome', tenant: null, reason: expect.any(String), tries: 1, at: expect.any(String), bytes: 7 }]);
});

it('resends one where it came from, and removes it', async () => {
  await bury('{"tenant":"yoga-shop"}');
  await bury('{"tenant":"other"}');
  expect(await runJson('dead resend 1', env().env)).toMatchObject([{ id: 1, tenant: 'yoga-shop' }]);
  expect(await lastEvent()).toBe('{"tenant":"yoga-shop"}');
  expect(await runJson('dead list', env().env)).toMatchObject([{ id: 2 }]);
});

it('resends all, those in parts too', async () => {
  const large = JSON.stringify({ tenant: 'yoga-shop', text: randomBytes(600_000).toString('base64') });
  await bury('{"tenant":"other"}');
  await bury(large);
  expect(await stored(streams.dead.name)).toBe(3);
  expect((await runVerb('dead resend --all', env())).out).toBe('2 messages are on the bus again.\n');
  expect(await lastEvent()).toBe(large);
  expect(await stored(streams.dead.name)).toBe(0);
});

it('refuses an id that is not there, and a subject that nobody keeps; nothing is lost', async () => {
  await bury('{}', 'nowhere.at.all');
  expect(await runVerb('dead resend 1 9', env())).toMatchObject({ exitCode: 1, err: expect.stringContaining('There is no dead message 9: nothing was sent') });
  expect(await runVerb('dead resend 1', env())).toMatchObject({ exitCode: 1, err: expect.stringMatching(/did not take letter 1 on nowhere\.at\.all .*it stays/) });
  expect(await stored(streams.dead.name)).toBe(1);
});

it('finds none on a bus that has lost everything', async () => {
  await bus.close();
  await servers.natsServer.wipe();
  expect(await runJson('dead list', env().env)).toEqual([]);
  bus = await Bus.connect({ url: servers.natsUrl, name: 'test' });
});

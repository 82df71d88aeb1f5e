import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { openTestBase, type TestBase, until } from '../spec-support/test-base.js';

let test: TestBase;
let receiver: Server;
let refusals: number;
let received: { method: string; token: string | null; packet: { action: string; params: { objectName: string; id: string } }; at: number }[];
beforeEach(async () => {
  received = [];
  refusals = 0;
  receiver = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://x');
    response.statusCode = received.length < refusals ? 503 : 202;
    received.push({ method: request.method!, token: searchParams.get('token'), packet: JSON.parse(searchParams.get('packet')!), at: performance.now() });
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  test = await openTestBase();
  test.control.setWebhooks({ targets: [{ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?token=t`, types: ['catalogs.persons'], delayMs: 100 }] });
});
afterEach(async () => {
  await test.simulator.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const byApi = () => test.call('saveObject', { header: { id: 'catalogs.persons', name: 'Ганна' } });
/** A change by hand that is always told marks the end of what came before it. */
const ids = async () => {
  test.control.setSwitches({ webhookDelivery: 'once' });
  const last = test.control.createPerson({ name: 'Остання' });
  await until(() => received.some(({ packet }) => packet.params.id === last));
  return received.map(({ packet }) => packet.params.id).filter((id) => id !== last).sort();
};

it('tells a change of a named type by GET with a packet, and nothing else', async () => {
  test.control.createGood({ name: 'Пояс' });
  const { id } = await byApi();
  expect(await ids()).toEqual([id]);
  expect(received[0]).toMatchObject({ method: 'GET', token: 't', packet: { action: 'objectChanged', params: { objectName: 'catalogs.persons', id } } });
});

it.each([['once', 1], ['lost', 0], ['doubled', 2]] as const)('webhookDelivery %s', async (webhookDelivery, count) => {
  test.control.setSwitches({ webhookDelivery });
  await byApi();
  expect(await ids()).toHaveLength(count);
});

it('webhookDelivery delayed comes late', async () => {
  test.control.setSwitches({ webhookDelivery: 'delayed' });
  const startedAt = performance.now();
  await byApi();
  await until(() => received.length === 1);
  expect(received[0]!.at - startedAt).toBeGreaterThan(90);
});

it('webhookDelivery reordered lets a later notice overtake an earlier one', async () => {
  test.control.setSwitches({ webhookDelivery: 'reordered' });
  const changed = [(await byApi()).id, (await byApi()).id];
  await until(() => received.length === 2);
  expect(received.map(({ packet }) => packet.params.id)).toEqual(changed.reverse());
});

it.each([['no', 1], ['yes', 3]] as const)('webhookRetries %s', async (webhookRetries, count) => {
  refusals = 2;
  test.control.setSwitches({ webhookRetries });
  await byApi();
  await until(() => received.length === count);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(received).toHaveLength(count);
});

it.each([['on', 1], ['off', 0]] as const)('webhookEcho %s', async (webhookEcho, count) => {
  test.control.setSwitches({ webhookEcho });
  await byApi();
  expect(await ids()).toHaveLength(count);
});

it.each([['on', 2], ['off', 1]] as const)('webhookOnDelMark %s', async (webhookOnDelMark, count) => {
  test.control.setSwitches({ webhookOnDelMark });
  const { id } = await byApi();
  await test.call('setDelMark', { header: { id } });
  expect(await ids()).toHaveLength(count);
});

it('refuses a target that is no URL', () => {
  expect(() => test.control.setWebhooks({ targets: [{ url: 'nonsense' }] })).toThrow('nonsense is no URL');
});

import { openTestBase, post, type TestBase, until } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => {
  test = await openTestBase();
  test.control.addKey({ name: 'second', key: 'second-key' });
});
afterEach(() => test.simulator.close());

const blocked = { error: 'multithreadApiSession multithread api request blocked' };
const newPerson = { header: { id: 'catalogs.persons', name: 'Ганна' } };
const create = (options: Parameters<typeof post>[3] = {}) => post(test.simulator.baseUrl, 'saveObject', newPerson, options);
const created = () => test.control.persons().filter(({ name }) => (name as { uk: string }).uk === 'Ганна').length;
const arrived = () => until(() => test.control.executing().length > 0);
/** Sends a request and goes away while it is being executed. */
const createAndLeave = async () => {
  const leaving = new AbortController();
  const answer = create({ signal: leaving.signal });
  await arrived();
  leaving.abort();
  await expect(answer).rejects.toThrow();
};

it('refuses a second request at once and does not execute it', async () => {
  test.control.setLatency({ ms: 300 });
  const first = create();
  await arrived();
  expect(await (await create()).json()).toEqual(blocked);
  expect(test.control.executing()).toEqual(['saveObject catalogs.persons']);
  expect(await (await first).json()).toMatchObject({ result: 'ok' });
  expect(created()).toBe(1);
  expect(test.control.violations()).toMatchObject([{ rule: 'concurrent', detail: expect.stringContaining('whose connection was alive') }]);
});

it('lets one request follow another without a gap', async () => {
  for (let count = 0; count < 30; count += 1) expect(await (await create()).json()).toMatchObject({ result: 'ok' });
  expect(test.control.violations()).toEqual([]);
});

it.each([200, 500] as const)('answers the refusal with multithreadStatus %d', async (multithreadStatus) => {
  test.control.setSwitches({ multithreadStatus });
  test.control.setLatency({ ms: 300 });
  const first = create();
  await arrived();
  expect((await create()).status).toBe(multithreadStatus);
  await first;
});

it.each([
  ['base', blocked],
  ['key', expect.objectContaining({ result: 'ok' })],
] as const)('counts other keys too when multithreadScope is %s', async (multithreadScope, answer) => {
  test.control.setSwitches({ multithreadScope });
  test.control.setLatency({ ms: 300 });
  const first = create();
  await arrived();
  expect(await (await create({ key: 'second-key' })).json()).toEqual(answer);
  await first;
});

it('goes on executing a request whose caller left, and refuses others meanwhile', async () => {
  test.control.setLatency({ ms: 300 });
  await createAndLeave();
  expect(await (await create()).json()).toEqual(blocked);
  await until(() => created() === 1);
  expect(test.control.violations()).toMatchObject([{ rule: 'concurrent', detail: expect.stringContaining('whose connection had been lost') }]);
  expect(await (await create()).json()).toMatchObject({ result: 'ok' });
});

it('stays busy for blockAfterAbortMs after a caller left', async () => {
  test.control.setSwitches({ blockAfterAbortMs: 500 });
  test.control.setLatency({ ms: 100 });
  await createAndLeave();
  await until(() => created() === 1);
  const answers: unknown[] = [];
  while (created() === 1) answers.push(await (await create()).json());
  expect(answers[0]).toEqual(blocked);
  expect(answers.at(-1)).toMatchObject({ result: 'ok' });
});

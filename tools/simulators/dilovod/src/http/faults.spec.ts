import { type Fault } from '@kds/simulator-kit';
import { openTestBase, post, type TestBase, until } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

const newPerson = { header: { id: 'catalogs.persons', name: 'Ганна' } };
const create = () => post(test.simulator.baseUrl, 'saveObject', newPerson);
const strike = (fault: Fault) => test.control.addFault({ fault, operation: 'saveObject catalogs.persons', times: 1 });
const executions = () => test.control.persons().length - 1;

it('delays', async () => {
  strike({ kind: 'delay', ms: 120 });
  const startedAt = performance.now();
  expect(await (await create()).json()).toMatchObject({ result: 'ok' });
  expect(performance.now() - startedAt).toBeGreaterThan(110);
});

it('answers HTML instead of executing', async () => {
  strike({ kind: 'html-error', status: 502 });
  const answer = await create();
  expect([answer.status, await answer.text(), executions()]).toEqual([502, expect.stringContaining('<html>'), 0]);
});

it.each([
  [{ kind: 'reset-before' }, 0],
  [{ kind: 'lost-after' }, 1],
] as const)('cuts the connection on %j, having executed %d', async (fault, executed) => {
  strike(fault);
  await expect(create()).rejects.toThrow();
  expect(executions()).toBe(executed);
  expect(test.control.requests()).toMatchObject([{ fault: fault.kind, executed: executed === 1 }]);
});

it('executes and answers nothing', async () => {
  strike({ kind: 'empty-body' });
  const answer = await create();
  expect([answer.status, await answer.text(), executions()]).toEqual([200, '', 1]);
});

it.each([
  ['object-locked', 'object locked'],
  ['multithread', 'multithreadApiSession multithread api request blocked'],
])('refuses with the vendor fault %s', async (name, error) => {
  strike({ kind: 'vendor', name });
  expect(await (await create()).json()).toMatchObject({ error });
  expect([executions(), test.control.violations()]).toEqual([0, []]);
});

it('executes, loses the answer and stays busy on block', async () => {
  strike({ kind: 'vendor', name: 'block', detail: { ms: 400 } });
  await expect(create()).rejects.toThrow();
  expect(executions()).toBe(1);
  const answers: string[] = [];
  while (executions() === 1) answers.push(await (await create()).text());
  expect(answers[0]).toContain('multithread api request blocked');
});

it('executes at once and answers late on late-answer, and serves others meanwhile', async () => {
  strike({ kind: 'vendor', name: 'late-answer', detail: { ms: 150 } });
  const startedAt = performance.now();
  const answer = create();
  await until(() => executions() === 1);
  expect(await (await create()).json()).toMatchObject({ result: 'ok' });
  expect(await (await answer).json()).toMatchObject({ result: 'ok' });
  expect([performance.now() - startedAt > 140, executions(), test.control.violations()]).toEqual([true, 2, []]);
});

it('executes and answers HTML on html-after', async () => {
  strike({ kind: 'vendor', name: 'html-after', detail: { status: 504 } });
  const answer = await create();
  expect([answer.status, await answer.text(), executions()]).toEqual([504, expect.stringContaining('<html>'), 1]);
});

it('executes and warns beside the id on warning', async () => {
  strike({ kind: 'vendor', name: 'warning', detail: { data: 'Ціна нижча за собівартість' } });
  expect(await (await create()).json()).toEqual({ result: 'ok', id: expect.any(String), clientMessages: [{ type: 'warn', data: 'Ціна нижча за собівартість' }] });
  expect(executions()).toBe(1);
});

it.each([
  [undefined, { clientMessages: [{ type: 'error', data: 'Документ не збережено' }] }],
  [{ result: 'ok' }, { result: 'ok' }],
])('executes nothing and answers what it is told on answer %j', async (detail, expected) => {
  strike({ kind: 'vendor', name: 'answer', detail });
  expect(await (await create()).json()).toEqual(expected);
  expect(executions()).toBe(0);
});

it('strikes only what it is told to, and refuses faults that do not exist', async () => {
  test.control.addFault({ fault: { kind: 'html-error', status: 502 }, operation: 'request sliceLast goodsPrices' });
  expect(await (await create()).json()).toMatchObject({ result: 'ok' });
  const slice = { from: { type: 'sliceLast', register: 'goodsPrices' }, fields: { good: 'good' } };
  expect((await post(test.simulator.baseUrl, 'request', slice)).status).toBe(502);
  test.control.clearFaults();
  expect(await test.rows(slice)).toEqual([]);
  expect(() => strike({ kind: 'vendor', name: 'earthquake' })).toThrow('object-locked');
  expect(() => strike({ kind: 'earthquake' } as never)).toThrow('Faults are delay, ');
  expect(await (await create()).json()).toMatchObject({ result: 'ok' });
});

it('answers object locked while somebody has the object open', async () => {
  const id = test.control.createPerson({ name: 'Ганна' });
  test.control.lock({ id });
  expect(await test.refusal('saveObject', { header: { id, phone: '1' } })).toBe('object locked');
  expect(await test.refusal('setDelMark', { header: { id } })).toBe('object locked');
  test.control.unlock({ id });
  expect(await test.call('setDelMark', { header: { id } })).toBe('ok');
});

import { type AccountsAnswer, accountAddress, type AccountsQuestion, type KeyChange } from '@kds/contracts';
import { startTestServers, type TestServers } from '@kds/testing';
import { TestLedger } from '../spec-support/test-ledger.js';
import { learnAccounts } from './learn-accounts.job.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(() => ledger.clear());
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const asked: string[] = [];

/** Asks gateways, each of which knows the accounts that are told here, by tenant and system. */
function learn(...gateways: readonly Readonly<Record<string, string | null>>[]): Promise<boolean> {
  const askAll = async (subject: string, question: object): Promise<readonly AccountsAnswer[]> => {
    const system = subject.endsWith('keycrm') ? 'keycrm' : 'dilovod';
    const { tenants } = question as AccountsQuestion;
    asked.push(...tenants.map((tenant) => `${tenant} ${system}`));
    return gateways.map((accounts) => ({
      accounts: tenants.flatMap((tenant): KeyChange[] => {
        const [spec, account] = [ledger.findTenant(tenant), accounts[`${tenant} ${system}`]];
        return spec === undefined || account === undefined
          ? []
          : [{ tenant, system, address: accountAddress(spec[system]), account }];
      }),
    }));
  };
  return learnAccounts({ database: ledger.database, bus: { askAll }, logger: ledger.logger });
}

const accounts = async () =>
  Object.fromEntries(
    (
      await ledger.rows<{ lane: string; account: string | null }>(
        `select tenant || ' ' || system as lane, account from lanes`,
      )
    ).map(({ lane, account }) => [lane, account]),
  );
const restEnds = () => ledger.execute(`update lanes set open_until = null`);

beforeEach(() => void (asked.length = 0));

test('E8: of tenants whose accounts are not known the gateways are asked, and of no others', async () => {
  await ledger.saveTenant('known');
  await ledger.saveUntold('one');
  await ledger.saveUntold('two');
  expect(await learn({ 'one keycrm': 'k1', 'one dilovod': 'd1' }, { 'two keycrm': 'k1' })).toBe(true);
  expect([...asked].sort()).toEqual(['one dilovod', 'one keycrm', 'two dilovod', 'two keycrm']);
  expect(await accounts()).toMatchObject({
    'one keycrm': 'k1',
    'one dilovod': 'd1',
    'two keycrm': 'k1',
    'two dilovod': null,
  });
  expect(await learn({})).toBe(false);
});

test('E8: a tenant of whom gateways say different things is asked for again until they agree', async () => {
  await ledger.saveUntold('one');
  await learn({ 'one keycrm': 'old' }, { 'one keycrm': 'new' });
  expect(await accounts()).toMatchObject({ 'one keycrm': null });
  await learn({ 'one keycrm': 'new' }, { 'one keycrm': 'new' });
  expect(await accounts()).toMatchObject({ 'one keycrm': 'new' });
});

test('E8: while no gateway says anything the lane shows it, and is asked for now and then', async () => {
  await ledger.saveUntold('one');
  for (let time = 1; time <= 3; time += 1) {
    await Promise.all([learn({}), learn({})]);
    await learn({});
    expect(await ledger.rows(`select failures, open_reason from lanes where system = 'keycrm'`)).toEqual([
      { failures: time, open_reason: 'gateway-silent' },
    ]);
    await restEnds();
  }
  await learn({ 'one keycrm': 'k1', 'one dilovod': 'd1' });
  expect(await ledger.rows(`select failures, open_reason from lanes where system = 'keycrm'`)).toEqual([
    { failures: 0, open_reason: null },
  ]);
});

test('E8: a key that is not there is asked for again, and told as such', async () => {
  await ledger.saveUntold('one');
  await learn({ 'one keycrm': 'k1', 'one dilovod': null });
  expect(await ledger.rows(`select failures, open_reason from lanes where system = 'dilovod'`)).toEqual([
    { failures: 1, open_reason: 'tenant-not-ready' },
  ]);
  await restEnds();
  await learn({ 'one dilovod': 'd1' });
  expect(await accounts()).toEqual({ 'one keycrm': 'k1', 'one dilovod': 'd1' });
});

import { ledgerOn } from '@kds/persistence';
import { startTestServers, type TestServers } from '@kds/testing';
import { orderSubject, priorities } from '../command-ledger/enqueue-command.js';
import { decideStanding } from '../report-status/decide-standing.js';
import { listTenantFacts } from '../report-status/list-tenant-facts.js';
import type { TenantFacts } from '../report-status/tenant-facts.js';
import { warningsOf } from '../report-status/warnings-of.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { judgeFirms } from './judge-firms.js';

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

const [firm, otherFirm] = ['1100400000001001', '1100400000001002'];
const books = (of: string) => ({
  dilovod: {
    baseUrl: 'http://127.0.0.1:1',
    apiKeyRef: { name: 'keys', key: 'dilovod' },
    firm: of,
    currency: '1101200000001001',
  },
});

/** A tenant that keeps its books with a firm of the shared base. */
async function save(
  name: string,
  {
    of = firm,
    account = 'dilovod-base',
    ...changes
  }: { readonly of?: string; readonly account?: string; readonly suspend?: boolean } = {},
): Promise<void> {
  ledger.keepAccount(name, 'dilovod', account);
  await ledger.saveTenant(name, { ...books(of), ...changes });
}

async function factsOf(name: string): Promise<TenantFacts> {
  const found = (await listTenantFacts(ledgerOn(ledger.database.manager))).find((facts) => facts.name === name);
  if (found === undefined) throw new Error(`no tenant ${name}`);
  return found;
}

const standing = async (name: string) => decideStanding(await factsOf(name), new Date());

/** The tenants for which something leaves. */
async function served(...tenants: readonly string[]): Promise<readonly string[]> {
  for (const tenant of tenants) {
    await ledger.enqueue({
      tenant,
      system: 'dilovod',
      subject: orderSubject(7),
      command: { kind: 'read-document', orderId: 7, documentId: '1' },
      priority: priorities.liveOrder,
    });
    await ledger.enqueue({
      tenant,
      system: 'keycrm',
      subject: orderSubject(7),
      command: { kind: 'read-order', orderId: 7 },
      priority: priorities.liveOrder,
    });
  }
  const went = await ledger.dispatchAll({
    outcome: 'failed',
    called: false,
    failure: { code: 'locked', message: 'open' },
    retryAfterMs: 3_600_000,
  });
  await ledger.execute(`update commands set state = 'superseded' where state = 'pending'`);
  return [...new Set(went.map(({ tenant }) => tenant))].sort();
}

describe('E8: two tenants on one firm of one base', () => {
  test('the later is not served, each names the other, and the earlier goes on', async () => {
    await save('first');
    await save('second');
    expect(await served('first', 'second')).toEqual(['first']);
    expect(await standing('second')).toMatchObject({
      ready: false,
      reason: 'FirmTaken',
      course: 'stuck',
      message: expect.stringMatching(/^spec.dilovod.firm: the tenant first was there first .* write another firm/),
    });
    expect(await factsOf('second')).toMatchObject({ state: 'invalid', problems: [{ path: 'spec.dilovod.firm' }] });
    expect(await factsOf('first')).toMatchObject({ state: 'active', problems: [], firmAlsoOf: ['second'] });
    expect(warningsOf(await factsOf('first'))).toMatchObject([
      { reason: 'FirmShared', message: expect.stringContaining('second is not served') },
    ]);
    expect((await standing('first')).reason).not.toBe('FirmTaken');
  });

  test('nothing is ever sent for a fresh one before its base is known', async () => {
    await save('first');
    ledger.keepAccount('second', 'dilovod', 'dilovod-base');
    await ledger.saveUntold('second', books(firm));
    await ledger.tellAccount('second', 'keycrm');
    expect(await served('second')).toEqual([]);
    await ledger.tellAccount('second', 'dilovod', 'dilovod-base');
    expect(await served('second')).toEqual([]);
    expect(await standing('second')).toMatchObject({ reason: 'FirmTaken' });
  });

  test('who was first stays so over edits, restarts and broken manifests', async () => {
    await save('zebra');
    await save('ant');
    await ledger.execute(`update tenants set firm_taken_by = null, served = false`);
    await judgeFirms(ledger);
    expect(await standing('ant')).toMatchObject({ reason: 'FirmTaken' });
    await ledger.breakTenant('zebra');
    await save('ant', { suspend: false });
    expect(await standing('ant')).toMatchObject({ reason: 'FirmTaken' });
    await save('zebra', { suspend: true });
    expect(await served('ant', 'zebra')).toEqual([]);
  });

  test.each([
    ['its firm is another', () => save('second', { of: otherFirm })],
    ['its key is another', () => ledger.tellAccount('second', 'dilovod', 'dilovod-other')],
    ['the first is removed', () => ledger.removeTenant('first')],
    ['the first takes another firm', () => save('first', { of: otherFirm })],
  ])('the later is served as soon as %s', async (_name, mend) => {
    await save('first');
    await save('second');
    expect(await served('second')).toEqual([]);
    await mend();
    expect(await served('second')).toEqual(['second']);
    expect(await factsOf('second')).toMatchObject({ state: 'active', problems: [], firmTakenBy: null });
  });

  test('one that was removed and comes back is the later', async () => {
    await save('first');
    await save('second');
    await ledger.removeTenant('first');
    await save('first');
    expect(await served('first', 'second')).toEqual(['second']);
    expect(await standing('first')).toMatchObject({ reason: 'FirmTaken', message: expect.stringContaining('second') });
  });

  test('of three the two later ones name the first, and the first names both', async () => {
    for (const name of ['first', 'second', 'third']) await save(name);
    expect(await served('first', 'second', 'third')).toEqual(['first']);
    expect((await factsOf('third')).firmTakenBy).toBe('first');
    expect((await factsOf('first')).firmAlsoOf).toEqual(['second', 'third']);
  });

  test('two firms of one base, and one firm id in two bases, are served', async () => {
    await save('first');
    await save('second', { of: otherFirm });
    await save('third', { account: 'dilovod-elsewhere' });
    expect(await served('first', 'second', 'third')).toEqual(['first', 'second', 'third']);
  });

  test('a tenant without a key at Dilovod is still served at KeyCRM', async () => {
    await ledger.saveTenant('keyless', books(firm));
    await ledger.tellAccount('keyless', 'dilovod', null);
    expect(await served('keyless')).toEqual(['keyless']);
  });
});

import type { CommandMessage, System } from '@kds/contracts';
import { ledgerOn } from '@kds/persistence';
import { startTestServers, type TestServers } from '@kds/testing';
import { orderSubject, priorities } from '../command-ledger/enqueue-command.js';
import { loadLedgerReading } from '../measure-ledger/ledger-reading.repository.js';
import { listTenantFacts } from '../report-status/list-tenant-facts.js';
import { warningsOf } from '../report-status/warnings-of.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { raiseLimits } from './raise-limits.job.js';

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

const dilovod = (firm: string) => ({
  dilovod: {
    baseUrl: 'http://127.0.0.1:1',
    apiKeyRef: { name: 'keys', key: 'dilovod' },
    firm,
    currency: '1101200000001001',
  },
});
const keycrm = (requestsPerMinute: number) => ({
  keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute },
});

/** Tenants that share an account of a system, each with a firm of its own. */
async function share(
  system: System,
  tenants: readonly string[],
  changes: (index: number) => object = () => ({}),
): Promise<void> {
  for (const [index, tenant] of tenants.entries()) {
    await ledger.saveTenant(tenant, { ...dilovod(`110040000000000${index + 1}`), ...changes(index) });
    await ledger.tellAccount(tenant, system, `${system}-shared`);
  }
}

async function readOrders(
  tenant: string,
  system: System,
  { count, priority = priorities.liveOrder }: { readonly count: number; readonly priority?: number },
): Promise<void> {
  for (let orderId = 1; orderId <= count; orderId += 1) {
    const command =
      system === 'keycrm'
        ? ({ kind: 'read-order', orderId } as const)
        : ({ kind: 'read-document', orderId, documentId: '1' } as const);
    await ledger.enqueue({ tenant, system, subject: orderSubject(1_000 * priority + orderId), command, priority });
  }
}

const missing = { outcome: 'done', result: { kind: 'missing', orderId: 1 } } as const;
const gone = { outcome: 'done', result: { kind: 'document', document: null } } as const;
const tenantsOf = (messages: readonly CommandMessage[]) => messages.map(({ tenant }) => tenant);

describe('E8: tenants that share an account', () => {
  test('have one Dilovod request at a time between them, however many dispatchers race, and take turns', async () => {
    await share('dilovod', ['one', 'two', 'three']);
    for (const tenant of ['one', 'two', 'three']) await readOrders(tenant, 'dilovod', { count: 8 });
    const went: string[] = [];
    const dispatcher = async () => {
      while (went.length < 24) {
        for (const message of await ledger.dispatch()) {
          const { count } = await ledger.row<{ count: string }>(
            `select count(*) from attempts where settled_at is null`,
          );
          expect(Number(count)).toBe(1);
          went.push(message.tenant);
          await ledger.settle(message, {
            outcome: 'failed',
            called: true,
            failure: { code: 'locked', message: 'open' },
            retryAfterMs: 3_600_000,
          });
        }
      }
    };
    await Promise.all(Array.from({ length: 4 }, dispatcher));
    for (let turn = 0; turn < 8; turn += 1)
      expect(went.slice(3 * turn, 3 * turn + 3).sort()).toEqual(['one', 'three', 'two']);
  });

  test('the ledger itself refuses a second Dilovod request of the account', async () => {
    await share('dilovod', ['one', 'two']);
    await readOrders('one', 'dilovod', { count: 1 });
    await readOrders('two', 'dilovod', { count: 1 });
    const send = `insert into attempts (command_id, tenant, system, account, lease_until)
      select c.id, c.tenant, c.system, l.account, now() from commands c join lanes l using (tenant, system)`;
    await expect(ledger.execute(send)).rejects.toThrow('dilovod_one_at_a_time');
  });

  test('have a live order of one go before the prices of another', async () => {
    await share('dilovod', ['one', 'two']);
    await readOrders('one', 'dilovod', { count: 5, priority: priorities.stockAndPrices });
    await readOrders('two', 'dilovod', { count: 2 });
    const went: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      for (const message of await ledger.dispatch()) {
        went.push(message.tenant);
        await ledger.settle(message, {
          outcome: 'failed',
          called: true,
          failure: { code: 'locked', message: 'open' },
          retryAfterMs: 3_600_000,
        });
      }
    }
    expect(went).toEqual(['two', 'two', 'one']);
  });

  test("have one minute's requests between them, of which the smallest declared counts", async () => {
    await share('keycrm', ['one', 'two'], (index) => keycrm(index === 0 ? 20 : 12));
    for (const tenant of ['one', 'two']) await readOrders(tenant, 'keycrm', { count: 30 });
    const went = tenantsOf(await ledger.dispatchAll(missing));
    expect(went).toHaveLength(12);
    expect(went.filter((tenant) => tenant === 'one')).toHaveLength(6);
    const lanes = (await loadLedgerReading(ledger.database.manager)).lanes.filter(({ system }) => system === 'keycrm');
    expect(lanes.map(({ perMinute, used, runnable }) => ({ perMinute, used, runnable }))).toEqual(
      Array(2).fill({ perMinute: 12, used: 12, runnable: 0 }),
    );
    await ledger.removeTenant('two');
    expect(tenantsOf(await ledger.dispatchAll(missing))).toEqual(Array(8).fill('one'));
  });

  test('are counted as runnable as far as the account lets them go', async () => {
    await share('dilovod', ['one', 'two', 'three']);
    for (const tenant of ['one', 'two', 'three']) await readOrders(tenant, 'dilovod', { count: 3 });
    const runnable = async () =>
      (await loadLedgerReading(ledger.database.manager)).lanes.reduce((sum, lane) => sum + lane.runnable, 0);
    expect(await runnable()).toBe(1);
    await ledger.dispatch();
    expect(await runnable()).toBe(0);
  });

  test("rest together when the account does, and alone when the tenant's own gateways do", async () => {
    await share('keycrm', ['one', 'two']);
    for (const tenant of ['one', 'two']) await readOrders(tenant, 'keycrm', { count: 9 });
    const [first, second] = await ledger.dispatch();
    if (first === undefined) throw new Error('nothing went');
    expect(second).toBeUndefined();
    await ledger.settle(first, {
      outcome: 'failed',
      called: false,
      failure: { code: 'tenant-not-ready', message: 'no key' },
    });
    const other = first.tenant === 'one' ? 'two' : 'one';
    const next = await ledger.dispatch();
    expect(tenantsOf(next)).toEqual([other]);
    for (const message of next)
      await ledger.settle(message, { outcome: 'rejected', failure: { code: 'bad-key', message: 'no' } });
    await ledger.execute(`update lanes set open_until = null`);
    expect(await ledger.dispatch()).toEqual([]);
    expect(
      (await listTenantFacts(ledgerOn(ledger.database.manager))).map(
        ({ lanes }) => lanes.find(({ system }) => system === 'keycrm')?.trouble,
      ),
    ).toEqual(['bad-key', 'bad-key']);
  });
});

describe('E8: an account that is not known', () => {
  test('lets nothing go until a gateway tells it, and then at once', async () => {
    await ledger.saveTenant('one');
    await readOrders('one', 'keycrm', { count: 1 });
    await ledger.execute(`update lanes set account = null where system = 'keycrm'`);
    expect(await ledger.dispatch()).toEqual([]);
    await ledger.tellAccount('one', 'keycrm', 'keycrm-a');
    expect(await ledger.dispatch()).toMatchObject([{ tenant: 'one', account: 'keycrm-a' }]);
  });

  test('is not believed to be what was said of another address', async () => {
    await ledger.saveTenant('one');
    const moved = { ...keycrm(60), keycrm: { ...keycrm(60).keycrm, baseUrl: 'http://127.0.0.1:2' } };
    await ledger.saveTenant('one', moved);
    await ledger.execute(`update lanes set account = null, told_at = null`);
    await ledger.tellAccountOf('one', {
      system: 'keycrm',
      address: 'http://127.0.0.1:1 keys/keycrm',
      account: 'keycrm-old',
    });
    expect(await ledger.rows(`select account from lanes where system = 'keycrm'`)).toEqual([{ account: null }]);
  });

  test('is asked for again when the gateway that got the command had another', async () => {
    await ledger.saveTenant('one');
    await readOrders('one', 'dilovod', { count: 1 });
    const [message] = await ledger.dispatch();
    if (message === undefined) throw new Error('nothing went');
    await ledger.settle(message, {
      outcome: 'expired',
      called: false,
      failure: { code: 'other-account', message: 'another key' },
    });
    expect(await ledger.dispatch()).toEqual([]);
    await ledger.tellAccount('one', 'dilovod', 'dilovod-new');
    expect(await ledger.dispatch()).toMatchObject([{ commandId: message.commandId, account: 'dilovod-new' }]);
  });

  test('a lane whose key has changed waits for what the old one asked of the base', async () => {
    await ledger.saveTenant('one');
    await readOrders('one', 'dilovod', { count: 2 });
    const [message] = await ledger.dispatch();
    await ledger.tellAccount('one', 'dilovod', 'dilovod-new');
    expect(await ledger.dispatch()).toEqual([]);
    await ledger.settle(message as CommandMessage, {
      ...gone,
      outcome: 'failed',
      failure: { code: 'locked', message: 'open' },
      retryAfterMs: 3_600_000,
    });
    expect(await ledger.dispatch()).toHaveLength(1);
  });

  test('a Secret that is not there is shown as before', async () => {
    await ledger.saveTenant('one');
    for (let time = 0; time < 3; time += 1) await ledger.tellAccount('one', 'dilovod', null);
    const [facts] = await listTenantFacts(ledgerOn(ledger.database.manager));
    expect(facts?.lanes).toContainEqual({ system: 'dilovod', trouble: 'tenant-not-ready', failures: 3 });
    await ledger.tellAccount('one', 'dilovod', 'dilovod-a');
    expect((await listTenantFacts(ledgerOn(ledger.database.manager)))[0]?.lanes).toContainEqual({
      system: 'dilovod',
      trouble: null,
      failures: 0,
    });
  });
});

describe('K8 E8: a limit that others use too', () => {
  const throttled = (retryAfterMs?: number) =>
    ({
      outcome: 'failed',
      called: true,
      failure: { code: 'throttled', message: 'no more' },
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }) as const;
  const limit = () =>
    ledger.row<{ per_minute: number; declared: number }>(
      `select per_minute, declared_per_minute as declared from lane_states where tenant = 'one' and system = 'keycrm'`,
    );
  const rest = async () =>
    Number(
      (
        await ledger.row<{ ms: string | null }>(
          `select 1000 * extract(epoch from open_until - clock_timestamp()) as ms
           from lane_states where tenant = 'one' and system = 'keycrm'`,
        )
      ).ms,
    );
  const later = (seconds: number) =>
    ledger.execute(
      `update accounts set open_until = open_until - $1 * interval '1 second',
         learned_at = learned_at - $1 * interval '1 second'`,
      [seconds],
    );

  async function refuseOne(retryAfterMs?: number): Promise<void> {
    const [message] = await ledger.dispatch();
    if (message === undefined) throw new Error('nothing went');
    await ledger.settle(message, throttled(retryAfterMs));
  }

  test('is lowered by a refusal, once however many were on their way, and said', async () => {
    await ledger.saveTenant('one', keycrm(60));
    await readOrders('one', 'keycrm', { count: 40 });
    const flying = [...(await ledger.dispatch()), ...(await ledger.dispatch()), ...(await ledger.dispatch())];
    expect(flying).toHaveLength(3);
    for (const message of flying) await ledger.settle(message, throttled());
    expect(await limit()).toEqual({ per_minute: 30, declared: 60 });
    expect(warningsOf((await listTenantFacts(ledgerOn(ledger.database.manager)))[0] as never)).toMatchObject([
      { reason: 'LimitShared', message: expect.stringContaining('limit-shared') },
    ]);
  });

  test('has a refused live order go again in a few seconds, or when the API says', async () => {
    await ledger.saveTenant('one', keycrm(60));
    await readOrders('one', 'keycrm', { count: 1 });
    await refuseOne();
    expect(await rest()).toBeLessThan(2_100);
    expect(await rest()).toBeGreaterThan(1_000);
    for (let time = 0; time < 5; time += 1) {
      await later(60);
      await refuseOne();
      expect(await rest()).toBeLessThanOrEqual(5_000);
    }
    await later(60);
    await refuseOne(17_000);
    expect(Math.round((await rest()) / 1_000)).toBe(17);
    await later(60);
    await refuseOne(900_000);
    expect(await rest()).toBeLessThanOrEqual(60_000);
  });

  test('is not used up by what was refused, and lets one go at a time until one has got through', async () => {
    await ledger.saveTenant('one', keycrm(60));
    await readOrders('one', 'keycrm', { count: 40 });
    for (let time = 0; time < 12; time += 1) {
      await refuseOne();
      await later(60);
    }
    expect(await limit()).toEqual({ per_minute: 5, declared: 60 });
    expect(await ledger.dispatch()).toHaveLength(1);
    expect(await ledger.dispatch()).toEqual([]);
  });

  test('keeps a place for live orders, and has what is not urgent keep its distance', async () => {
    await ledger.saveTenant('one', keycrm(60));
    await ledger.execute(`update accounts set learned_per_minute = 20, learned_at = now() where system = 'keycrm'`);
    await readOrders('one', 'keycrm', { count: 30, priority: priorities.readBack });
    const went: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      went.push((await ledger.dispatchAll(missing)).length);
      await ledger.execute(`update attempts set settled_at = settled_at - interval '1 second'`);
    }
    expect(went.filter((count) => count > 0)).toEqual(Array(12).fill(1));
    await readOrders('one', 'keycrm', { count: 30 });
    expect(await ledger.dispatchAll(missing)).toHaveLength(8);
  });

  test('is raised by quiet minutes to what is declared, and then no longer said', async () => {
    await ledger.saveTenant('one', keycrm(60));
    await ledger.execute(
      `update accounts set learned_per_minute = 55, learned_at = now() - interval '30 seconds' where system = 'keycrm'`,
    );
    await raiseLimits(ledger.database);
    expect(await limit()).toMatchObject({ per_minute: 55 });
    for (const perMinute of [58, 60]) {
      await later(40);
      await raiseLimits(ledger.database);
      expect(await limit()).toMatchObject({ per_minute: perMinute });
      await later(30);
    }
    expect(warningsOf((await listTenantFacts(ledgerOn(ledger.database.manager)))[0] as never)).toEqual([]);
  });

  test('is no limit any more when the manifest declares less', async () => {
    await ledger.saveTenant('one', keycrm(60));
    await ledger.execute(`update accounts set learned_per_minute = 30, learned_at = now() where system = 'keycrm'`);
    await ledger.saveTenant('one', keycrm(20));
    expect(await limit()).toEqual({ per_minute: 20, declared: 20 });
  });
});

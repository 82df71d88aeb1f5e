import type { System } from '@kds/contracts';
import { registerReadingGauges } from '@kds/observability';
import { startTestServers, type TestServers } from '@kds/testing';
import { Registry } from 'prom-client';
import { priorities } from '../command-ledger/enqueue-command.js';
import { TestLedger } from '../spec-support/test-ledger.js';
import { ledgerGauges } from './ledger-gauges.js';
import { type LaneState, loadLedgerReading } from './ledger-reading.repository.js';

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

const read = () => loadLedgerReading(ledger.database.manager);

async function lane(tenant: string, system: System): Promise<LaneState> {
  const found = (await read()).lanes.find((each) => each.tenant === tenant && each.system === system);
  if (found === undefined) throw new Error(`no lane of ${tenant} to ${system}`);
  return found;
}

function fill(tenant: string, system: System, { count, priority = priorities.liveOrder }: { readonly count: number; readonly priority?: number }): Promise<void> {
  const kind = system === 'keycrm' ? 'read-order' : 'read-goods';
  return ledger.execute(
    `insert into commands (tenant, system, kind, subject, priority, payload)
     select $1, $2, $3, 'subject ' || $4 || ' ' || n, $4::int, jsonb_build_object('kind', $3::text, 'orderId', n, 'articles', '[]'::jsonb) from generate_series(1, $5::int) n`,
    [tenant, system, kind, priority, count],
  );
}

/** What Prometheus would be shown, without comments. */
async function scrape(): Promise<readonly string[]> {
  const registry = new Registry();
  registerReadingGauges(registry, ledgerGauges(ledger.findTenant), read);
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('E4: what is runnable', () => {
  it('is what the dispatcher lets go, and nothing else', async () => {
    await ledger.saveTenant('one', { keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 3 } });
    await ledger.saveTenant('two');
    await ledger.saveTenant('rests', { suspend: true });
    for (const tenant of ['one', 'two', 'rests']) {
      await fill(tenant, 'keycrm', { count: 20, priority: priorities.backFill });
      await fill(tenant, 'dilovod', { count: 20 });
    }
    await fill('one', 'keycrm', { count: 1 });
    const runnable = (await read()).lanes.reduce((sum, each) => sum + each.runnable, 0);
    let dispatched = 0;
    for (let turn = await ledger.dispatch(); turn.length > 0; turn = await ledger.dispatch()) dispatched += turn.length;
    expect(dispatched).toBeGreaterThan(6);
    expect(runnable).toBe(dispatched);
    expect((await read()).lanes.map((each) => each.runnable)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('does not include what waits for the lane\'s own command, however much it is', async () => {
    await ledger.saveTenant('one');
    await fill('one', 'dilovod', { count: 10_000 });
    await ledger.dispatch();
    expect(await lane('one', 'dilovod')).toMatchObject({ runnable: 0, inFlight: 1, waiting: 9_999 });
  });

  it('does not include what waits for the minute\'s requests', async () => {
    await ledger.saveTenant('one', { keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 5 } });
    await fill('one', 'keycrm', { count: 20 });
    await ledger.dispatchAll({ outcome: 'done', result: { kind: 'missing', orderId: 1 } });
    expect(await lane('one', 'keycrm')).toMatchObject({ runnable: 0, waiting: 15, perMinute: 5, used: 5 });
    expect(await scrape()).toContain('kds_keycrm_requests_left{tenant="one"} 0');
  });

  it('does not include what an outage keeps from going', async () => {
    await ledger.saveTenant('one');
    await fill('one', 'dilovod', { count: 3 });
    for (let failure = 0; failure < 5; failure += 1) {
      await ledger.execute(`update commands set not_before = clock_timestamp() where state = 'pending'`);
      await ledger.execute(`update accounts set open_until = null`);
      for (const message of await ledger.dispatch()) await ledger.settle(message, { outcome: 'failed', failure: { code: 'unreachable', message: 'no answer' } });
    }
    expect(await lane('one', 'dilovod')).toMatchObject({ runnable: 0, waiting: 3, failures: 5, reason: 'unreachable' });
    expect(await scrape()).toContain('kds_lane_failures{system="dilovod",tenant="one",pool="shared",reason="unreachable"} 5');
  });

  it('is as old as the time since it could have gone, not since it was asked for', async () => {
    await ledger.saveTenant('one');
    await fill('one', 'dilovod', { count: 1 });
    await ledger.execute(`update commands set created_at = now() - interval '1 hour', not_before = now() - interval '40 seconds'`);
    const { oldestRunnable, oldestWaiting } = await lane('one', 'dilovod');
    expect(oldestRunnable).toBeGreaterThanOrEqual(40);
    expect(oldestRunnable).toBeLessThan(60);
    expect(oldestWaiting).toBeGreaterThanOrEqual(3_600);
  });
});

describe('E5: how old the last proof is', () => {
  it('counts from the proof, or from the manifest where there is none yet', async () => {
    await ledger.saveTenant('one', { prices: { every: '2m', retail: { priceType: '1101300000001001' } } });
    await ledger.execute(`update tenants set changed_at = now() - interval '200 seconds'`);
    await ledger.execute(`update schedules set proved_at = now() - interval '100 seconds' where flow = 'stock'`);
    const ages = Object.fromEntries((await read()).flows.map(({ flow, age }) => [flow, Math.floor(age / 100)]));
    expect(ages).toMatchObject({ stock: 1, prices: 2, 'orders-updated': 2 });
  });

  it('is promised by the client\'s own intervals, and shown only for flows that run', async () => {
    await ledger.saveTenant('one', { stock: { every: '10m' } });
    const shown = await scrape();
    expect(shown).toContain('kds_sync_promised_age_seconds{tenant="one",flow="stock"} 1320');
    expect(shown.filter((line) => line.startsWith('kds_sync_promised_age_seconds'))).toHaveLength(2);
    expect(shown.filter((line) => line.startsWith('kds_sync_age_seconds') && line.includes('flow="prices"'))).toEqual([]);
  });

  it('is not asked of a suspended client', async () => {
    await ledger.saveTenant('one', { suspend: true });
    const shown = await scrape();
    expect(shown).toContain('kds_tenant_info{tenant="one",state="suspended",mode="live"} 1');
    expect(shown.filter((line) => line.startsWith('kds_sync_'))).toEqual([]);
  });
});

it('shows what is held and what drifted, by tenant and reason', async () => {
  await ledger.saveTenant('one');
  await ledger.saveTenant('two');
  await ledger.saveOrder('one', 1);
  await ledger.saveOrder('one', 2);
  await ledger.execute(`update orders set decision = 'park', reason = 'sku-unknown'`);
  await ledger.execute(`insert into held_runs (tenant, flow, reason, message) values ('one', 'stock', 'snapshot-empty', ''), ('two', 'stock', 'snapshot-empty', '')`);
  await ledger.execute(`update held_runs set released_at = now() where tenant = 'two'`);
  await ledger.execute(`insert into drift (tenant, sku, field, class, at) values ('one', 'A', 'stock', 'lost-write', now()), ('one', 'A', 'stock', 'lost-write', now() - interval '2 hours')`);
  const shown = await scrape();
  expect(shown).toContain('kds_held_orders{tenant="one",reason="sku-unknown"} 2');
  expect(shown.filter((line) => line.startsWith('kds_held_runs'))).toEqual(['kds_held_runs{tenant="one",flow="stock",reason="snapshot-empty"} 1']);
  expect(shown).toContain('kds_drift_last_hour{tenant="one",class="lost-write"} 1');
});

it('F6: a removed tenant has no series', async () => {
  await ledger.saveTenant('one');
  await fill('one', 'keycrm', { count: 3 });
  expect((await scrape()).some((line) => line.includes('tenant="one"'))).toBe(true);
  await ledger.removeTenant('one');
  expect((await scrape()).filter((line) => line.includes('tenant="one"'))).toEqual([]);
});

it('is read in well under a second for three hundred tenants with fifty thousand waiting commands', async () => {
  await ledger.saveTenant('one');
  await ledger.execute(`insert into tenants (name, revision, spec, state) select 'tenant-' || n, '', '{}', 'active' from generate_series(1, 300) n`);
  await ledger.execute(`insert into lanes (tenant, system, pool, per_minute, max_in_flight) select name, system, 'shared', case system when 'keycrm' then 60 end, 4 from tenants, unnest(array['keycrm', 'dilovod']) system where name like 'tenant-%'`);
  await ledger.openAccounts();
  await ledger.execute(`insert into schedules (tenant, flow) select name, flow from tenants, unnest(array['orders-updated', 'stock', 'prices', 'goods']) flow where name like 'tenant-%'`);
  await ledger.execute(`insert into commands (tenant, system, kind, subject, priority, payload) select 'tenant-' || (1 + n % 300), case when n % 2 = 0 then 'keycrm' else 'dilovod' end, 'read-order', 's' || n, 30, '{}' from generate_series(1, 50000) n`);
  await ledger.execute('analyze');
  const startedAt = performance.now();
  const { lanes } = await read();
  const ms = performance.now() - startedAt;
  expect(lanes).toHaveLength(602);
  expect(ms).toBeLessThan(1_000);
});

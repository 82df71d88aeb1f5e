import { startTestServers, type TestServers } from '@kds/testing';
import { runJson, runVerb } from '../spec-support/run-verb.js';
import { minutesAgo, WrittenLedger } from '../spec-support/written-ledger.js';

let servers: TestServers;
let ledger: WrittenLedger;
beforeAll(async () => {
  servers = await startTestServers();
});
beforeEach(async () => {
  ledger = await WrittenLedger.open(servers);
  await ledger.addTenant('yoga-shop');
});
afterEach(() => ledger?.close());
afterAll(() => servers?.stop());

async function tableOf(line: string): Promise<readonly string[]> {
  const { exitCode, out } = await runVerb(line, ledger);
  expect(exitCode).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(Math.max(...lines.map((each) => each.length))).toBeLessThanOrEqual(80);
  return lines;
}

async function addCommand(id: number, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await ledger.add('commands', { id, tenant: 'yoga-shop', system: 'dilovod', kind: 'save-sale-order', subject: 'order:905', priority: 0, payload: { kind: 'save-sale-order' }, created_at: minutesAgo(4), ...changes });
}

async function addAttempt(id: number, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await ledger.add('attempts', { id, command_id: 1, tenant: 'yoga-shop', system: 'keycrm', account: 'keycrm-of-yoga-shop', dispatched_at: minutesAgo(0.5), lease_until: minutesAgo(-1), ...changes });
}

describe('kds tenants', () => {
  it('tells how each tenant stands, and why one is invalid', async () => {
    await ledger.addTenant('broken', { state: 'invalid', problems: [{ path: 'spec.mode', reason: 'write one of shadow, pilot, live' }] });
    await ledger.addTenant('gone', { state: 'removed' });
    await ledger.addOrder('yoga-shop', 905);
    await ledger.addOrder('yoga-shop', 906, { dropped_essence: 'e1' });
    await ledger.add('held_runs', { tenant: 'yoga-shop', flow: 'stock', reason: 'too-many-zeroed', message: 'm' });
    await ledger.add('drift', { tenant: 'yoga-shop', sku: 'BELT', field: 'stock', class: 'lost-write' });
    await ledger.rows(`update lanes set failures = 1, open_reason = 'bad-key' where system = 'keycrm'`);
    await addCommand(1);
    await addAttempt(1);
    await addAttempt(2, { settled_at: minutesAgo(0.2), called: true });
    await addAttempt(3, { settled_at: minutesAgo(2), called: true });

    const [heading, broken, shop, ...notes] = await tableOf('tenants');
    expect(heading?.split(/ +/)).toEqual(['TENANT', 'MODE', 'STATE', 'ORDERS', 'STOCK', 'PRICES', 'HELD', 'RUNS', 'DRIFT', 'LEFT', 'WAITING']);
    expect(shop?.split(/ +/)).toEqual(['yoga-shop', 'live', 'active', '1m', '1m', '1m', '1', '1', '1', '58/60', '1']);
    expect(broken).toMatch(/^broken +live +invalid/);
    expect(notes.slice(0, 2)).toEqual(['', 'broken is invalid: spec.mode: write one of shadow, pilot, live']);
    expect(notes.slice(2).join(' ')).toMatch(/^yoga-shop is not ready, KeyRejected: KeyCRM refuses the key keycrm of the Secret keys/);
    expect(await runJson('tenants', ledger.env)).toEqual([
      expect.objectContaining({ name: 'broken', state: 'invalid', problems: [{ path: 'spec.mode', reason: 'write one of shadow, pilot, live' }] }),
      {
        name: 'yoga-shop',
        mode: 'live',
        state: 'active',
        standing: { ready: false, reason: 'KeyRejected', message: expect.stringContaining('Secret keys') },
        problems: [],
        notes: [],
        proved: { orders: expect.any(String), stock: expect.any(String), prices: expect.any(String) },
        held: { orders: 1, runs: 1 },
        driftLastDay: 1,
        requests: { left: 58, perMinute: 60 },
        waitingCommands: 1,
      },
    ]);
  });

  it('B2 E3: says that an account shows no stock by warehouse, so that none is written', async () => {
    const note = async () => /yoga-shop: .*/s.exec((await tableOf('tenants')).join('\n'))?.[0].replaceAll(/\s+/g, ' ');
    await ledger.add('offers', { tenant: 'yoga-shop', offer_id: 1, sku: 'BELT', pass: 0 });
    expect(await note()).toBeUndefined();
    await ledger.add('schedules', { tenant: 'yoga-shop', flow: 'catalogue', due_at: minutesAgo(-5), proved_at: minutesAgo(1) });
    expect(await note()).toMatch(/shows no stock by warehouse .* orders and prices go on/);
    await ledger.add('positions', { tenant: 'yoga-shop', sku: 'BELT', warehouse_id: 1 });
    expect(await note()).toBeUndefined();
  });

  it('refuses a database that is no ledger', async () => {
    const { exitCode, err } = await runVerb('tenants', { env: { DATABASE_URL: servers.databaseUrl } });
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/is not of this version .*start this version's orchestrator/)]);
  });
});

describe('kds lanes', () => {
  it('tells what waits, flies and rests', async () => {
    await addCommand(1);
    await addCommand(2, { system: 'keycrm', kind: 'list-stocks', subject: 'catalogue', priority: 20 });
    await addCommand(3, { system: 'keycrm', kind: 'write-stocks', subject: 'stocks:1', priority: 10, created_at: minutesAgo(1) });
    await addAttempt(1);
    await ledger.rows(`update lanes set open_until = now() + interval '90 seconds', open_reason = 'bad-key' where system = 'dilovod'`);

    const [, keycrm, dilovod, rest] = await tableOf('lanes --tenant yoga-shop');
    expect(keycrm?.split(/ +/)).toEqual(['yoga-shop', 'keycrm', '0', '1', '1', '0', '4m', '1/4', '1/60']);
    expect(dilovod).toMatch(/^yoga-shop +dilovod +1 +0 +0 +0 +4m +0\/1 +0 +1m more:$/);
    expect(rest?.trim()).toBe('bad-key');
    expect(await runJson('lanes', ledger.env)).toEqual([
      expect.objectContaining({ system: 'keycrm', waiting: { orders: 0, stockAndPrices: 1, readBack: 1, backFill: 0 }, inFlight: 1, used: 1, rest: null }),
      expect.objectContaining({ system: 'dilovod', perMinute: null, rest: { until: expect.any(String), reason: 'bad-key' }, oldestWaitingSince: expect.any(String) }),
    ]);
  });

  it('E8: says who shares a key, and how much of the limit is left where others use it too', async () => {
    await ledger.addTenant('tea-shop');
    await ledger.rows(`update lanes set account = 'keycrm-of-yoga-shop' where system = 'keycrm'`);
    await ledger.rows(`update accounts set learned_per_minute = 20 where id = 'keycrm-of-yoga-shop'`);
    await addCommand(1);
    await addAttempt(1);
    const lines = await tableOf('lanes');
    expect(lines.join('\n')).toMatch(/tea-shop +keycrm .* 1\/20 of 60\s/);
    expect(lines.join(' ')).toContain('tea-shop, yoga-shop share one key of keycrm');
    expect(await runJson('lanes --tenant tea-shop', ledger.env)).toContainEqual(expect.objectContaining({ account: 'keycrm-of-yoga-shop', sharedWith: ['yoga-shop'], used: 1, perMinute: 20, declaredPerMinute: 60 }));
  });

  it('E8: a tenant whose firm is another\'s is shown as invalid, each naming the other', async () => {
    await ledger.addTenant('tea-shop');
    await ledger.rows(`update tenants set firm_taken_by = 'yoga-shop', served = false where name = 'tea-shop'`);
    const text = (await tableOf('tenants')).join(' ').replaceAll(/ +/g, ' ');
    expect(text).toMatch(/tea-shop is invalid: spec.dilovod.firm: the tenant yoga-shop was there first/);
    expect(text).toMatch(/yoga-shop: tea-shop is not served, having the same firm/);
    expect((await tableOf('lanes --tenant tea-shop')).join(' ')).toContain('invalid');
  });

  it('refuses a tenant that is not there, and names those that are', async () => {
    const { exitCode, err } = await runVerb('lanes --tenant yoga', ledger);
    expect([exitCode, err]).toEqual([1, 'There is no tenant "yoga". There are: yoga-shop.\n']);
  });
});

describe('kds drift', () => {
  it('counts by class and field, and shows the newest', async () => {
    for (const [sku, minutes] of [['BELT', 5], ['ROLL', 3], ['OLD', 3_000]] as const) {
      await ledger.add('drift', { tenant: 'yoga-shop', sku, warehouse_id: 1, field: 'stock', expected: '5.00', found: 4, class: 'manual-edit', at: minutesAgo(minutes) });
    }
    const lines = await tableOf('drift --tenant yoga-shop --since 6h');
    expect(lines[2]?.split(/ +/)).toEqual(['manual-edit', 'stock', '2', '2', '1', '3m']);
    expect(lines.slice(6).map((line) => line.trim().split(/ +/))).toEqual([
      ['3m', 'yoga-shop', 'ROLL', '1', 'stock', '5', '4', 'manual-edit'],
      ['5m', 'yoga-shop', 'BELT', '1', 'stock', '5', '4', 'manual-edit'],
    ]);
    expect(await runJson('drift --since 3d', ledger.env)).toMatchObject({ totals: [{ class: 'manual-edit', field: 'stock', count: 3, skus: 3 }], newest: [{ sku: 'ROLL', expected: '5', found: '4' }, {}, {}] });
    expect(await tableOf('drift --since 1m')).toEqual(['No drift in the last 1m.']);
  });
});

describe('kds plan', () => {
  it('shows what the next runs would write, and what is left alone', async () => {
    const guards = { maxZeroedShare: 0.3, maxPriceChange: 0.5, maxPriceChangedShare: 0.5, minSnapshotShare: 0.5 };
    const spec = { mode: 'shadow', pilot: { skus: [] }, catalog: { overrides: [] }, prices: { retail: null, cost: 'none' }, dilovod: { currency: '1101200000001001' }, guards };
    await ledger.rows('update tenants set spec = $1', [JSON.stringify(spec)]);
    await ledger.add('tenant_warehouses', { tenant: 'yoga-shop', warehouse_id: 1, storage: '11', ships: true });
    await ledger.add('snapshots', { tenant: 'yoga-shop', kind: 'balances', attempt: 5, rows: 1, accepted_at: minutesAgo(2) });
    await ledger.add('goods', { tenant: 'yoga-shop', good: '1', article: 'BELT', name: 'Belt', read_attempt: 1 });
    await ledger.add('balances', { tenant: 'yoga-shop', good: '1', storage: '11', qty: 7, amount: 0 });
    await ledger.add('goods_stocked', { tenant: 'yoga-shop', good: '1' });
    for (const [id, sku] of [[1, 'BELT'], [2, 'ROLL']] as const) await ledger.add('offers', { tenant: 'yoga-shop', offer_id: id, sku });
    await ledger.add('positions', { tenant: 'yoga-shop', sku: 'BELT', warehouse_id: 1, known: 5 });

    const lines = await tableOf('plan yoga-shop');
    expect(lines[0]).toBe("yoga-shop is shadow. Read: KeyCRM's catalogue not yet, balances 2m ago, prices");
    expect(lines.slice(3, 6)).toEqual(['Stock: 1 rows would be written if it were live.', 'SKU   WAREHOUSE  KNOWN  WANTED', 'BELT          1      5       7']);
    expect(lines.slice(-2)).toEqual(['WHY             COUNT  SKUS', 'only in KeyCRM      1  ROLL']);
    expect(await runJson('plan yoga-shop', ledger.env)).toMatchObject({ mode: 'shadow', stock: { rows: 1, largest: [{ sku: 'BELT', wanted: '7' }] }, prices: { rows: 0 }, leftAlone: [{ reason: 'only in KeyCRM' }] });
  });
});

describe('E6: kds order show', () => {
  beforeEach(async () => {
    const saleOrder = { id: '1109100000001001', number: '12', state: '1111500000001002', person: '1100100000001001', rows: [] };
    await ledger.addOrder('yoga-shop', 905, { binding: { saleOrder, shipments: [], doubt: 'sale' }, refusals: [{ command: '{"kind":"save-sale"}', code: 'shortage', message: 'not enough BELT' }] });
    await ledger.add('order_journal', { tenant: 'yoga-shop', order_id: 905, at: minutesAgo(6), entry: 'observed', reason: 'first', detail: { statusId: 12, grandTotal: '1780', lines: [{ sku: 'BELT', quantity: '2', warehouseId: 1 }] } });
    await ledger.add('order_journal', { tenant: 'yoga-shop', order_id: 905, at: minutesAgo(5), entry: 'decided: dispatch', reason: 'order-missing' });
    await addCommand(1, { state: 'done', settled_at: minutesAgo(3), payload: { kind: 'save-sale-order', draft: { orderId: 905, details: 'Олена Зразкова, +380671234567' } } });
    await addAttempt(7, { system: 'dilovod', dispatched_at: minutesAgo(4), settled_at: minutesAgo(3), outcome: 'done', called: true, calls: [{ operation: 'saveObject', latencyMs: 412, result: 'done' }] });
    await ledger.add('order_journal', { tenant: 'yoga-shop', order_id: 905, at: minutesAgo(2), entry: 'save-sale-order', reason: 'done', detail: { attempt: '7', documentId: '1109100000001001' } });
    await addCommand(2, { kind: 'find-person', subject: 'person:phone:+380671234567', payload: { kind: 'find-person', key: 'phone:+380671234567', name: 'Олена Зразкова' }, created_at: minutesAgo(1) });
  });

  it('tells the story in the order in which it happened', async () => {
    const text = (await tableOf('order show yoga-shop 905')).join('\n');
    expect(text).toMatch(/^yoga-shop: order 905 was decided 2m ago: held \(sku-unknown\)\nNo good in Dilovod has the article BELT/);
    expect(text).toContain('Dilovod refused save-sale: shortage: not enough BELT');
    expect(text).toMatch(/KeyCRM, as seen 3m ago: status 12, made 2026-11-05T10:00:00.000Z, total 1780\nIts lines: 2 × BELT from warehouse 1\n/);
    expect(text).toContain('Dilovod holds: order №12 (1109100000001001) in state 1111500000001002');
    const [, story = ''] = text.split('TIME (UTC)');
    expect(story.replaceAll(/\s+/g, ' ')).toMatch(
      /observed first: status 12, total 1780, 2 × BELT from warehouse 1 .*decided: dispatch order-missing .*request dilovod save-sale-order, attempt 7 .*answer dilovod save-sale-order: done; saveObject done in 412 ms .*save-sale-order done: document 1109100000001001 .*waits dilovod find-person \(buyer\)/,
    );
  });

  it('tells what was told again and again once, with how often, since when and when last', async () => {
    await ledger.rows(`update orders set held_reason = reason, held_since = $1 where order_id = 905`, [minutesAgo(600)]);
    await ledger.add('order_journal', { tenant: 'yoga-shop', order_id: 905, at: minutesAgo(600), times: 120, last_at: minutesAgo(2), entry: 'save-sale', reason: 'shortage', detail: { message: 'not enough BELT' } });
    await addCommand(3, { kind: 'save-sale', state: 'rejected', settled_at: minutesAgo(2), times: 120, first_settled_at: minutesAgo(600), failure: { code: 'shortage', message: 'not enough BELT' }, payload: { kind: 'save-sale' } });
    await ledger.add('attempts', { id: 9, command_id: 3, tenant: 'yoga-shop', system: 'dilovod', dispatched_at: minutesAgo(3), lease_until: minutesAgo(1), settled_at: minutesAgo(2), outcome: 'rejected', called: true, calls: [], failure: { code: 'shortage', message: 'not enough BELT' } });
    const text = (await tableOf('order show yoga-shop 905')).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('It has been held for this reason for 10h');
    expect(text).toMatch(/save-sale shortage: not enough BELT .*save-sale shortage: not enough BELT \(told 120 times since [-\dT:.]+Z\)/);
    expect(text).toMatch(/answer dilovod save-sale: rejected \(shortage: not enough BELT\); nothing was called; the same answer 120 times since/);
    expect(await runJson('order show yoga-shop 905', ledger.env)).toMatchObject({ decision: { heldSince: expect.any(String) }, journal: expect.arrayContaining([expect.objectContaining({ times: 120 })]) });
    expect((await tableOf('held list --tenant yoga-shop')).join(' ')).toMatch(/905 +10h/);
  });

  it('A12: tells who the buyer is in Dilovod, and who else has the same phone', async () => {
    await ledger.add('persons', { tenant: 'yoga-shop', key: 'phone:+380671234567', state: 'known', person_id: '1100100000001002', choice: { by: 'longest-known', others: ['1100100000001007'] } });
    expect((await tableOf('order show yoga-shop 905')).join(' ')).toContain('Its buyer in Dilovod: person 1100100000001002, the one known longest, since none has the same name; 1100100000001007 has the same phone or e-mail');
    expect(await runJson('order show yoga-shop 905', ledger.env)).toMatchObject({ person: { id: '1100100000001002', by: 'longest-known', others: ['1100100000001007'] } });
  });

  it('tells programs everything, and names the buyer only when asked to', async () => {
    const story = await runJson<Record<string, unknown>>('order show yoga-shop #905', ledger.env);
    expect(story).toMatchObject({ orderId: '905', decision: { kind: 'park' }, dilovod: { doubt: 'sale' }, refusals: [{ kind: 'save-sale', code: 'shortage' }], requests: [{ kind: 'save-sale-order', attempts: [{ outcome: 'done' }] }, { about: 'buyer' }] });
    for (const personal of ['Олена', '380671234567', 'example.com', 'вул.']) {
      expect(JSON.stringify(story)).not.toContain(personal);
      expect(JSON.stringify(await runJson('order show yoga-shop 905 --personal', ledger.env))).toContain(personal);
    }
    expect((await tableOf('order show yoga-shop 905 --personal')).join(' ')).toContain('buyer Олена Зразкова');
  });

  it('refuses an order of which nothing is known', async () => {
    const { exitCode, err } = await runVerb('order show yoga-shop 1', ledger);
    expect([exitCode, err]).toEqual([1, expect.stringContaining('Nothing is known of order 1 of yoga-shop')]);
  });
});

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
  await ledger.addOrder('yoga-shop', 905);
  await ledger.add('held_runs', { tenant: 'yoga-shop', flow: 'stock', reason: 'too-many-zeroed', message: 'The run would set 8 of 10 SKUs to zero.', since: minutesAgo(60), detail: { inStock: 10, zeroed: 8, worst: [{ sku: 'BELT', known: '7', wanted: '0' }] } });
});
afterEach(() => ledger?.close());
afterAll(() => servers?.stop());

async function said(line: string): Promise<string> {
  const { exitCode, out } = await runVerb(line, ledger);
  expect(exitCode).toBe(0);
  return out;
}

async function refused(line: string): Promise<string> {
  const { exitCode, err } = await runVerb(line, ledger);
  expect(exitCode).toBe(1);
  return err;
}

async function order(): Promise<Record<string, unknown>> {
  const [row] = await ledger.rows<Record<string, unknown>>(`select refusals, dropped_essence, dirty_since <= now() as dirty from orders where order_id = 905`);
  return row ?? {};
}

describe('kds held', () => {
  it('lists orders and runs, what has waited longest first', async () => {
    const lines = (await said('held list')).trimEnd().split('\n');
    expect(lines[0]?.split(/ +/)).toEqual(['TENANT', 'WHAT', 'FOR', 'REASON', 'MESSAGE']);
    expect(lines[1]).toMatch(/^yoga-shop {2}stock +1h {2}too-many-zeroed {2}The run would set/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await runJson('held list --tenant yoga-shop', ledger.env)).toEqual([
      expect.objectContaining({ what: 'stock', goesByItself: 'when a later run looks right' }),
      expect.objectContaining({ tenant: 'yoga-shop', what: '905', reason: 'sku-unknown', since: expect.any(String), goesByItself: expect.stringContaining('looked for again') }),
    ]);
  });

  it('shows what a run would have done, and what a person can do', async () => {
    const text = await said('held show yoga-shop stock');
    expect(text).toContain('the stock run is held for 1h (too-many-zeroed)');
    expect(text).toMatch(/zeroed: 8\ninStock: 10\n\nworst:\nsku {3}known {2}wanted\nBELT {2}7 {6}0\n/);
    expect(text).toContain('kds held release yoga-shop stock');
    expect(await said('held show yoga-shop 905')).toContain('kds order show yoga-shop 905');
    expect(await runJson('held show yoga-shop 905', ledger.env)).toMatchObject({ what: '905', detail: { skus: ['BELT'] } });
  });

  it('releases an order: what it was refused for is forgotten, and it is looked at again', async () => {
    await ledger.rows(`update orders set refusals = '[{"command":"{}","code":"c","message":"m"}]'`);
    await ledger.add('goods_asked', { tenant: 'yoga-shop', article: 'BELT', attempt: 1 });
    await ledger.add('persons', { tenant: 'yoga-shop', key: 'phone:+380671234567', state: 'refused', failure: { code: 'c', message: 'm' } });
    expect(await said('held release yoga-shop 905')).toBe('yoga-shop: order 905 is released: it is looked at again now.\n');
    expect(await order()).toEqual({ refusals: [], dropped_essence: null, dirty: true });
    expect(await ledger.rows('select * from goods_asked')).toEqual([]);
    expect(await ledger.rows('select state, failure from persons')).toEqual([{ state: 'unknown', failure: null }]);
    expect(await ledger.rows('select entry, detail from order_journal')).toEqual([{ entry: 'released', detail: { by: 'olena' } }]);
  });

  it('drops an order until it is edited, and takes it back when it is released', async () => {
    expect(await runJson('held drop yoga-shop 905', ledger.env)).toEqual({ tenant: 'yoga-shop', what: '905', done: 'dropped', by: 'olena', tenantState: 'active' });
    expect(await order()).toMatchObject({ dropped_essence: 'e1', dirty: true });
    expect(await ledger.rows('select entry, detail from order_journal')).toEqual([{ entry: 'dropped', detail: { by: 'olena' } }]);
    expect(await said('held list')).not.toContain('905');
    expect(await refused('held drop yoga-shop 905')).toMatch(/^Order 905 of yoga-shop is not held: it was dropped by a person/);
    await said('held release yoga-shop 905');
    expect(await order()).toMatchObject({ dropped_essence: null, dirty: true });
  });

  it('E7: releases an order that has documents with a look at what Dilovod holds now, and with what it was held with', async () => {
    const sale = { id: '1106800000000001', storage: 'W1', person: 'P', saleOrder: '1109100000000001', rows: [], saleReturn: null };
    const held = { decision: 'park', reason: 'cancelled-after-shipment', detail: { shipments: [sale.id] }, binding: { saleOrder: null, shipments: [sale], doubt: null, repeated: null } };
    await ledger.addOrder('yoga-shop', 906, held);
    expect(await refused('held release yoga-shop 905 --as return')).toBe('Order 905 is held for another reason (sku-unknown); release it without --as.\n');
    expect(await refused('held release yoga-shop stock --as return')).toContain('--as says how a shipment is undone');
    await said('held release yoga-shop 906 --as return');
    expect(await ledger.rows(`select binding ->> 'doubt' as doubt, released from orders where order_id = 906`)).toEqual([
      { doubt: 'all', released: { reason: 'cancelled-after-shipment', detail: { shipments: [sale.id] }, as: 'return', essence: 'e1' } },
    ]);
    await ledger.rows(`update orders set reason = 'stepped-back-after-shipment' where order_id = 906`);
    expect(await refused('held release yoga-shop 906 --as return')).toBe('Order 906 (stepped-back-after-shipment) can be released as reverse.\n');
  });

  it('releases a run: it is due at once, from fresh data', async () => {
    expect(await said('held release yoga-shop stock')).toContain('the stock run is released');
    expect(await ledger.rows('select released_at <= now() as released from held_runs')).toEqual([{ released: true }]);
    expect(await ledger.rows('select flow from schedules where due_at <= now()')).toEqual([{ flow: 'stock' }]);
    expect(await refused('held release yoga-shop stock')).toBe('The stock run of yoga-shop was released and is being computed again.\n');
  });

  it('drops a run with the writes that it has waiting, as long as it would do the same', async () => {
    await ledger.rows(`update held_runs set fingerprint = 'f'`);
    for (const kind of ['write-stocks', 'write-prices']) await ledger.add('commands', { tenant: 'yoga-shop', system: 'keycrm', kind, subject: kind, priority: 10, payload: { kind } });
    expect(await said('held drop yoga-shop stock')).toContain('KeyCRM stays as it is, until a run would do something else');
    expect(await ledger.rows('select * from held_runs')).toEqual([]);
    expect(await ledger.rows('select tenant, flow, fingerprint from dropped_runs')).toEqual([{ tenant: 'yoga-shop', flow: 'stock', fingerprint: 'f' }]);
    expect(await ledger.rows('select kind, state from commands order by kind')).toEqual([{ kind: 'write-prices', state: 'pending' }, { kind: 'write-stocks', state: 'superseded' }]);
  });

  it('lists rows that KeyCRM refuses by SKU, has them written again, or leaves them', async () => {
    await ledger.add('positions', { tenant: 'yoga-shop', sku: 'BELT', warehouse_id: 1, refused: 'is invalid', refused_at: minutesAgo(5), refusals: 1 });
    await ledger.add('offers', { tenant: 'yoga-shop', offer_id: 1, sku: 'ROLL', refused: 'is invalid', refused_at: minutesAgo(4), refusals: 6 });
    expect(await runJson('held list', ledger.env)).toContainEqual(expect.objectContaining({ what: 'rows', reason: 'refused-by-keycrm', message: 'KeyCRM refuses BELT, ROLL: is invalid' }));
    expect(await said('held show yoga-shop rows')).toMatch(/BELT +is invalid +stock +1\nROLL +is invalid +price +–/);
    expect(await said('held drop yoga-shop rows')).toContain('is left alone, until it would be written otherwise');
    expect(await refused('held release yoga-shop rows')).toContain('KeyCRM refuses nothing of yoga-shop');
    await ledger.rows('update positions set refusals = 1');
    await said('held release yoga-shop rows');
    expect(await ledger.rows('select refused, refusals from positions union all select refused, refusals from offers')).toEqual([{ refused: null, refusals: 0 }, { refused: null, refusals: 0 }]);
    expect(await ledger.rows('select flow from schedules where due_at <= now() order by flow')).toEqual([{ flow: 'prices' }, { flow: 'stock' }]);
  });

  it('refuses what is not held, and changes nothing', async () => {
    await ledger.addOrder('yoga-shop', 906, { decision: 'nothing', reason: 'in-step' });
    expect(await refused('held release yoga-shop 906')).toBe('Order 906 of yoga-shop is not held: it was last decided: nothing (in-step). `kds order show yoga-shop 906` tells its story.\n');
    expect(await refused('held release yoga-shop 907')).toContain('Nothing is known of order 907');
    expect(await refused('held drop yoga-shop prices')).toBe('The prices run of yoga-shop is not held. `kds held list --tenant yoga-shop` shows what is.\n');
    expect(await refused('held show other 905')).toContain('There is no tenant "other"');
    expect(await ledger.rows('select * from order_journal')).toEqual([]);
  });
});

describe('kds replay', () => {
  beforeEach(() => ledger.addOrder('yoga-shop', 906, { dirty_since: minutesAgo(10) }));

  it('has every stored order of a tenant decided again, once it is active', async () => {
    expect(await said('replay yoga-shop')).toBe('yoga-shop: 2 orders are decided again.\n');
    expect(await ledger.rows(`select order_id::int, dirty_since < now() - interval '9 minutes' as waited from orders where dirty_since <= now() order by 1`)).toEqual([{ order_id: 905, waited: false }, { order_id: 906, waited: true }]);
    await ledger.rows(`update tenants set state = 'suspended'`);
    expect(await said('replay yoga-shop')).toContain('yoga-shop is suspended: that happens once it is active again.');
  });

  it('takes one order alone, and refuses one that is not stored', async () => {
    expect(await runJson('replay yoga-shop --order 905', ledger.env)).toEqual({ tenant: 'yoga-shop', orders: 1, tenantState: 'active' });
    expect(await refused('replay yoga-shop --order 999')).toContain('Nothing is stored of order 999');
  });
});

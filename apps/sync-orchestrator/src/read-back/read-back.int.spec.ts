import { decimal } from '@kds/kernel';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { testOrder } from '../spec-support/test-order.js';

const { catalogue, ledger } = catalogueSuite();

const drift = () => ledger().rows<{ sku: string; field: string; class: string; expected: string; found: string }>(`select sku, field, class, trim_scale(expected)::text as expected, trim_scale(found)::text as found from drift order by id`);
const readBackSoon = () => ledger().rows<{ skus: string[]; seconds: number }>(`select payload -> 'skus' as skus, extract(epoch from not_before - clock_timestamp())::int as seconds from commands where state = 'pending' and kind = 'list-stocks'`);
/** So many minutes pass. */
const later = (minutes: number) => ledger().execute(`update positions set written_at = written_at - $1 * interval '1 minute', verified_at = verified_at - $1 * interval '1 minute', moved_at = moved_at - $1 * interval '1 minute'`, [minutes]);
const laterForPrices = (minutes: number) => ledger().execute(`update offers set written_at = written_at - $1 * interval '1 minute', verified_at = verified_at - $1 * interval '1 minute'`, [minutes]);
/** The passes over orders that prove that no order explains a number. */
async function ordersRead(): Promise<void> {
  const now = new Date().toISOString();
  for (const subject of ['orders-updated', 'orders-recent']) {
    await ledger().enqueue({ tenant: 'shop', system: 'keycrm', subject, command: { kind: 'list-orders', page: 1, filter: { by: 'updated', from: now, to: now, startedAt: now } }, priority: 0 });
  }
  await catalogue().work();
}

/** Both systems agree, and KeyCRM is told that A has 7 pieces now. */
async function writeSeven(): Promise<void> {
  const shop = catalogue();
  shop.fill(['A', 'B', 'C']);
  await shop.readAll();
  shop.balances[0] = shop.balance('A', '7');
  await shop.read('balances');
}

test('B8: what was written is read back soon, and the catalogue is planned anew only where something differs', async () => {
  await writeSeven();
  expect(await readBackSoon()).toEqual([{ skus: ['A'], seconds: 10 }]);
  await ledger().execute(`update commands set not_before = now()`);
  await catalogue().work();
  expect(await ledger().row(`select verified_at > written_at as verified from positions where sku = 'A'`)).toEqual({ verified: true });
  expect(await drift()).toEqual([]);
});

test('B8: a write that KeyCRM only queued is asked for again, and is drift only when it has had time to arrive', async () => {
  const shop = catalogue();
  shop.apply = () => undefined;
  await writeSeven();
  await shop.read('catalogue');
  expect([await drift(), shop.writes.length]).toEqual([[], 1]);
  expect((await readBackSoon()).map(({ seconds }) => seconds)).toEqual([10]);
  await ledger().execute(`delete from commands where state = 'pending'`);
  await shop.read('catalogue');
  expect((await readBackSoon()).map(({ seconds }) => seconds)).toEqual([30]);
  shop.offer('A').stock = '7';
  await shop.read('catalogue');
  expect([await drift(), shop.writes.length]).toEqual([[], 1]);
});

test('B8: a write that never arrives is a lost write, counted and repaired', async () => {
  const shop = catalogue();
  const { apply } = shop;
  shop.apply = () => undefined;
  await writeSeven();
  await later(3);
  shop.apply = apply;
  await shop.read('catalogue');
  await ordersRead();
  await shop.read('balances');
  expect(await drift()).toEqual([{ sku: 'A', field: 'stock', class: 'lost-write', expected: '7', found: '5' }]);
  expect(shop.offer('A').stock).toBe('7');
  await shop.read('catalogue');
  expect(await drift()).toHaveLength(1);
});

test('B8: an edit by hand is told from a lost write, and repaired', async () => {
  const shop = catalogue();
  await writeSeven();
  await shop.read('catalogue');
  shop.offer('A').stock = '12';
  await shop.read('catalogue');
  expect(await drift()).toEqual([{ sku: 'A', field: 'stock', class: 'manual-edit', expected: '7', found: '12' }]);
  expect(shop.offer('A').stock).toBe('7');
});

test('B8: where nothing was ever written, nobody can tell what changed a number', async () => {
  const shop = catalogue();
  shop.fill(['A']);
  await shop.readAll();
  shop.offer('A').stock = '6';
  await shop.read('catalogue');
  expect(await drift()).toEqual([{ sku: 'A', field: 'stock', class: 'unknown', expected: '5', found: '6' }]);
  expect(shop.offer('A').stock).toBe('5');
});

test('B8: less than was known is drift only once the orders do not explain it', async () => {
  const shop = catalogue();
  await writeSeven();
  await shop.read('catalogue');
  shop.offer('A').stock = '4';
  await shop.read('catalogue', 'balances');
  expect([await drift(), shop.offer('A').stock]).toEqual([[], '4']);
  expect(await ledger().rows(`select flow from schedules where due_at <= clock_timestamp() and flow like 'orders-%' order by 1`)).toEqual([{ flow: 'orders-deep' }, { flow: 'orders-recent' }, { flow: 'orders-updated' }]);
  await ordersRead();
  await shop.read('balances');
  expect(await drift()).toEqual([{ sku: 'A', field: 'stock', class: 'manual-edit', expected: '7', found: '4' }]);
  expect(shop.offer('A').stock).toBe('7');
});

test('B8: what KeyCRM took off by itself for an order is no drift', async () => {
  const shop = catalogue();
  shop.fill(['BRYBPB'], { stock: '5' });
  await shop.readAll();
  shop.offer('BRYBPB').stock = '3';
  await shop.read('catalogue');
  await ledger().enqueue({ tenant: 'shop', system: 'keycrm', subject: 'order:7', command: { kind: 'read-order', orderId: 7 }, priority: 0 });
  const [message] = await ledger().dispatch();
  if (message === undefined) throw new Error('the order is read');
  await ledger().settle(message, { outcome: 'done', result: { kind: 'present', order: testOrder(7, { statusId: 21, quantity: '2' }) } });
  await ordersRead();
  await shop.read('catalogue', 'balances');
  expect([await drift(), shop.offer('BRYBPB').stock]).toEqual([[], '3']);
});

test('B8: prices that drift are repaired by the same rules, each alone', async () => {
  const shop = catalogue();
  shop.fill(['A', 'B']);
  await shop.readAll();
  const { apply } = shop;
  shop.apply = () => undefined;
  shop.prices[0] = { ...shop.prices[0]!, price: decimal('120') };
  await shop.read('prices', 'catalogue');
  expect([await drift(), shop.writes.length]).toEqual([[], 1]);
  shop.apply = apply;
  await laterForPrices(3);
  await shop.read('catalogue');
  expect(await drift()).toEqual([{ sku: 'A', field: 'price', class: 'lost-write', expected: '120', found: '100' }]);
  expect(shop.offer('A')).toMatchObject({ price: '120', cost: '60' });
  await shop.read('catalogue');
  shop.offer('A').cost = '50';
  await shop.read('catalogue');
  expect((await drift())[1]).toEqual({ sku: 'A', field: 'cost', class: 'manual-edit', expected: '60', found: '50' });
  expect(shop.writes.at(-1)).toEqual({ kind: 'write-prices', rows: [{ sku: 'A', purchasedPrice: '60' }] });
});

test('B3: an account that rounds quantities is never left with more than there is', async () => {
  const shop = catalogue();
  const { apply } = shop;
  shop.apply = (write) => apply({ ...write, rows: write.rows.map((row) => ('quantity' in row ? { ...row, quantity: decimal(Math.round(Number(row.quantity))) } : row)) } as typeof write);
  shop.fill(['A', 'B']);
  await shop.readAll();
  shop.balances[0] = shop.balance('A', '7.5');
  await shop.read('balances');
  expect(shop.offer('A').stock).toBe('8');
  await shop.read('catalogue');
  expect(shop.offer('A').stock).toBe('7');
  await shop.read('catalogue', 'balances');
  expect((await drift()).map((row) => row.class)).toEqual(['rounded']);
  expect(shop.writes).toHaveLength(2);
});

test('B3 B8: an account that takes what is written for what is left beside its reserve is found out, and then told less', async () => {
  const shop = catalogue();
  shop.apply = (write) => {
    for (const row of write.rows) if ('quantity' in row) shop.offer(row.sku).stock = String(Number(row.quantity) + Number(shop.offer(row.sku).reserve ?? 0));
  };
  shop.fill(['A', 'B']);
  Object.assign(shop.offer('A'), { reserve: '2' });
  await shop.readAll();
  shop.balances[0] = shop.balance('A', '4');
  await shop.read('balances', 'catalogue');
  expect([shop.offer('A').stock, (await drift()).map((row) => row.class)]).toEqual(['4', ['reserve-added']]);
  await shop.read('catalogue', 'balances');
  expect([shop.offer('A').stock, shop.writes.length]).toEqual(['4', 2]);

  // Less than the reserve cannot be brought about.
  shop.balances[0] = shop.balance('A', '1');
  await shop.read('balances', 'catalogue', 'balances');
  expect([shop.offer('A').stock, shop.writes.length]).toEqual(['2', 3]);
});

test('B8: an account that seemed to add its reserve and does not is told the whole balance again', async () => {
  const shop = catalogue();
  shop.fill(['A']);
  Object.assign(shop.offer('A'), { reserve: '2' });
  await shop.readAll();
  await ledger().execute(`update tenants set writes_beside_reserve = true`);
  shop.balances[0] = shop.balance('A', '4');
  await shop.read('balances', 'catalogue');
  expect([shop.offer('A').stock, (await drift()).map((row) => row.class)]).toEqual(['4', ['reserve-not-added']]);
});

test('B8: a number that a queued write has not changed yet tells nothing about the reserve', async () => {
  const shop = catalogue();
  const { apply } = shop;
  shop.apply = () => undefined;
  shop.fill(['A'], { stock: '6' });
  Object.assign(shop.offer('A'), { reserve: '2' });
  await shop.readAll();
  shop.balances[0] = shop.balance('A', '4');
  await shop.read('balances', 'catalogue');
  expect(await ledger().row(`select writes_beside_reserve as learned from tenants`)).toEqual({ learned: false });
  shop.writes.splice(0).forEach(apply);
  await shop.read('catalogue');
  expect([shop.offer('A').stock, await drift()]).toEqual(['4', []]);
});

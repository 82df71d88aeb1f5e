import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { testOrder } from '../spec-support/test-order.js';

const { catalogue, ledger } = catalogueSuite();
const skus = Array.from({ length: 10 }, (_, index) => `SKU-${index}`);

const held = () => ledger().rows<{ flow: string; reason: string; detail: Record<string, unknown> }>(`select flow, reason, detail from held_runs where released_at is null`);
const release = () => ledger().execute(`update held_runs set released_at = now()`);
/** As `kds held drop` does. */
const drop = () => ledger().execute(`with held as (delete from held_runs returning tenant, flow, fingerprint) insert into dropped_runs (tenant, flow, fingerprint) select * from held`);

beforeEach(async () => {
  catalogue().fill(skus);
  await catalogue().readAll();
  expect(catalogue().writes).toEqual([]);
});

test('B7: too many SKUs falling to zero hold the run whole, with the rows that stand out', async () => {
  const shop = catalogue();
  shop.balances = [...skus.slice(0, 6).map((sku) => shop.balance(sku, '5')), ...skus.slice(6).map((sku) => shop.balance(sku, '0'))];
  shop.balances[0] = shop.balance('SKU-0', '9');
  await shop.read('balances');
  expect(shop.writes).toEqual([]);
  expect(await held()).toEqual([{ flow: 'stock', reason: 'too-many-zeroed', detail: { inStock: 10, zeroed: 4, worst: skus.slice(6).map((sku) => ({ sku, warehouseId: 1, known: '5', wanted: '0' })) } }]);
});

test('B7: a shrunken snapshot is not taken over, and shows what it would have done', async () => {
  const shop = catalogue();
  shop.balances = shop.balances.slice(0, 4);
  await shop.read('balances');
  expect(await held()).toEqual([expect.objectContaining({ reason: 'snapshot-shrunken', detail: expect.objectContaining({ rows: 4, lastRows: 10, inStock: 10, zeroed: 6, worst: expect.any(Array) }) })]);
  expect(await ledger().row(`select count(*)::int as count from balances`)).toEqual({ count: 10 });
  await shop.read('catalogue');
  expect(await held()).toHaveLength(1);
  expect(shop.writes).toEqual([]);
});

test('B7: a held run is gone as soon as a later one looks right', async () => {
  const shop = catalogue();
  const before = shop.balances;
  shop.balances = [];
  await shop.read('balances');
  expect(await held()).toHaveLength(1);
  shop.balances = [shop.balance('SKU-0', '7'), ...before.slice(1)];
  await shop.read('balances');
  expect(await held()).toEqual([]);
  expect(shop.offer('SKU-0').stock).toBe('7');
});

test('B7: an empty snapshot at the first start empties nothing', async () => {
  await ledger().execute(`delete from snapshots`);
  catalogue().balances = [];
  await catalogue().read('balances', 'catalogue');
  expect(await held()).toEqual([expect.objectContaining({ reason: 'too-many-zeroed' })]);
  expect(catalogue().writes).toEqual([]);
});

test('B7: a released run is computed again from what is read after the release', async () => {
  const shop = catalogue();
  shop.balances = skus.slice(0, 4).map((sku) => shop.balance(sku, '5'));
  await shop.read('balances');
  await release();
  await shop.read('catalogue');
  expect(shop.writes).toEqual([]);
  shop.balances.push(shop.balance('SKU-4', '3'));
  await shop.read('balances');
  expect(shop.writes).toHaveLength(1);
  expect(shop.offers.map(({ stock }) => stock)).toEqual(['5', '5', '5', '5', '3', '0', '0', '0', '0', '0']);
  await shop.read('catalogue', 'balances');
  expect([...(await held()), ...(await ledger().rows(`select 1 from held_runs`))]).toEqual([]);
});

test('B7: a release covers what the person saw, not something much worse', async () => {
  const shop = catalogue();
  shop.balances = skus.map((sku, index) => shop.balance(sku, index < 6 ? '5' : '0'));
  await shop.read('balances');
  await release();
  shop.balances = skus.map((sku, index) => shop.balance(sku, index < 1 ? '5' : '0'));
  await shop.read('balances');
  expect(shop.writes).toEqual([]);
  expect(await held()).toEqual([expect.objectContaining({ detail: expect.objectContaining({ zeroed: 9 }) })]);
});

test('B7: a run that a person dropped stays quiet and unapplied until it would do something else', async () => {
  const shop = catalogue();
  shop.balances = skus.map((sku, index) => shop.balance(sku, index < 6 ? '5' : '0'));
  await shop.read('balances');
  await drop();
  await shop.read('balances', 'catalogue');
  expect([await held(), shop.writes]).toEqual([[], []]);
  shop.balances = skus.map((sku, index) => shop.balance(sku, index < 5 ? '5' : '0'));
  await shop.read('balances');
  expect(await held()).toEqual([expect.objectContaining({ detail: expect.objectContaining({ zeroed: 5 }) })]);
  await drop();
  shop.balances = skus.map((sku) => shop.balance(sku, '4'));
  await shop.read('balances');
  expect(shop.offers.every(({ stock }) => stock === '4')).toBe(true);
  expect(await ledger().rows(`select 1 from dropped_runs`)).toEqual([]);
});

test('B7: a write that waits when its run is held says nothing', async () => {
  const shop = catalogue();
  await ledger().enqueue({ tenant: 'shop', system: 'keycrm', subject: 'stocks:1', command: { kind: 'write-stocks', warehouseId: 1, rows: [] }, priority: 10 });
  await ledger().execute(`update balances set qty = 0`);
  await ledger().execute(`insert into held_runs (tenant, flow, reason, message) values ('shop', 'stock', 'too-many-zeroed', '')`);
  await shop.work();
  expect(shop.writes).toEqual([]);
});

test('B7: orders go on while a run is held', async () => {
  catalogue().balances = [];
  await catalogue().read('balances');
  await ledger().saveOrder('shop', 7);
  await ledger().syncOrders();
  expect(await ledger().dispatch()).toEqual([expect.objectContaining({ command: expect.objectContaining({ kind: 'save-sale-order', orderId: testOrder(7).id }) })]);
});

test('B7: a jump of one price, or changes of too many, hold the prices alone', async () => {
  const shop = catalogue();
  const [first, ...others] = shop.prices;
  if (first === undefined) throw new Error('there are prices');
  shop.prices = [{ ...first, price: '151' as typeof first.price }, ...others];
  shop.balances[1] = shop.balance('SKU-1', '6');
  await shop.read('prices', 'balances');
  expect(await held()).toEqual([expect.objectContaining({ flow: 'prices', reason: 'price-jump', detail: expect.objectContaining({ changed: 1, worst: [expect.objectContaining({ sku: 'SKU-0', price: '100', wantPrice: '151' })] }) })]);
  expect(shop.offer('SKU-1').stock).toBe('6');
  shop.prices = shop.prices.map((row, index) => ({ ...row, price: (index < 6 ? '110' : '100') as typeof row.price }));
  await shop.read('prices');
  expect(await held()).toEqual([expect.objectContaining({ flow: 'prices', reason: 'too-many-prices-changed' })]);
  await release();
  await shop.read('balances', 'prices');
  expect(shop.offers.map(({ price }) => price)).toEqual([...Array<string>(6).fill('110'), ...Array<string>(4).fill('100')]);
  await shop.read('prices');
  expect(await ledger().rows(`select 1 from held_runs`)).toEqual([]);
});

test('B7: what KeyCRM never held is written for the first time without tripping anything', async () => {
  const shop = catalogue();
  shop.offers = shop.offers.map((offer) => ({ ...offer, stock: '0', price: '0', cost: '0' }));
  await ledger().execute(`delete from positions`);
  await ledger().execute(`delete from offers`);
  await shop.read('catalogue');
  expect(await held()).toEqual([]);
  expect(shop.offers).toEqual(skus.map((sku) => ({ sku, stock: '5', price: '100', cost: '60' })));
});

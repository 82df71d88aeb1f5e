import { decimal } from '@kds/kernel';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf, storage } from '../spec-support/test-catalogue.js';

const { catalogue, ledger } = catalogueSuite({ guards: { maxZeroedShare: 1, minSnapshotShare: 0 } });
const skus = ['A', 'B', 'C', 'D'];

const stocks = () => catalogue().offers.map(({ stock }) => stock);
const goods = () => ledger().rows<{ article: string | null }>(`select article from goods order by article`);
const offers = async () =>
  (await ledger().rows<{ sku: string }>(`select sku from offers order by sku`)).map(({ sku }) => sku);

beforeEach(async () => {
  catalogue().fill(skus);
  await catalogue().readAll();
  catalogue().writes.length = 0;
  catalogue().asked.length = 0;
});

test('B11: a good that a snapshot in pages does not show is asked for by name before it counts as none', async () => {
  const shop = catalogue();
  shop.missed = ['B'];
  await shop.read('balances');
  expect(shop.asked.at(-1)).toEqual({ kind: 'read-balances', storages: [storage], goods: [goodOf('B')] });
  expect([stocks(), shop.writes]).toEqual([['5', '5', '5', '5'], []]);
  shop.missed = ['C'];
  shop.balances = shop.balances.filter(({ good }) => good !== goodOf('C'));
  await shop.read('balances');
  expect(stocks()).toEqual(['5', '5', '0', '5']);
});

test('B3 B11: what a shipment took between the snapshot in pages and the question is counted once', async () => {
  const shop = catalogue();
  const ship = (quantity: number, attempt: string) =>
    ledger().execute(
      `insert into movements (tenant, order_id, document, good, storage, quantity, attempt) values ('shop', 7, 'sale' || $3, $1, $2, $4, (${attempt}))`,
      [goodOf('B'), storage, attempt, quantity],
    );
  shop.missed = ['B'];
  // Before the snapshot: the balance that stays does not contain it.
  await ship(1, 'select max(attempt) + 1 from snapshots');
  await ledger().execute(
    `select setval(pg_get_serial_sequence('attempts', 'id'), (select max(id) + 10 from attempts))`,
  );
  await ledger().enqueue({
    tenant: 'shop',
    system: 'dilovod',
    subject: 'balances',
    command: { kind: 'read-balances', storages: [storage] },
    priority: 10,
  });
  const [message] = await ledger().dispatch();
  if (message === undefined) throw new Error('balances are read');
  const shown = shop.balances.filter(({ good }) => good !== goodOf('B'));
  const columns = {
    good: shown.map(({ good }) => good),
    storage: shown.map((row) => row.storage),
    qty: shown.map(({ qty }) => qty),
    amount: shown.map(({ amount }) => amount),
  };
  await ledger().settle(message, { outcome: 'done', result: { columns, atomic: false } });
  expect(await ledger().dispatch()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        command: { kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'B', quantity: '4' }] },
      }),
    ]),
  );
  await ledger().execute(`update commands set state = 'pending' where state = 'dispatched'`);
  await ledger().execute(`update attempts set settled_at = clock_timestamp() where settled_at is null`);
  // The answer contains it.
  shop.balances[1] = shop.balance('B', '4');
  await shop.work();
  expect(shop.offer('B').stock).toBe('4');
  await shop.read('catalogue');
  expect(shop.offer('B').stock).toBe('4');
});

test('B11: a good that a catalogue in pages does not show is asked for by article before it is struck off', async () => {
  const shop = catalogue();
  shop.missed = ['B', 'C'];
  shop.goods = shop.goods.filter(({ article }) => article !== 'C');
  await shop.read('goods');
  expect(shop.asked.at(-1)).toEqual({ kind: 'read-goods', articles: ['B', 'C'] });
  expect(await goods()).toEqual([{ article: 'A' }, { article: 'B' }, { article: 'D' }, { article: null }]);
  await shop.read('goods');
  expect(await goods()).toEqual([{ article: 'A' }, { article: 'B' }, { article: 'D' }]);
  shop.missed = null;
  shop.goods = shop.goods.slice(0, 1);
  await shop.read('goods');
  expect(await goods()).toEqual([{ article: 'A' }]);
});

test('B11 A21: a good that is asked for by its article and is not shown has it no more', async () => {
  const shop = catalogue();
  const ask = async (articles: readonly string[]) => {
    await ledger().enqueue({
      tenant: 'shop',
      system: 'dilovod',
      subject: 'goods-of:7',
      command: { kind: 'read-goods', articles },
      priority: 0,
    });
    await shop.work();
  };
  shop.goods = shop.goods.map((good) => (good.article === 'B' ? { ...good, article: 'B-NEW' } : good));
  await ask(['A', 'B']);
  expect(await goods()).toEqual([{ article: 'A' }, { article: 'C' }, { article: 'D' }, { article: null }]);
  await ask(['B-NEW']);
  expect(await goods()).toEqual([{ article: 'A' }, { article: 'B-NEW' }, { article: 'C' }, { article: 'D' }]);
});

test('B11: an offer that a pass did not show is asked for by SKU before it is forgotten', async () => {
  const shop = catalogue();
  shop.missed = ['B', 'D'];
  shop.offers = shop.offers.slice(0, 3);
  await shop.read('catalogue');
  expect(shop.asked.at(-1)).toMatchObject({ kind: 'list-stocks', skus: ['B', 'D'] });
  expect(await offers()).toEqual(['A', 'B', 'C']);
  expect(await ledger().rows(`select sku from positions where sku in ('B', 'D')`)).toEqual([{ sku: 'B' }]);
});

test('B11: an offer that is asked for in vain and was not missed by a pass is kept', async () => {
  const shop = catalogue();
  const { offers: all } = shop;
  shop.offers = [];
  await ledger().enqueue({
    tenant: 'shop',
    system: 'keycrm',
    subject: 'read-back:A',
    command: { kind: 'list-stocks', page: 1, skus: ['A'] },
    priority: 0,
  });
  await shop.work();
  shop.offers = all;
  expect(await offers()).toEqual(skus);
});

test('B11: one that cannot be asked for is forgotten when two passes did not show it', async () => {
  const shop = catalogue();
  shop.offers.push({ sku: 'E, blue', price: '1', cost: '1', stock: '1' });
  await shop.read('catalogue');
  shop.offers = shop.offers.slice(0, 4);
  await shop.read('catalogue');
  expect(await offers()).toContain('E, blue');
  await shop.read('catalogue');
  expect(await offers()).toEqual(skus);
});

test('B4: a price that is gone in Dilovod is not held against an edit in KeyCRM', async () => {
  const shop = catalogue();
  shop.prices = shop.prices.slice(1);
  await shop.read('prices');
  shop.offer('A').price = '95';
  await shop.read('catalogue');
  expect([shop.offer('A').price, shop.writes]).toEqual(['95', []]);
});

test('B3: how many places KeyCRM keeps is forgotten when it shows more of them, and after a week', async () => {
  const shop = catalogue();
  const places = () => ledger().row(`select places from positions where sku = 'A'`);
  await ledger().execute(`update positions set places = 0, places_at = clock_timestamp()`);
  shop.balances[0] = shop.balance('A', '7.5');
  await shop.read('balances');
  expect(shop.offer('A').stock).toBe('7');
  await shop.read('catalogue');
  shop.offer('A').stock = '7.25';
  await shop.read('catalogue');
  expect([shop.offer('A').stock, await places()]).toEqual(['7.5', { places: null }]);
  await ledger().execute(
    `update positions set places = 0, places_at = clock_timestamp() - interval '8 days' where sku = 'B'`,
  );
  shop.balances[1] = shop.balance('B', decimal('4.5'));
  await shop.read('balances');
  expect(shop.offer('B').stock).toBe('4.5');
});

import { balanceMembers, toColumns } from '@kds/contracts';
import type { Decimal } from '@kds/kernel';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';

const { catalogue, ledger } = catalogueSuite({ guards: { maxPriceChange: 10, maxPriceChangedShare: 1 } });
const skus = Array.from({ length: 160 }, (_, index) => `SKU-${String(index).padStart(3, '0')}`);

interface Row {
  readonly sku: string;
  readonly quantity?: Decimal;
}

/** KeyCRM refuses every batch that has one of these rows; the answer names the rows, or does not. */
function refusing(bad: (row: Row) => boolean, { named }: { readonly named: boolean }): void {
  catalogue().refuse = ({ kind, rows }) => {
    const places = (rows as readonly Row[]).flatMap((row, index) => (bad(row) ? [index] : []));
    if (places.length === 0) return undefined;
    const key = kind === 'write-stocks' ? 'stocks' : 'offers';
    return { code: 'invalid', message: 'The given data was invalid.', detail: named ? Object.fromEntries(places.map((place) => [`${key}.${place}.sku`, ['is invalid']])) : {} };
  };
}

const refused = (table: 'positions' | 'offers') => ledger().rows<{ sku: string; refused: string }>(`select sku, refused from ${table} where refused is not null order by sku`);

beforeEach(async () => {
  catalogue().fill(skus, { stock: '5', held: '6' });
});

test('B2: only what differs is written, in one request for each warehouse', async () => {
  await catalogue().readAll();
  expect(catalogue().writes.map(({ kind, rows }) => [kind, rows.length])).toEqual([['write-stocks', 160]]);
  catalogue().balances[3] = catalogue().balance('SKU-003', '1');
  await catalogue().read('balances', 'catalogue');
  expect(catalogue().writes.slice(1)).toEqual([{ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'SKU-003', quantity: '1' }] }]);
});

test.each([
  ['names them', true, 5],
  ['does not name them', false, 40],
])('B2: rows that KeyCRM refuses never keep the rest, where its answer %s', async (_how, named, atMost) => {
  refusing(({ sku }) => sku === 'SKU-077' || sku === 'SKU-130', { named });
  await catalogue().readAll();
  expect(catalogue().offers.filter(({ stock }) => stock !== '6').map(({ sku }) => sku)).toEqual(['SKU-077', 'SKU-130']);
  expect(await refused('positions')).toEqual([{ sku: 'SKU-077', refused: 'The given data was invalid.' }, { sku: 'SKU-130', refused: 'The given data was invalid.' }]);
  expect(catalogue().writes.length).toBeLessThanOrEqual(atMost);
});

test('B2: a refused row is tried again when it would say something else, and after a while, not for ever', async () => {
  refusing(({ sku }) => sku === 'SKU-077', { named: true });
  const shop = catalogue();
  await shop.readAll();
  const tries = () => shop.writes.filter(({ rows }) => rows.some(({ sku }) => sku === 'SKU-077')).length;
  const first = tries();
  await shop.read('catalogue', 'balances');
  expect(tries()).toBe(first);
  shop.balances[77] = shop.balance('SKU-077', '8');
  await shop.read('balances');
  expect(tries()).toBe(first + 1);
  for (let round = 0; round < 10; round += 1) {
    await ledger().execute(`update positions set refused_at = refused_at - interval '40 hours' where refused is not null`);
    await shop.read('balances');
  }
  expect(tries()).toBe(first + 5);
  shop.refuse = () => undefined;
  shop.balances[77] = shop.balance('SKU-077', '9');
  await shop.read('balances');
  expect([shop.offer('SKU-077').stock, await refused('positions')]).toEqual(['9', []]);
});

test('B2: prices are taken apart by the same rule', async () => {
  const shop = catalogue();
  shop.fill(skus, { price: '100' });
  shop.prices = shop.prices.map((row) => ({ ...row, price: '110' as Decimal }));
  refusing(({ sku }) => sku === 'SKU-010', { named: false });
  await shop.readAll();
  expect(shop.offers.filter(({ price }) => price !== '110').map(({ sku }) => sku)).toEqual(['SKU-010']);
  expect(await refused('offers')).toEqual([{ sku: 'SKU-010', refused: 'The given data was invalid.' }]);
});

test('B2: what is refused as a whole is not taken apart', async () => {
  catalogue().refuse = () => ({ code: 'access-denied', message: 'KeyCRM denies access' });
  await catalogue().readAll();
  expect(catalogue().writes).toHaveLength(1);
  expect(await refused('positions')).toHaveLength(160);
});

test('B3: a write leaves only when the one before it to the same warehouse has ended', async () => {
  const shop = catalogue();
  await shop.read('goods', 'catalogue');
  await ledger().enqueue({ tenant: 'shop', system: 'dilovod', subject: 'balances', command: { kind: 'read-balances', storages: [] }, priority: 10 });
  const [reading] = await ledger().dispatch();
  if (reading === undefined) throw new Error('balances are read');
  await ledger().settle(reading, { outcome: 'done', result: { columns: toColumns(shop.balances, balanceMembers), atomic: true } });
  const [first] = await ledger().dispatch();
  await ledger().execute(`update balances set qty = 9 where good = (select good from goods where article = 'SKU-001')`);
  const again = { tenant: 'shop', system: 'keycrm', subject: 'stocks:1', command: { kind: 'write-stocks', warehouseId: 1, rows: [] }, priority: 10 } as const;
  await ledger().enqueue(again);
  expect(await ledger().dispatch()).toEqual([]);
  if (first === undefined) throw new Error('stock is written');
  await ledger().settle(first, { outcome: 'done', result: null });
  await ledger().execute(`update commands set not_before = clock_timestamp() where kind = 'write-stocks'`);
  expect(await ledger().dispatch()).toEqual([expect.objectContaining({ command: { ...again.command, rows: [{ sku: 'SKU-001', quantity: '9' }] } })]);
});

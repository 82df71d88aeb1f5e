import { foldSku, twinsAmong } from '@kds/sync-domain';
import fc from 'fast-check';
import { previewRuns } from '../preview-runs/preview-runs.js';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf } from '../spec-support/test-catalogue.js';
import { loadOrderFacts } from '../sync-order/load-order-facts.js';
import type { OrderRecord } from '../orders/orders.repository.js';
import { keepTwins } from './keep-twins.js';

const { catalogue, ledger } = catalogueSuite({ guards: { maxZeroedShare: 1, minSnapshotShare: 0 } });
const twins = ['AB-1', 'ab-1', 'C', 'C ', 'OTHER'];

const stocks = () => catalogue().offers.map(({ sku, stock }) => `${sku}|${stock}`);
const names = () =>
  catalogue().asked.flatMap((command) =>
    command.kind === 'list-stocks' && command.skus !== null
      ? [command.skus]
      : command.kind === 'read-goods' && command.articles !== null
        ? [command.articles]
        : [],
  );

async function folded(): Promise<Readonly<Record<string, readonly string[]>>> {
  const spec = ledger().findTenant('shop');
  if (spec === undefined) throw new Error('the shop is known');
  const { leftAlone } = await ledger().database.transaction((db) => previewRuns(db, { tenant: 'shop', spec }));
  return Object.fromEntries(
    leftAlone.filter(({ reason }) => reason.includes('folded')).map(({ reason, skus }) => [reason, skus]),
  );
}

async function open(folds: readonly ('keycrm' | 'dilovod')[]): Promise<void> {
  const shop = catalogue();
  shop.fill(twins, { stock: '1', held: '4' });
  shop.folds = folds;
  await shop.readAll();
  await shop.read('balances');
}

test('B6: SKUs that differ by case or outer blanks only are two SKUs for systems that tell them apart, and are synced as such', async () => {
  await open([]);
  expect(stocks()).toEqual(twins.map((sku) => `${sku}|4`));
  expect(await folded()).toEqual({});
});

test('B6: for a KeyCRM that takes them for one another they are repeated, never written, and named by the plan', async () => {
  await open(['keycrm']);
  expect(stocks()).toEqual([...twins.slice(0, 4).map((sku) => `${sku}|1`), 'OTHER|4']);
  expect(await folded()).toEqual({ 'KeyCRM: SKU folded with another': ['AB-1', 'C', 'C ', 'ab-1'] });
});

test('B6: for a Dilovod that does, neither', async () => {
  await open(['dilovod']);
  expect(stocks()).toEqual([...twins.slice(0, 4).map((sku) => `${sku}|1`), 'OTHER|4']);
  expect(await folded()).toEqual({ 'Dilovod: article folded with another': ['AB-1', 'C', 'C ', 'ab-1'] });
});

test('B6: until it is known they are left alone; each is asked for by its name, no two of a kind in one request, once a day', async () => {
  const shop = catalogue();
  shop.fill(twins, { stock: '1', held: '4' });
  await shop.read('goods');
  expect(names()).toEqual(
    [
      ['AB-1', 'C'],
      ['C ', 'ab-1'],
    ].map((pair) => expect.arrayContaining(pair)),
  );
  await ledger().execute(`update sku_twins set folds = null, read_at = null`);
  await shop.read('history', 'balances');
  await ledger().enqueue({
    tenant: 'shop',
    system: 'keycrm',
    subject: 'catalogue',
    command: { kind: 'list-stocks', page: 1, skus: null },
    priority: 20,
  });
  await shop.work();
  expect(stocks()).toEqual([...twins.slice(0, 4).map((sku) => `${sku}|1`), 'OTHER|4']);
  expect(Object.keys(await folded())).toEqual(['Dilovod: article perhaps folded with another']);
  await shop.read('goods', 'balances');
  expect(stocks()).toEqual(twins.map((sku) => `${sku}|4`));
  const before = names().length;
  await shop.read('goods', 'catalogue');
  expect(names()).toHaveLength(before);
  await ledger().execute(`update sku_twins set read_at = read_at - interval '21 hours'`);
  await shop.read('goods', 'catalogue');
  expect(names().length).toBeGreaterThan(before);
});

test.each([
  [['dilovod'], 'repeated'],
  [[], 'known'],
] as const)(
  'B6 A10: an order of one of them is held where the base takes them for one another: %j',
  async (folds, kind) => {
    await open(folds);
    const order = {
      tenant: 'shop',
      order_id: 7,
      observation: { kind: 'present', order: { lines: [{ sku: 'AB-1', quantity: '1' }, { sku: 'OTHER', quantity: '1' }], buyer: null } },
      binding: { saleOrder: null, shipments: [] },
    } as unknown as OrderRecord;
    const spec = ledger().findTenant('shop');
    if (spec === undefined) throw new Error('the shop is known');
    const { goods } = await loadOrderFacts(ledger().database.manager, { order, spec });
    expect([goods.get('AB-1')?.kind, goods.get('OTHER')?.kind]).toEqual([kind, 'known']);
    if (kind === 'repeated') expect(goods.get('AB-1')).toEqual({ kind, goods: ['AB-1', 'ab-1'].map(goodOf).sort() });
  },
);

test('B6: the database finds the twins that the domain finds', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'A', 'б', 'Б', ' '), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join(''))
    .filter((sku) => sku.trim() !== '');
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 8 }), async (skus) => {
      await ledger().execute(`delete from offers`);
      await ledger().execute(
        `insert into offers (tenant, offer_id, sku, folded) select 'shop', row_number() over (), sku, folded from unnest($1::text[], $2::text[]) as r(sku, folded)`,
        [skus, skus.map(foldSku)],
      );
      await ledger().database.transaction((db) => keepTwins(db, { tenant: 'shop', system: 'keycrm' }));
      const kept = await ledger().rows<{ sku: string }>(`select sku from sku_twins where system = 'keycrm'`);
      expect(kept.map(({ sku }) => sku).sort()).toEqual([...twinsAmong(skus).values()].flat().sort());
    }),
    { numRuns: 40 },
  );
});

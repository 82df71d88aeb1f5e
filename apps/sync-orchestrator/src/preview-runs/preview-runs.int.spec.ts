import type { Decimal } from '@kds/kernel';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf, hryvnia } from '../spec-support/test-catalogue.js';
import { previewRuns, type RunsPreview } from './preview-runs.js';

const { catalogue, ledger } = catalogueSuite({ mode: 'shadow', catalog: { overrides: [{ keycrm: 'BL-ROLL 45', dilovod: 'BLROLL45' }] } });

function preview(): Promise<RunsPreview> {
  const spec = ledger().findTenant('shop');
  if (spec === undefined) throw new Error('the shop is known');
  return ledger().database.transaction((db) => previewRuns(db, { tenant: 'shop', spec }));
}

test('D4: in shadow mode the runs are computed and shown, and nothing is written', async () => {
  const shop = catalogue();
  shop.fill(['A', 'B', 'C', 'D'], { stock: '5' });
  shop.balances = [shop.balance('A', '9'), shop.balance('B', '4', '66'), shop.balance('C', '5'), shop.balance('D', '5')];
  shop.prices[2] = { good: goodOf('C'), price: '110' as Decimal, currency: hryvnia };
  await shop.readAll();
  expect(shop.writes).toEqual([]);
  expect(await preview()).toEqual({
    stock: { rows: 2, problem: null, largest: [{ sku: 'A', warehouseId: 1, known: '5', wanted: '9' }, { sku: 'B', warehouseId: 1, known: '5', wanted: '4' }] },
    prices: { rows: 2, problem: null, largest: [{ sku: 'B', price: null, wantPrice: null, cost: '60', wantCost: '66' }, { sku: 'C', price: '100', wantPrice: '110', cost: null, wantCost: null }] },
    leftAlone: [],
  });
  shop.balances = [shop.balance('A', '9')];
  await ledger().execute(`delete from snapshots`);
  await shop.read('balances');
  expect((await preview()).stock).toMatchObject({ rows: 4, problem: { reason: 'too-many-zeroed' } });
});

test('B6: what is left alone is named with the reason', async () => {
  const shop = catalogue();
  shop.fill(['A', 'B', 'C', 'D', 'E'], { stock: '5' });
  shop.offers.push({ sku: 'B', price: '1', cost: '1', stock: '1' }, { sku: null, price: '1', cost: '1', stock: '1' }, { sku: 'ours', price: '1', cost: '1', stock: '1' });
  shop.goods.push({ id: '1100300000009999', article: 'C', name: 'C too', unit: null }, { id: '1100300000009998', article: '', name: 'Nameless', unit: null }, { id: '1100300000009997', article: 'theirs', name: 'Theirs', unit: null });
  shop.prices[3] = { good: goodOf('D'), price: '25' as Decimal, currency: '1101200000001002' };
  await shop.readAll();
  expect((await preview()).leftAlone).toEqual([
    { reason: 'Dilovod: article repeated', count: 1, skus: ['C'] },
    { reason: 'Dilovod: no article', count: 1, skus: ['Nameless'] },
    { reason: 'KeyCRM: SKU repeated', count: 1, skus: ['B'] },
    { reason: 'KeyCRM: no SKU', count: 1, skus: ['offer 7'] },
    { reason: 'only in Dilovod', count: 1, skus: ['theirs'] },
    { reason: 'only in KeyCRM', count: 1, skus: ['ours'] },
    { reason: 'price in another currency', count: 1, skus: ['D'] },
  ]);
});

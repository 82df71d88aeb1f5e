import { catalogueSuite } from '../spec-support/catalogue-suite.js';

const { catalogue } = catalogueSuite({ catalog: { overrides: [{ keycrm: 'BL-ROLL 45', dilovod: 'BLROLL45' }] }, guards: { maxZeroedShare: 1, minSnapshotShare: 0 } });

test('B6: goods are matched by SKU, and by the exceptions of the manifest', async () => {
  const shop = catalogue();
  shop.fill(['A', 'BLROLL45'], { stock: '1', held: '4' });
  shop.offers = [{ ...shop.offer('A') }, { ...shop.offer('BLROLL45'), sku: 'BL-ROLL 45' }];
  await shop.readAll();
  expect(shop.offers.map(({ sku, stock }) => [sku, stock])).toEqual([['A', '4'], ['BL-ROLL 45', '4']]);
});

test.each([
  ['empty in KeyCRM', ({ offers }: ReturnType<typeof catalogue>) => offers.push({ sku: '', price: '100', cost: '60', stock: '1' }, { sku: null, price: '100', cost: '60', stock: '1' })],
  ['repeated in KeyCRM', ({ offers }: ReturnType<typeof catalogue>) => offers.push({ sku: 'B', price: '1', cost: '1', stock: '1' })],
  ['repeated in Dilovod', ({ goods }: ReturnType<typeof catalogue>) => goods.push({ id: '1100300000009999', article: 'B', name: 'B too', unit: null })],
  ['empty in Dilovod', ({ goods }: ReturnType<typeof catalogue>) => goods.push({ id: '1100300000009999', article: '', name: 'nameless', unit: null })],
  ['claimed by an exception', ({ offers }: ReturnType<typeof catalogue>) => offers.push({ sku: 'BL-ROLL 45', price: '1', cost: '1', stock: '1' })],
])('B6: an SKU that is %s is left alone, and the others go on', async (_what, spoil) => {
  const shop = catalogue();
  shop.fill(['A', 'B', 'BLROLL45'], { stock: '1', held: '4' });
  spoil(shop);
  await shop.readAll();
  const skus = shop.offers.map(({ sku }) => sku);
  const repeated = (sku: string | null) => skus.filter((other) => other === sku).length > 1 || (sku === 'B' && shop.goods.filter(({ article }) => article === 'B').length > 1) || (skus.includes('BL-ROLL 45') && /ROLL/.test(sku ?? ''));
  for (const { sku, stock } of shop.offers) expect([sku, stock]).toEqual([sku, sku && !repeated(sku) ? '4' : '1']);
});

test('B9: what is gone in Dilovod is not touched in KeyCRM', async () => {
  const shop = catalogue();
  shop.fill(['A', 'B'], { stock: '1', held: '4' });
  await shop.readAll();
  shop.goods = shop.goods.slice(0, 1);
  shop.balances = shop.balances.slice(0, 1);
  await shop.readAll();
  expect(shop.offers.map(({ sku, stock }) => [sku, stock])).toEqual([['A', '4'], ['B', '4']]);
});

test('B3: a good that vanished from the snapshot has none', async () => {
  const shop = catalogue();
  shop.fill(['A', 'B', 'C', 'D'], { stock: '4' });
  await shop.readAll();
  shop.balances = shop.balances.slice(0, 3);
  await shop.read('balances');
  expect(shop.offers.map(({ stock }) => stock)).toEqual(['4', '4', '4', '0']);
});

test('B3: decimal quantities arrive as they are, negative balances as nothing', async () => {
  const shop = catalogue();
  shop.fill(['A', 'B'], { stock: '4' });
  shop.balances = [shop.balance('A', '2.125'), shop.balance('B', '-3')];
  await shop.readAll();
  expect(shop.offers.map(({ stock }) => stock)).toEqual(['2.125', '0']);
});

import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf } from '../spec-support/test-catalogue.js';

const { catalogue, ledger } = catalogueSuite({ guards: { maxZeroedShare: 1, minSnapshotShare: 0 } });
const stocks = () => catalogue().offers.map(({ stock }) => stock);

beforeEach(async () => {
  catalogue().fill(['A', 'B'], { stock: '4' });
  await catalogue().readAll();
});

test('F7 B6: a good that cannot be read stays as it was known, and the others go on', async () => {
  const shop = catalogue();
  shop.unreadable.goods.push(goodOf('A'));
  shop.balances = [shop.balance('A', '1'), shop.balance('B', '2')];
  await shop.read('goods', 'balances');
  expect(await ledger().rows(`select article from goods order by article`)).toEqual([
    { article: 'A' },
    { article: 'B' },
  ]);
  expect(stocks()).toEqual(['1', '2']);
});

test('F7 B3: a good whose balance cannot be read is neither zero nor what it was: nothing is written until it is known', async () => {
  const shop = catalogue();
  shop.unreadable.balances.push(goodOf('A'));
  shop.balances = [shop.balance('A', '1'), shop.balance('B', '2')];
  await shop.read('balances');
  expect(stocks()).toEqual(['4', '2']);
  shop.offer('A').stock = '9';
  await shop.read('catalogue', 'balances');
  expect(stocks()).toEqual(['9', '2']);
  shop.unreadable.balances.length = 0;
  await shop.read('balances');
  expect(stocks()).toEqual(['1', '2']);
});

test('F7 B9: an offer whose row cannot be read is not gone from KeyCRM', async () => {
  const shop = catalogue();
  shop.unreadable.offers.push(1);
  await shop.read('catalogue');
  shop.balances = [shop.balance('A', '1'), shop.balance('B', '2')];
  await shop.read('balances');
  expect(stocks()).toEqual(['1', '2']);
});

test('F7: what no database stores stops no catalogue, whoever let it through', async () => {
  const shop = catalogue();
  shop.goods = shop.goods.map((good, index) => (index === 0 ? { ...good, name: 'Йога\0\ud83d' } : good));
  shop.balances = [shop.balance('A', '1'), shop.balance('B', '2')];
  await shop.read('goods', 'balances');
  expect(await ledger().row(`select name from goods where article = 'A'`)).toEqual({ name: 'Йога\ufffd' });
  expect(stocks()).toEqual(['1', '2']);
});

import type { Decimal } from '@kds/kernel';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf, hryvnia } from '../spec-support/test-catalogue.js';

const { catalogue } = catalogueSuite({ guards: { maxZeroedShare: 1, maxPriceChangedShare: 1 } });

const retail = (sku: string, price: string, currency: string | null = hryvnia) => ({ good: goodOf(sku), price: price as Decimal, currency });
const written = () => catalogue().writes.flatMap(({ kind, rows }) => (kind === 'write-prices' ? rows : []));

beforeEach(async () => {
  catalogue().fill(['A', 'B', 'C'], { price: '100', cost: '60', stock: '10' });
  await catalogue().readAll();
  expect(written()).toEqual([]);
});

test('B4: retail price and cost change each alone, and only what changed is written', async () => {
  const shop = catalogue();
  shop.prices = [retail('A', '110'), retail('B', '100'), retail('C', '100')];
  await shop.read('prices');
  shop.balances[1] = shop.balance('B', '10', '66.5');
  await shop.read('balances');
  expect(written()).toEqual([{ sku: 'A', price: '110' }, { sku: 'B', purchasedPrice: '66.5' }]);
});

test('B4: purchase prices that vary by delivery while the retail price stands still are averages of what is on hand', async () => {
  const shop = catalogue();
  for (const [qty, amount] of [['30', '2000'], ['31', '2090'], ['7', '451.99']] as const) {
    shop.balances[0] = { ...shop.balance('A', qty), amount: amount as Decimal };
    await shop.read('balances');
  }
  expect(written()).toEqual([{ sku: 'A', purchasedPrice: '66.67' }, { sku: 'A', purchasedPrice: '67.42' }, { sku: 'A', purchasedPrice: '64.57' }]);
  expect(shop.offers.map(({ price }) => price)).toEqual(['100', '100', '100']);
});

test('B4: a price that is missing, or zero, never becomes zero', async () => {
  const shop = catalogue();
  shop.prices = [retail('A', '0'), retail('B', '105')];
  await shop.read('prices');
  expect(written()).toEqual([{ sku: 'B', price: '105' }]);
});

test('B4: a cost at zero balance, or below, stays as it was', async () => {
  const shop = catalogue();
  shop.balances = [shop.balance('A', '-3', '60'), { ...shop.balance('B', '0'), amount: '5' as Decimal }, shop.balance('C', '10')];
  await shop.read('balances');
  expect(written()).toEqual([]);
  expect(shop.offers.map(({ stock, cost }) => [stock, cost])).toEqual([['0', '60'], ['0', '60'], ['10', '60']]);
});

test('B4: a price in another currency is not converted, and not written', async () => {
  const shop = catalogue();
  shop.prices = [retail('A', '25', '1101200000001002'), retail('B', '101'), retail('C', '102', null)];
  await shop.read('prices');
  expect(written()).toEqual([{ sku: 'B', price: '101' }, { sku: 'C', price: '102' }]);
});

test('B4: of two records for one good that do not agree none is taken', async () => {
  const shop = catalogue();
  shop.prices = [retail('A', '110'), retail('A', '120'), retail('B', '101'), retail('B', '101')];
  await shop.read('prices');
  expect(written()).toEqual([{ sku: 'B', price: '101' }]);
});

test('B4: prices that KeyCRM shows with other digits are the same prices', async () => {
  const shop = catalogue();
  Object.assign(shop.offer('A'), { price: '100.00', cost: '60.000' });
  await shop.read('catalogue');
  expect(written()).toEqual([]);
});

test('B4: a retail price with fractions of a kopeck is written once, to the kopeck', async () => {
  const shop = catalogue();
  shop.prices = [retail('A', '100.345')];
  await shop.read('prices');
  await shop.read('catalogue');
  expect(written()).toEqual([{ sku: 'A', price: '100.35' }]);
});

test('B7 B8: a price that somebody edited in KeyCRM is put back, however far it was; a jump in Dilovod is held', async () => {
  const shop = catalogue();
  shop.prices = [retail('A', '100')];
  await shop.read('prices');
  Object.assign(shop.offer('A'), { price: '1' });
  await shop.read('catalogue');
  expect(written()).toEqual([{ sku: 'A', price: '100' }]);
  shop.prices = [retail('A', '900')];
  await shop.read('prices');
  expect(written()).toEqual([{ sku: 'A', price: '100' }]);
});

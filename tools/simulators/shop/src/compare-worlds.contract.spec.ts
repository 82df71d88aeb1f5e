import { type DilovodSimulator, startDilovodSimulator } from '@kds/dilovod-simulator';
import { type KeycrmSimulator, startKeycrmSimulator, type SwitchChanges } from '@kds/keycrm-simulator';
import { compareWorlds } from './compare-worlds.js';
import { SimulatedShop, statusIds } from './simulated-shop.js';

let keycrm: KeycrmSimulator;
let dilovod: DilovodSimulator;
beforeAll(async () => {
  [keycrm, dilovod] = await Promise.all([startKeycrmSimulator(), startDilovodSimulator()]);
});
afterAll(() => Promise.all([keycrm.close(), dilovod.close()]));

let count = 0;
const good = { sku: 'MUG', name: 'Mug', price: '250', cost: '140', stock: [10, 5] } as const;

function open(switches: SwitchChanges = {}): SimulatedShop {
  count += 1;
  const options = { name: `shop-${count}`, goods: [good], switches: { keycrm: switches } };
  return SimulatedShop.open({ keycrm, dilovod }, options);
}

const problems = (shop: SimulatedShop) => compareWorlds(shop).map(({ about }) => about);

test('a fresh shop agrees', () => {
  expect(problems(open())).toEqual([]);
});

test.each<[SwitchChanges, string]>([
  [{ ordersWriteOff: 'writes-off' }, 'shipped'],
  [{ ordersWriteOff: 'never' }, 'never'],
])('K1: the manifest says what orders do to the stock %j', (switches, writesOffAt) => {
  const shop = open(switches);
  expect(shop.manifest()).toContain(`keycrmWritesOffAt: ${writesOffAt}\n`);
});

test('K1: where orders never write off, KeyCRM has to be told what Dilovod ships', () => {
  const shop = open({ ordersWriteOff: 'never' });
  shop.keycrm.createOrder({ lines: [{ sku: 'MUG', quantity: 1 }], statusId: statusIds.shipped });
  shop.dilovod.receive({ good: 'MUG', qty: -1, cost: '140' });
  expect(problems(shop)).toContain('stock of MUG in warehouse 1');
});

test.each<[SwitchChanges, string[]]>([
  [{ skuMatching: 'exact' }, ['price of mug', 'stock of mug in warehouse 1']],
  [{ skuMatching: 'folds-case-and-blanks' }, []],
])('SKUs that KeyCRM takes for one are left alone %j', (switches, differing) => {
  const shop = open(switches);
  shop.dilovod.createGoods({ goods: [{ productNum: 'mug', name: 'Small mug' }] });
  shop.dilovod.receive({ good: 'mug', qty: 1, cost: '2' });
  shop.dilovod.setPrice({ good: 'mug', price: '9' });
  shop.keycrm.createGoods({ goods: [{ name: 'Small mug', sku: 'mug', stock: [{ warehouseId: 1, quantity: 3 }] }] });
  expect(problems(shop).sort()).toEqual(differing);
});

test.each<[SwitchChanges, string[]]>([
  [{ repeatedSku: 'all' }, ['stock of mug']],
  [{ repeatedSku: 'first' }, []],
])('what reaches a good that Dilovod does not have is a mistake %j', async (switches, mistaken) => {
  const shop = open({ skuMatching: 'folds-case-and-blanks', ...switches });
  shop.keycrm.createGoods({ goods: [{ name: 'Another mug', sku: 'mug', stock: [{ warehouseId: 1, quantity: 3 }] }] });
  expect(problems(shop)).toEqual([]);
  const headers = { authorization: `Bearer ${shop.keycrm.apiKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 10 }] });
  await fetch(`${keycrm.baseUrl}/offers/stocks`, { method: 'PUT', headers, body });
  expect(problems(shop)).toEqual(mistaken);
});

test('a card in another currency has prices of its own', () => {
  const shop = open();
  shop.dilovod.setPrice({ good: 'MUG', price: '300' });
  expect(problems(shop)).toEqual(['price of MUG']);
  shop.keycrm.changeProduct({ sku: 'MUG', currencyCode: 'USD' });
  expect(problems(shop)).toEqual([]);
});

test('a line of no pieces is shipped from nowhere', () => {
  const shop = open();
  const lines = [{ sku: 'MUG', quantity: 1, warehouseId: 1 }, { sku: 'MUG', quantity: 0, warehouseId: 2 }];
  shop.keycrm.createOrder({ lines, statusId: statusIds.shipped });
  const wanted = compareWorlds(shop).map(({ problem }) => problem).join();
  expect(wanted).toContain(`asks for [${shop.storages[0]}]`);
});

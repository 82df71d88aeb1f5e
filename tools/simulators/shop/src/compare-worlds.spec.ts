import { type DilovodSimulator, predefined, startDilovodSimulator } from '@kds/dilovod-simulator';
import { type KeycrmSimulator, startKeycrmSimulator } from '@kds/keycrm-simulator';
import { compareWorlds } from './compare-worlds.js';
import { type ShopOptions, SimulatedShop, statusIds } from './simulated-shop.js';

let simulators: { readonly keycrm: KeycrmSimulator; readonly dilovod: DilovodSimulator };
beforeEach(async () => {
  simulators = { keycrm: await startKeycrmSimulator(), dilovod: await startDilovodSimulator() };
});
afterEach(() => Promise.all([simulators.keycrm.close(), simulators.dilovod.close()]));

const goods = [{ sku: 'BELT', name: 'Пояс', price: '890', cost: '512.40', stock: [5, 3] }] as const;
const open = (options: Partial<ShopOptions> & { readonly name: string }) =>
  SimulatedShop.open(simulators, { goods, ...options });
const problems = (shop: SimulatedShop) => compareWorlds(shop).map(({ about, problem }) => `${about}: ${problem}`);

function book(shop: SimulatedShop, orderId: number): string {
  const good = String(shop.dilovod.objects({ type: 'catalogs.goods' })[0]?.['id']);
  const header = {
    firm: shop.firm,
    person: predefined.endConsumer,
    currency: predefined.hryvnia,
    storage: shop.storages[0],
  };
  const rows = [{ good, unit: predefined.piece, qty: 1, price: 890 }];
  return shop.dilovod.createDocument({
    type: 'documents.saleOrder',
    header: { ...header, remark: `KeyCRM #${orderId}` },
    rows,
    post: true,
  });
}

test('a shop whose systems are set up alike agrees, and says where they part', () => {
  const shop = open({ name: 'one' });
  expect(problems(shop)).toEqual([]);
  shop.dilovod.writeOff({ good: 'BELT', qty: 1 });
  expect(problems(shop)).toEqual(['stock of BELT in warehouse 1: KeyCRM shows 5, Dilovod holds 4']);
});

test('what never had stock in Dilovod may have any in KeyCRM; what lost its stock has none', () => {
  const shop = open({ name: 'one' });
  const [service, stock] = [{ sku: 'WRAP', name: 'Пакування', price: '50' }, [{ warehouseId: 1, quantity: 9999 }]];
  shop.dilovod.createService({ productNum: service.sku, name: service.name });
  shop.dilovod.setPrice({ good: service.sku, price: service.price });
  shop.keycrm.createGoods({ goods: [{ ...service, stock }] });
  expect(problems(shop)).toEqual([]);
  shop.dilovod.writeOff({ good: 'BELT', qty: 5 });
  expect(problems(shop)).toEqual(['stock of BELT in warehouse 1: KeyCRM shows 5, Dilovod holds 0']);
});

test.each(['own', 'same'] as const)(
  'two firms of one base are compared each by its own documents and stock, with %s keys',
  (key) => {
    const shop = open({ name: 'one' });
    const other = open({ name: 'two', beside: { shop, firm: 'own', key } });
    for (const { keycrm } of [shop, other]) {
      const { id } = keycrm.createOrder({
        buyer: { fullName: 'Ганна' },
        lines: [{ sku: 'BELT', quantity: 1, warehouseId: 1 }],
      });
      keycrm.moveStatus({ orderId: id, statusId: statusIds.ordered });
    }
    const missing = 'order 9001: 0 live order documents where status 20 asks for 1';
    expect([problems(shop), problems(other)]).toEqual([[missing], [missing]]);
    book(other, 9001);
    expect([problems(shop), problems(other)]).toEqual([[missing], []]);
    book(shop, 9001);
    expect([problems(shop), problems(other)]).toEqual([[], []]);
    expect(other.spec().dilovod).toMatchObject({ firm: other.firm });
    expect(other.dilovodKey === shop.dilovodKey).toBe(key === 'same');
  },
);

test('two shops of one firm in one base find each other there', () => {
  const shop = open({ name: 'one' });
  const other = open({ name: 'two', beside: { shop, firm: 'same', key: 'own' } });
  expect([other.firm, problems(other)]).toEqual([shop.firm, []]);
  expect(other.dilovod.balances()).toHaveLength(2);
});

import { orderFields, statusIds } from '@kds/simulated-shop';
import { until } from '@kds/testing';
import { agreement } from './agreement.js';
import { openWorld, type World } from './open-world.js';

const goods = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [20, 5] },
  { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [10, 10] },
] as const;

let world: World;
beforeAll(async () => {
  world = await openWorld({ shops: [{ name: 'yoga-shop', goods }] });
}, 120_000);
afterAll(() => world?.close(), 30_000);

test('an order goes through its stages, with documents, stock and prices following', async () => {
  const [shop] = world.shops;
  if (!shop) throw new Error('no shop');
  const { keycrm, dilovod } = shop;
  const order = keycrm.createOrder({
    buyer: { fullName: 'Олена Зразкова', phone: '067 123 45 67' },
    lines: [
      { sku: 'BRYBPB', quantity: 2, discountPercent: 5 },
      { sku: 'BL-45', quantity: 1, warehouseId: 2 },
    ],
    discountAmount: 50,
    shippingPrice: 85.5,
    statusId: statusIds.ordered,
  });
  const live = (type: string) => dilovod.documents({ type: `documents.${type}` }).filter((document) => !document.delMark);
  await until(() => live('saleOrder').length === 1, { timeoutMs: 30_000, describe: 'the order document' });
  keycrm.moveStatus({ orderId: order.id, statusId: statusIds.shipped });
  await until(() => live('sale').length === 2, { timeoutMs: 30_000, describe: 'a shipment from each warehouse' });
  await agreement(shop);
  await until(() => keycrm.state().orders[0]?.customFields[orderFields.document] === live('saleOrder')[0]?.number, { timeoutMs: 30_000, describe: 'the number of the order document in KeyCRM' });
  keycrm.moveStatus({ orderId: order.id, statusId: statusIds.returned });
  await until(() => live('saleReturn').length === 2 && live('saleOrder').length === 0, { timeoutMs: 30_000, describe: 'the returns' });
  await agreement(shop);
}, 120_000);

test('A2 A10: a shipment that the stock does not cover is held with the reason, and goes by itself once goods have come', async () => {
  const [shop] = world.shops;
  if (!shop) throw new Error('no shop');
  const { keycrm, dilovod } = shop;
  const { id } = keycrm.createOrder({ buyer: { fullName: 'Іван Нестача', phone: '0501112233' }, lines: [{ sku: 'BRYBPB', quantity: 50 }], statusId: statusIds.shipped });
  const problem = () => keycrm.state().orders.find((order) => order.id === id)?.customFields[orderFields.problem];
  await until(() => String(problem() ?? '').includes('BLACKROLL Yoga Belt'), { timeoutMs: 30_000, describe: 'the shortage to be shown in KeyCRM' });
  const before = dilovod.requests().filter(({ operation }) => operation === 'saveObject documents.sale').length;
  await until(async () => (await world.ledger(`select 1 from attempts where tenant = $1 and system = 'dilovod' and settled_at > now() - interval '1 second'`, [shop.name])).length > 0, { timeoutMs: 20_000, describe: 'the lane to be used for other things' });
  expect(dilovod.requests().filter(({ operation }) => operation === 'saveObject documents.sale')).toHaveLength(before);
  dilovod.receive({ good: 'BRYBPB', qty: 60, cost: '512.40' });
  await agreement(shop);
  await until(() => (problem() ?? '') === '', { timeoutMs: 30_000, describe: 'the problem to be cleared in KeyCRM' });
}, 120_000);

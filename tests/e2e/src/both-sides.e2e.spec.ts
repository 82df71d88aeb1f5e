import { orderFields, type SimulatedShop, statusIds } from '@kds/simulated-shop';
import { until } from '@kds/testing';
import { openWorld, type World } from './open-world.js';

const goods = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [20, 5] },
  { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [10, 10] },
] as const;
const belt = { sku: 'BRYBPB', quantity: 1 };

let world: World;
let shop: SimulatedShop;
beforeAll(async () => {
  world = await openWorld({ shops: [{ name: 'yoga-shop', goods }] });
  const [first] = world.shops;
  if (first === undefined) throw new Error('no shop');
  shop = first;
}, 120_000);
afterAll(() => world?.close(), 30_000);

type Wanted = Parameters<SimulatedShop['keycrm']['createOrder']>[0];

let phones = 100;
/** An order of a buyer of its own, unless told otherwise. */
function createOrder(wanted: Partial<Wanted>): number {
  phones += 1;
  const buyer = { fullName: `Покупець ${phones}`, phone: `0671234${phones}` };
  return shop.keycrm.createOrder({ buyer, lines: [belt], statusId: statusIds.ordered, ...wanted }).id;
}

const liveOf = (id: number, type = 'saleOrder') =>
  shop.dilovod.documents({ type: `documents.${type}` }).filter(({ delMark, remark }) => !delMark && remark.split(' ').slice(0, 2).join(' ') === `KeyCRM #${id}`);
const headerOf = (id: number) => liveOf(id)[0]?.header ?? {};
const problemOf = (id: number) => String(shop.keycrm.state().orders.find((order) => order.id === id)?.customFields[orderFields.problem] ?? '');
const decisionOf = async (id: number) => (await world.ledger<{ decision: string; reason: string }>(`select decision, reason from orders where order_id = $1`, [id]))[0];
const soon = (describe: string) => ({ timeoutMs: 30_000, describe });
const isInStep = async (id: number) => (await decisionOf(id))?.reason === 'in-step';
/** Dilovod's webhooks are not believed so soon after a change of our own: time passes. */
const timePasses = () => world.ledger(`with a as (update attempts set settled_at = settled_at - interval '1 hour'), p as (update persons set changed_at = changed_at - interval '1 hour') select 1`);

test('A21 D4 A12: a buyer who was booked in Dilovod after a look in shadow is not made a second time', async () => {
  await world.writeManifest(shop, { mode: 'shadow' });
  await until(async () => (await world.ledger(`select 1 from tenants where spec ->> 'mode' = 'shadow'`)).length > 0, soon('shadow'));
  const id = createOrder({ buyer: { fullName: 'Зоя Пізня', phone: '0631234567' } });
  await until(async () => (await decisionOf(id))?.reason?.startsWith('shadow: would create-person'), soon('the look in shadow'));
  const person = shop.dilovod.createPerson({ name: 'Зоя Пізня', phone: '+38 (063) 123-45-67' });
  await world.writeManifest(shop);
  await until(() => headerOf(id)['person'] === person, soon('the order to be booked on the person who is there'));
  expect(shop.dilovod.persons().filter(({ name }) => JSON.stringify(name).includes('Пізня'))).toHaveLength(1);
}, 60_000);

test('A20: a recipient who is removed in KeyCRM is removed in Dilovod', async () => {
  const id = createOrder({ recipient: { fullName: 'Ірина Інша', phone: '0501112233' } });
  await until(() => String(headerOf(id)['remarkFromPerson']).includes('Ірина Інша'), soon('the recipient in Dilovod'));
  shop.keycrm.changeRecipient({ orderId: id, recipient: null });
  shop.keycrm.sendWebhook({ orderId: id });
  await until(() => liveOf(id).length === 1 && !headerOf(id)['remarkFromPerson'], soon('the recipient to be gone'));
}, 60_000);

test('A20: another buyer whom the accountant sets in Dilovod stays, and the story says so', async () => {
  const id = createOrder({});
  await until(() => isInStep(id), soon('the order'));
  const accountants = shop.dilovod.createPerson({ name: 'ТОВ Бухгалтерія', phone: '0440000001' });
  await timePasses();
  shop.dilovod.editDocument({ id: String(liveOf(id)[0]?.id), header: { person: accountants } });
  const told = () => world.ledger(`select 1 from order_journal where order_id = $1 and entry = 'changed-in-dilovod'`, [id]);
  await until(async () => (await told()).length === 1 && (await isInStep(id)), soon('the change to be seen'));
  const [lineId = 0] = shop.keycrm.state().orders.find((order) => order.id === id)?.lines.map((line) => line.id) ?? [];
  shop.keycrm.editLines({ orderId: id, change: [{ lineId, quantity: 2 }] });
  shop.keycrm.sendWebhook({ orderId: id });
  await until(() => String(liveOf(id)[0]?.rows[0]?.['qty']) === '2.000', soon('the edit in KeyCRM'));
  expect(headerOf(id)['person']).toBe(accountants);
}, 60_000);

test('A19: an order that was shipped is completed although its good was struck off since', async () => {
  const id = createOrder({ lines: [{ sku: 'BL-45', quantity: 1 }], statusId: statusIds.shipped });
  await until(() => liveOf(id, 'sale').length === 1, soon('the shipment'));
  const roll = shop.dilovod.objects({ type: 'catalogs.goods' }).find((good) => good['productNum'] === 'BL-45');
  shop.dilovod.setProductNum({ good: 'BL-45', productNum: 'BL-45-OLD' });
  const renamed = () => world.ledger(`select 1 from goods where good = $1 and article = 'BL-45-OLD'`, [String(roll?.['id'])]);
  await until(async () => (await renamed()).length > 0, soon('the catalogue to be read'));
  shop.keycrm.moveStatus({ orderId: id, statusId: statusIds.completed });
  await until(async () => (await isInStep(id)) && headerOf(id)['state'] === shop.states.completed, soon('the order to be completed'));
  expect(problemOf(id)).toBe('');
  shop.dilovod.setProductNum({ good: 'BL-45-OLD', productNum: 'BL-45' });
}, 60_000);

test('A18: an order of a source in dollars is held in plain words, and booked in dollars once the manifest names them', async () => {
  shop.keycrm.createSource({ name: 'Etsy', currencyCode: 'USD', defaultWarehouseId: 1 });
  const id = createOrder({ sourceName: 'Etsy' });
  await until(() => problemOf(id).includes('USD'), soon('the order to be held'));
  expect(liveOf(id)).toEqual([]);
  const dollar = shop.dilovod.createCurrency({ name: 'Долар', code: 'USD' });
  await world.writeManifest(shop, { dilovod: { ...shop.spec().dilovod, currencies: { USD: dollar } } });
  await until(() => headerOf(id)['currency'] === dollar && problemOf(id) === '', soon('the order in dollars'));
}, 60_000);

test('A13: a line that is set to 0 before shipment is a removed line', async () => {
  const id = createOrder({ lines: [belt, { sku: 'BL-45', quantity: 1 }] });
  await until(() => liveOf(id)[0]?.rows.length === 2, soon('the order'));
  const order = shop.keycrm.state().orders.find((each) => each.id === id);
  const roll = order?.lines.find(({ sku }) => sku === 'BL-45')?.id ?? 0;
  shop.keycrm.editLines({ orderId: id, change: [{ lineId: roll, quantity: 0 }] });
  shop.keycrm.sendWebhook({ orderId: id });
  await until(async () => liveOf(id)[0]?.rows.length === 1 && (await isInStep(id)), soon('the line to be gone'));
  expect(problemOf(id)).toBe('');
}, 60_000);

test('F7: a good whose name no database takes stops neither the catalogue nor any order', async () => {
  shop.dilovod.createGoods({ goods: [{ productNum: 'ODD', name: 'Мат\0 \ud83d' }] });
  await until(async () => (await world.ledger(`select 1 from goods where article = 'ODD'`)).length > 0, soon('the good to be known'));
  const id = createOrder({ buyer: { fullName: 'Оля\0 \ud83d Дивна', phone: '0671239999' } });
  await until(() => isInStep(id), soon('the order'));
}, 60_000);

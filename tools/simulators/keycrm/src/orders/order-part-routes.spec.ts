import { openSampleShop, type SampleShop } from '../sample-shop.js';
import type { SwitchChanges } from '../switches.js';

let shop: SampleShop;
let id: number;
beforeEach(async () => {
  shop = await openSampleShop();
  shop.control.createTag({ name: 'VIP' });
  id = shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 2 }] }).id;
});
afterEach(() => shop.simulator.close());

const call = (method: string, part: string, body?: unknown) => shop.call(method, `/order/${id}/${part}`, body);
const order = async () => (await shop.call('GET', `/order/${id}?include=payments,expenses,tags`)).body;

test('a payment is added, described and cancelled for good', async () => {
  const { status, body } = await call('POST', 'payment', { amount: 500, payment_method: 'card' });
  expect([status, body]).toMatchObject([201, { amount: 500, payment_method_id: 2, status: 'paid', destination_id: id }]);
  expect(await order()).toMatchObject({ payment_status: 'paid', payments: [{ id: body.id }] });
  expect((await call('PUT', `payment/${body.id}`, { description: 'x' })).body).toMatchObject({ status: 'paid', description: 'x', amount: 500 });
  expect((await call('PUT', `payment/${body.id}`, { status: 'not_paid' })).status).toBe(422);
  expect((await call('PUT', `payment/${body.id}`, { status: 'canceled' })).status).toBe(202);
  expect((await call('PUT', `payment/${body.id}`, { status: 'paid' })).status).toBe(422);
  expect(await order()).toMatchObject({ payment_status: 'not_paid' });
});

test('an expense is added and cancelled', async () => {
  const { body } = await call('POST', 'expense', { amount: 10, expense_type: 'package' });
  expect(body).toMatchObject({ expense_type_id: 2, status: 'paid' });
  expect((await call('PUT', `expense/${body.id}`, { status: 'paid' })).status).toBe(422);
  expect((await call('PUT', `expense/${body.id}`, { status: 'canceled' })).body.status).toBe('canceled');
  expect(await order()).toMatchObject({ expenses_sum: 0 });
});

test.each<[SwitchChanges, boolean]>([
  [{ createdMoneyId: 'shown' }, true],
  [{ createdMoneyId: 'hidden' }, false],
])('K4: the id of what was just made %j', async (changes, isShown) => {
  shop.control.setSwitches(changes);
  const payment = await call('POST', 'payment', { amount: 5, payment_method_id: 1 });
  const expense = await call('POST', 'expense', { amount: 5, expense_type_id: 1 });
  for (const reply of [payment, expense]) expect(reply).toMatchObject({ status: 201, body: { amount: 5 } });
  expect([payment, expense].map(({ body }) => 'id' in body)).toEqual([isShown, isShown]);
  const withId = [{ id: expect.any(Number) }];
  expect(await order()).toMatchObject({ payments: withId, expenses: withId });
});

test('a payment is in the currency of its source, as it was then, or in one of its own', async () => {
  const { id: sourceId } = shop.control.createSource({ name: 'Etsy', currencyCode: 'USD' });
  const sold = shop.control.createOrder({ sourceName: 'Etsy', lines: [], payments: [{ amount: 5 }] });
  shop.control.changeSource({ sourceId, currencyCode: 'EUR' });
  shop.control.addPayment({ orderId: sold.id, amount: 6 });
  shop.control.addPayment({ orderId: sold.id, amount: 7, currency: 'PLN' });
  const { body } = await shop.call('GET', `/order/${sold.id}?include=payments`);
  const currencies = body.payments.map((payment: { actual_currency: string }) => payment.actual_currency);
  expect([body.source_id, currencies]).toEqual([sourceId, ['USD', 'EUR', 'PLN']]);
});

test('a tag is attached by its id and detached once', async () => {
  expect(await call('POST', 'tag/1')).toMatchObject({ status: 202, body: { status: true } });
  expect((await order()).tags).toMatchObject([{ name: 'VIP' }]);
  expect((await call('DELETE', 'tag/1')).status).toBe(204);
  expect((await call('DELETE', 'tag/1')).status).toBe(400);
  expect(shop.control.violations()).toEqual([]);
});

test.each([
  ['POST', 'payment', { payment_method_id: 1 }, 422],
  ['POST', 'payment', { amount: 1 }, 422],
  ['PUT', 'payment/1', {}, 404],
  ['POST', 'expense', { amount: 1 }, 422],
  ['PUT', 'expense/1', {}, 404],
  ['POST', 'tag/9', undefined, 404],
])('%s %s %j answers %d', async (method, part, body, status) => {
  expect((await call(method, part, body)).status).toBe(status);
  expect((await shop.call(method, `/order/1/${part}`, body)).status).toBe(404);
});

test('an attachment is described, but not simulated', async () => {
  expect((await call('POST', 'attachment/1')).status).toBe(501);
  expect((await shop.call('GET', '/companies')).status).toBe(501);
});

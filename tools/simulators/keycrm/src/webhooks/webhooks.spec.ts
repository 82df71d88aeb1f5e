import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSampleShop, type SampleShop } from '../sample-shop.js';
import type { SwitchChanges } from '../switches.js';

interface Received {
  readonly url: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- specs look into bodies of every shape
}

let shop: SampleShop;
let receiver: Server;
let address: string;
let received: Received[];
let answer: number;

beforeEach(async () => {
  received = [];
  answer = 200;
  receiver = createServer((message, response) => {
    let text = '';
    message.on('data', (chunk) => (text += chunk));
    message.on('end', () => {
      received.push({ url: message.url ?? '', headers: message.headers, body: JSON.parse(text) });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  shop = await openSampleShop({ settings: { webhookDelayMs: 30 }, seed: 7 });
  shop.control.setWebhooks({ orders: [`${address}/orders?token=secret`] });
});

afterEach(async () => {
  await shop.simulator.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const place = (statusId?: number) => shop.control.createOrder({ lines: [{ sku: 'MUG', quantity: 2 }], shippingPrice: '85.5', statusId }).id;
const at = (changes: SwitchChanges) => shop.control.setSwitches(changes);

test('a status change is told without lines, payments, buyer or signature', async () => {
  const id = place(4);
  await shop.control.settled();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    url: '/orders?token=secret',
    body: { event: 'order.change_order_status', context: { id, status_id: 4, status_group_id: 2, grand_total: 585.5, shipping_price: '85.50' } },
  });
  for (const key of ['products', 'payments', 'buyer', 'shipping']) expect(received[0]?.body.context).not.toHaveProperty(key);
  for (const key of ['status_on_source', 'global_source_uuid', 'expenses_sum', 'fiscal_status', 'is_expired', 'utm_source', 'last_synced_at']) expect(received[0]?.body.context).toHaveProperty(key);
  expect(Object.keys(received[0]?.headers ?? {}).filter((name) => /signature|keycrm/i.test(name))).toEqual([]);
});

test('a silent move tells nobody, a move through the API everybody', async () => {
  const id = place();
  shop.control.setWebhooks({ orders: [`${address}/a`, `${address}/b`], stocks: [{ url: `${address}/stock` }] });
  shop.control.moveStatus({ orderId: id, statusId: 8, silently: true });
  await shop.control.settled();
  expect(received).toEqual([]);
  await shop.call('PUT', `/order/${id}`, { status_id: 4 });
  await shop.control.settled();
  expect(received.map(({ url }) => url).sort()).toEqual(['/a', '/b', '/stock']);
});

test('an order in which nothing changed is told of, too', async () => {
  const id = place();
  shop.control.sendWebhook({ orderId: id });
  await shop.control.settled();
  expect(received.map(({ body }) => body.context.id)).toEqual([id]);
});

test('duplicates, loss and one retry', async () => {
  at({ webhookCopies: 'duplicate' });
  place(4);
  await shop.control.settled();
  expect(received).toHaveLength(2);
  at({ webhookCopies: 'one', webhookLoss: 'all' });
  place(4);
  await shop.control.settled();
  expect(received).toHaveLength(2);
  expect(shop.control.deliveries().at(-1)).toMatchObject({ lost: true, status: 0 });
  at({ webhookLoss: 'none', webhookRetry: 'once' });
  answer = 500;
  place(4);
  await shop.control.settled();
  expect(shop.control.deliveries().slice(-2)).toMatchObject([{ attempt: 1, status: 500 }, { attempt: 2, status: 500 }]);
});

test('half of the deliveries are lost', async () => {
  at({ webhookLoss: 'half' });
  for (let count = 0; count < 40; count += 1) place(4);
  await shop.control.settled();
  expect(received.length).toBeGreaterThan(5);
  expect(received.length).toBeLessThan(35);
});

test('deliveries come late or out of order', async () => {
  at({ webhookDelay: 'delayed' });
  place(4);
  expect(received).toEqual([]);
  await shop.control.settled();
  at({ webhookDelay: 'none', webhookOrder: 'shuffled' });
  const ids = Array.from({ length: 12 }, () => place(4));
  await shop.control.settled();
  const told = received.slice(1).map(({ body }) => body.context.id);
  expect([...told].sort((a, b) => a - b)).toEqual(ids);
  expect(told).not.toEqual(ids);
});

test('creation and payments are told where the account does', async () => {
  at({ webhookOnCreate: 'sent', webhookOnPayment: 'sent' });
  const id = place();
  shop.control.addPayment({ orderId: id, amount: '585.5' });
  await shop.control.settled();
  expect(received.map(({ body }) => [body.event, body.context.payment_status])).toEqual([
    ['order.change_order_status', 'not_paid'],
    ['order.change_payment_status', 'paid'],
  ]);
});

test('stock: absolute balances without warehouses, also after a write through the API', async () => {
  shop.control.setWebhooks({ stocks: [{ url: `${address}/all` }, { url: `${address}/second`, warehouses: [2] }] });
  await shop.call('PUT', '/offers/stocks', { warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 20 }] });
  await shop.control.settled();
  const told = (url: string) => received.find((one) => one.url === url)?.body;
  expect(told('/all')).toEqual([{ offer_id: 1001, sku: 'MUG', in_stock: 25, in_reserve: 0 }]);
  expect(told('/second')).toEqual([{ offer_id: 1001, sku: 'MUG', in_stock: 5, in_reserve: 0 }]);
  received = [];
  place(8);
  await shop.control.settled();
  expect(told('/all')).toEqual([{ offer_id: 1001, sku: 'MUG', in_stock: 25, in_reserve: 2 }]);
});

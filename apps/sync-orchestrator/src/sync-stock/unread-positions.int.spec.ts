import { decimal } from '@kds/kernel';
import type { Order } from '@kds/sync-domain';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf, storage } from '../spec-support/test-catalogue.js';
import { testOrder } from '../spec-support/test-order.js';

const { catalogue, ledger } = catalogueSuite();

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `SKU-${String(index).padStart(3, '0')}`);

/** Both systems agree about these goods, five pieces of each. */
async function agree(skus: readonly string[]): Promise<void> {
  catalogue().fill(skus);
  await catalogue().readAll();
  await ledger().execute(`update schedules set proved_at = null`);
}

/** KeyCRM takes one piece of each off for a shipped order, and the shipment is posted in Dilovod. */
async function ship(orderId: number, skus: readonly string[]): Promise<void> {
  const shop = catalogue();
  for (const sku of skus) shop.offer(sku).stock = String(Number(shop.offer(sku).stock) - 1);
  shop.balances = shop.balances.map((row) => (skus.some((sku) => goodOf(sku) === row.good) ? { ...row, qty: decimal(Number(row.qty) - 1), amount: decimal(Number(row.amount) - 60) } : row));
  await observe(shippedOrder(orderId, skus));
  await ledger().execute(
    `insert into movements (tenant, order_id, document, good, storage, quantity, attempt) select 'shop', $1, 'sale', good, $3, 1, (select max(id) from attempts) from unnest($2::text[]) as good`,
    [orderId, skus.map(goodOf), storage],
  );
}

function shippedOrder(id: number, skus: readonly string[]): Order {
  const order = testOrder(id, { statusId: 21 });
  return { ...order, lines: order.lines.flatMap((line) => skus.map((sku) => ({ ...line, sku }))) };
}

async function observe(order: Order): Promise<void> {
  await ledger().enqueue({ tenant: 'shop', system: 'keycrm', subject: `order:${order.id}`, command: { kind: 'read-order', orderId: order.id }, priority: 0 });
  const [message] = await ledger().dispatch();
  if (message === undefined) throw new Error('the order is read');
  await ledger().settle(message, { outcome: 'done', result: { kind: 'present', order } });
}

/** The requests to KeyCRM that follow. */
async function requestsOf(work: () => Promise<void>): Promise<readonly string[]> {
  const { last } = await ledger().row<{ last: string }>(`select max(id)::text as last from attempts`);
  await work();
  return (await ledger().rows<{ kind: string }>(`select c.kind from attempts a join commands c on c.id = a.command_id where a.system = 'keycrm' and a.id > $1 order by a.id`, [last])).map(({ kind }) => kind);
}

async function minuteLater(): Promise<void> {
  await ledger().execute(`update positions set asked_at = asked_at - interval '1 minute', known_at = known_at - interval '1 minute'`);
  await ledger().execute(`update commands set not_before = clock_timestamp() where state = 'pending'`);
  await catalogue().work();
}

const stockIsProved = async () => (await ledger().row<{ proved: boolean }>(`select proved_at is not null as proved from schedules where tenant = 'shop' and flow = 'stock'`)).proved;

test('B2 B3: what KeyCRM took off by itself for an order is read, and not written', async () => {
  const shop = catalogue();
  await agree(['A', 'B']);
  await ship(7, ['A']);
  expect(await requestsOf(() => shop.read('balances'))).toEqual(['list-stocks']);
  expect(await ledger().row(`select trim_scale(known)::text as known from positions where sku = 'A'`)).toEqual({ known: '4' });
  expect(await stockIsProved()).toBe(true);
  expect(await requestsOf(minuteLater)).toEqual([]);
  await ship(8, ['A']);
  expect(await requestsOf(() => shop.read('balances'))).toEqual(['list-stocks']);
  expect(shop.writes).toEqual([]);
});

test('B2 B3: what is read and is not what KeyCRM should hold is written', async () => {
  const shop = catalogue();
  await agree(['A', 'B']);
  await ship(7, ['A', 'B']);
  shop.offer('A').stock = '5';
  expect(await requestsOf(() => shop.read('balances'))).toEqual(['list-stocks', 'write-stocks']);
  expect(shop.writes).toEqual([{ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'A', quantity: '4' }] }]);
});

test('B3: what KeyCRM was asked for and does not answer is written after a minute', async () => {
  const shop = catalogue();
  await agree(['A']);
  await ship(7, ['A']);
  const { offers } = shop;
  shop.offers = [];
  expect(await requestsOf(() => shop.read('balances', 'balances'))).toEqual(['list-stocks', 'list-stocks']);
  expect(shop.writes).toEqual([]);
  shop.offers = offers;
  expect(await requestsOf(minuteLater)).toEqual(['write-stocks']);
  expect(shop.writes).toEqual([{ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'A', quantity: '4' }] }]);
});

test('B3: an SKU that cannot be asked for by name is written at once', async () => {
  const shop = catalogue();
  await agree(['A', 'B, blue']);
  await ship(7, ['A', 'B, blue']);
  expect(await requestsOf(() => shop.read('balances'))).toEqual(expect.arrayContaining(['list-stocks', 'write-stocks']));
  expect(shop.writes).toEqual([{ kind: 'write-stocks', warehouseId: 1, rows: [{ sku: 'B, blue', quantity: '4' }] }]);
});

test.each([
  [200, ['list-stocks', 'list-stocks', 'list-stocks', 'list-stocks'], 0],
  [201, ['write-stocks'], 201],
])('B2: of %i SKUs that KeyCRM moved, what takes fewer requests is asked or written', async (count, requests, written) => {
  const shop = catalogue();
  await agree(numbered(count));
  await ship(7, numbered(count));
  expect(await requestsOf(() => shop.read('balances'))).toEqual(requests);
  expect(shop.writes.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(written);
});

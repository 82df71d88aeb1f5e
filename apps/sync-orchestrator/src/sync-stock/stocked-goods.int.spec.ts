import { listTenantFacts } from '../report-status/list-tenant-facts.js';
import { previewRuns } from '../preview-runs/preview-runs.js';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { goodOf } from '../spec-support/test-catalogue.js';

const { catalogue, ledger } = catalogueSuite({ guards: { maxZeroedShare: 1, minSnapshotShare: 0 } });

const stocks = () => Object.fromEntries(catalogue().offers.map(({ sku, stock }) => [sku, stock]));
const prices = () =>
  catalogue().writes.flatMap(({ kind, rows }) => (kind === 'write-prices' ? rows.map(({ sku }) => sku) : []));

async function notStocked(): Promise<readonly string[]> {
  const spec = ledger().findTenant('shop');
  if (spec === undefined) throw new Error('the shop is known');
  const { leftAlone } = await ledger().database.transaction((db) => previewRuns(db, { tenant: 'shop', spec }));
  return leftAlone.find(({ reason }) => reason === 'stock: not kept in stock in Dilovod')?.skus ?? [];
}

/**
 * A good on hand, one that was sold out before we first looked, and a service that KeyCRM shows as many of as one
 * likes.
 */
function open(): void {
  const shop = catalogue();
  shop.fill(['GOOD', 'SOLD-OUT', 'SERVICE'], { stock: '9999' });
  shop.balances = [shop.balance('GOOD', '4')];
  shop.stocked = ['GOOD', 'SOLD-OUT'];
}

test('B10: what never had a row in the stock register gets no stock written, prices as ever, and is named by the plan', async () => {
  open();
  catalogue().offer('SERVICE').price = '90';
  await catalogue().readAll();
  expect(stocks()).toEqual({ GOOD: '4', 'SOLD-OUT': '0', SERVICE: '9999' });
  expect(prices()).toContain('SERVICE');
  expect(await notStocked()).toEqual(['SERVICE']);
});

test('B10: until the history of the register was read only what a snapshot showed is written', async () => {
  open();
  await catalogue().read('goods', 'catalogue', 'balances');
  expect(stocks()).toEqual({ GOOD: '4', 'SOLD-OUT': '9999', SERVICE: '9999' });
  await catalogue().read('history');
  expect(stocks()).toEqual({ GOOD: '4', 'SOLD-OUT': '0', SERVICE: '9999' });
});

test('B10: a good that some snapshot showed has none when it is shown no more, whatever the history says', async () => {
  open();
  await catalogue().readAll();
  catalogue().balances = [];
  catalogue().stocked = ['SOLD-OUT'];
  await catalogue().read('history', 'balances');
  expect(stocks()).toEqual({ GOOD: '0', 'SOLD-OUT': '0', SERVICE: '9999' });
});

test('B10: a service that is received as a good is one from then on', async () => {
  open();
  await catalogue().readAll();
  catalogue().balances.push(catalogue().balance('SERVICE', '2'));
  await catalogue().read('balances');
  expect([stocks().SERVICE, await notStocked()]).toEqual(['2', []]);
});

test('B10: goods that nobody knew have the history read again, and not for each of many', async () => {
  open();
  await catalogue().readAll();
  const due = () =>
    ledger().row<{ minutes: number }>(
      `select round(extract(epoch from due_at - clock_timestamp()) / 60)::int as minutes from schedules where flow = 'stock-history'`,
    );
  await ledger().execute(
    `update schedules set due_at = clock_timestamp() + interval '20 hours' where flow = 'stock-history'`,
  );
  await catalogue().read('goods');
  expect(await due()).toEqual({ minutes: 1200 });
  catalogue().goods.push({ id: goodOf('NEW'), article: 'NEW', name: 'new', unit: null });
  await catalogue().read('goods');
  expect(await due()).toEqual({ minutes: 60 });
});

const troubles = async () => (await listTenantFacts(ledger())).flatMap(({ refusedReadings }) => refusedReadings);

test('B10 E3: a base that does not tell the history is said to, and nothing is zeroed by guess', async () => {
  open();
  catalogue().refuseReading = ({ kind }) =>
    kind === 'read-stock-history' ? { code: 'refused', message: 'unknown table type' } : undefined;
  await catalogue().readAll();
  expect(stocks()).toEqual({ GOOD: '4', 'SOLD-OUT': '9999', SERVICE: '9999' });
  expect(await troubles()).toEqual([
    { flow: 'stock-history', message: expect.stringMatching(/^unknown table type .*left alone/) },
  ]);
  expect(await notStocked()).toEqual(['SERVICE', 'SOLD-OUT']);
});

test('B10 E3: a history that is empty while there are balances is none', async () => {
  open();
  catalogue().stocked = [];
  await catalogue().readAll();
  await catalogue().read('history');
  expect(stocks()).toMatchObject({ 'SOLD-OUT': '9999', SERVICE: '9999' });
  expect(await troubles()).toEqual([
    { flow: 'stock-history', message: expect.stringContaining('no history of its stock register') },
  ]);
});

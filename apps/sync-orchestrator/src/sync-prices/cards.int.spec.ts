import { cardBelievedMs, cardCurrency, type RunProblem } from '@kds/sync-domain';
import fc from 'fast-check';
import { previewRuns, type RunsPreview } from '../preview-runs/preview-runs.js';
import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { cardSql } from './wanted-prices.js';

const { catalogue, ledger } = catalogueSuite();
const skus = ['A', 'B', 'C', 'D'];

const written = () => catalogue().writes.flatMap(({ kind, rows }) => (kind === 'write-prices' ? rows : []));
const cardsAsked = () =>
  catalogue().asked.flatMap((command) => (command.kind === 'list-cards' ? [command.offers] : []));
const held = () =>
  ledger().rows<{ flow: string; reason: RunProblem['reason'] }>(
    `select flow, reason from held_runs where released_at is null`,
  );
/** So many hours pass. */
const later = (hours: number) =>
  ledger().execute(
    `update offers set card_read_at = card_read_at - $1 * interval '1 hour', card_asked_at = card_asked_at - $1 * interval '1 hour'`,
    [hours],
  );

async function plan(): Promise<RunsPreview> {
  const spec = ledger().findTenant('shop');
  if (spec === undefined) throw new Error('the shop is known');
  return ledger().database.transaction((db) => previewRuns(db, { tenant: 'shop', spec }));
}

/** Both systems agree but for the currency of B's card, whose numbers are dollars. */
async function open(): Promise<void> {
  const shop = catalogue();
  shop.fill(skus, { price: '400', cost: '240' });
  Object.assign(shop.offer('B'), { currency: 'USD', price: '10', cost: '6' });
  await shop.readAll();
}

const price = (sku: string, value: string) =>
  Object.assign(catalogue().prices[skus.indexOf(sku)] ?? {}, { price: value });

test("B10: a card that is kept in another currency gets no price and no cost, is named by the plan, and holds nobody else's prices", async () => {
  await open();
  price('A', '410');
  await catalogue().read('prices');
  expect([written(), await held()]).toEqual([[{ sku: 'A', price: '410' }], []]);
  expect((await plan()).leftAlone).toEqual([{ reason: 'price: card in another currency', count: 1, skus: ['B'] }]);
});

test('B10: its stock is synced all the same', async () => {
  await open();
  catalogue().balances[1] = catalogue().balance('B', '9', '240');
  await catalogue().read('balances');
  expect([catalogue().offer('B').stock, written()]).toEqual(['9', []]);
});

test('B10 D4: in shadow mode cards are read, too, so that the plan is right', async () => {
  await ledger().saveTenant('shop', {
    mode: 'shadow',
    prices: { retail: { priceType: '1101300000001001' }, cost: 'balance' },
    keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 6_000 },
  });
  await open();
  price('C', '420');
  await catalogue().read('prices');
  expect((await plan()).prices).toMatchObject({ rows: 1, problem: null, largest: [{ sku: 'C', wantPrice: '420' }] });
  expect(catalogue().writes).toEqual([]);
});

test('B2 B10: a card is read before its price is written, once a day, and where nothing differs not at all', async () => {
  const shop = catalogue();
  shop.fill(skus);
  await shop.readAll();
  expect(cardsAsked()).toEqual([]);
  for (const value of ['110', '120']) {
    price('A', value);
    await shop.read('prices');
  }
  expect([cardsAsked(), written().length]).toEqual([[[1]], 2]);
  await later(25);
  price('A', '130');
  await shop.read('prices');
  expect([cardsAsked(), written().length]).toEqual([[[1], [1]], 3]);
});

test("B10: a card that is kept in the client's currency again is found out in a day", async () => {
  await open();
  Object.assign(catalogue().offer('B'), { currency: 'UAH', price: '400', cost: '240' });
  price('B', '410');
  await catalogue().read('catalogue', 'prices');
  expect(written()).toEqual([]);
  await later(25);
  await catalogue().read('prices');
  expect(written()).toEqual([{ sku: 'B', price: '410' }]);
});

test('B10: a card that KeyCRM does not show waits for itself, and nobody waits for it', async () => {
  const shop = catalogue();
  shop.fill(skus);
  await shop.readAll();
  const { offers } = shop;
  price('A', '110');
  price('D', '110');
  shop.offers = offers.slice(0, 3);
  await shop.read('prices');
  expect(written()).toEqual([{ sku: 'A', price: '110' }]);
  expect((await plan()).leftAlone).toContainEqual({
    reason: 'price: currency of the card not known yet',
    count: 1,
    skus: ['D'],
  });
  shop.offers = offers;
  await shop.read('prices');
  expect(written()).toHaveLength(1);
  await later(2);
  await shop.read('prices');
  expect(written().at(-1)).toEqual({ sku: 'D', price: '110' });
});

test('B10 E3: where cards are not let be read no price is written, the client is told, and it goes on by itself', async () => {
  const shop = catalogue();
  shop.fill(skus);
  await shop.readAll();
  price('A', '110');
  const failure = { code: 'access-denied', message: 'KeyCRM denies access' };
  shop.refuseReading = ({ kind }) => (kind === 'list-cards' ? failure : undefined);
  await shop.read('prices');
  const refused = () => ledger().row(`select refused, proved_at is null as late from schedules where flow = 'prices'`);
  await ledger().execute(`update schedules set proved_at = null`);
  await shop.read('prices');
  expect([written(), await refused()]).toEqual([[], { refused: failure, late: true }]);
  shop.refuseReading = () => undefined;
  await shop.read('prices');
  expect([written(), await refused()]).toEqual([[{ sku: 'A', price: '110' }], { refused: null, late: false }]);
});

test('B10: as long as it is not known which code the client\'s currency has no price is written, nor proved', async () => {
  const shop = catalogue();
  shop.fill(skus);
  const dilovod = { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'd' }, firm: '1100400000001001' };
  const prices = { retail: { priceType: '1101300000001001' }, cost: 'none' };
  await ledger().saveTenant('shop', { dilovod: { ...dilovod, currency: '1101200000001003' }, prices });
  shop.prices = shop.prices.map((row) => ({ ...row, currency: null }));
  price('A', '110');
  await shop.readAll();
  const proved = () => ledger().row(`select proved_at is not null as proved from schedules where flow = 'prices'`);
  expect([written(), cardsAsked(), await proved()]).toEqual([[], [], { proved: false }]);
  await ledger().execute(`insert into currencies (tenant, currency, code) values ('shop', '1101200000001003', 'UAH')`);
  await shop.read('prices');
  expect([written(), await proved()]).toEqual([[{ sku: 'A', price: '110' }], { proved: true }]);
});

test('B7 B10: a run is judged when all its cards are known, and not by those that are known first', async () => {
  const shop = catalogue();
  const many = Array.from({ length: 120 }, (_, index) => `SKU-${String(index).padStart(3, '0')}`);
  shop.fill(many);
  await shop.readAll();
  shop.prices = shop.prices.map((row, index) => ({ ...row, price: (index < 80 ? '110' : '100') as typeof row.price }));
  await shop.read('prices');
  expect([cardsAsked().map((offers) => offers?.length), written(), await held()]).toEqual([
    [50, 30],
    [],
    [{ flow: 'prices', reason: 'too-many-prices-changed' }],
  ]);
});

test('B10: two answers that come at once are enough, whichever is kept first', async () => {
  const shop = catalogue();
  shop.fill(Array.from({ length: 60 }, (_, index) => `SKU-${index}`));
  await shop.readAll();
  shop.prices = shop.prices.map((row, index) => ({ ...row, price: (index < 1 || index > 58 ? '110' : '100') as typeof row.price }));
  await ledger().enqueue({ tenant: 'shop', system: 'dilovod', subject: 'prices', command: { kind: 'read-prices', priceType: '1101300000001001' }, priority: 10 });
  const [reading] = await ledger().dispatch();
  if (reading === undefined) throw new Error('prices are read');
  const columns = { good: shop.prices.map(({ good }) => good), price: shop.prices.map((row) => row.price), currency: shop.prices.map((row) => row.currency) };
  await ledger().settle(reading, { outcome: 'done', result: { columns, atomic: true } });
  // As two requests.
  await ledger().execute(`delete from commands where kind = 'list-cards'`);
  for (const offerId of [1, 60]) await ledger().enqueue({ tenant: 'shop', system: 'keycrm', subject: `cards:${offerId}`, command: { kind: 'list-cards', page: 1, offers: [offerId] }, priority: 10 });
  const messages = [...(await ledger().dispatch()), ...(await ledger().dispatch())];
  expect(messages).toHaveLength(2);
  const answer = (index: number) => ({ outcome: 'done', result: { rows: [{ offerId: [1, 60][index], currency: 'UAH' }], page: 1, lastPage: 1 } }) as const;
  await Promise.all(messages.map((message, index) => ledger().settle(message, answer(index))));
  await shop.work();
  expect(written()).toHaveLength(2);
});

test('B10 E2: very many cards are read page by page, when nothing else is to be done', async () => {
  const shop = catalogue();
  shop.fill(Array.from({ length: 501 }, (_, index) => `SKU-${index}`));
  shop.prices = shop.prices.map((row) => ({ ...row, price: '110' as typeof row.price }));
  await ledger().saveTenant('shop', {
    prices: { retail: { priceType: '1101300000001001' }, cost: 'none' },
    guards: { maxPriceChangedShare: 1 },
    keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 6_000 },
  });
  await shop.readAll();
  expect(cardsAsked()).toEqual([null]);
  expect(await ledger().rows(`select priority from commands where kind = 'list-cards'`)).toEqual([{ priority: 20 }]);
  expect(written()).toHaveLength(501);
});

test('B10: the database judges a card as the domain does', async () => {
  const card = fc.option(
    fc.record({
      currency: fc.constantFrom('UAH', 'USD', null),
      readAgoMs: fc.constantFrom(0, cardBelievedMs - 60_000, cardBelievedMs + 60_000),
    }),
    { nil: undefined },
  );
  await fc.assert(
    fc.asyncProperty(card, fc.constantFrom('UAH', 'USD', undefined), async (fact, client) => {
      const judged = await ledger().row<{ card: string }>(
        `select ${cardSql} as card from (select $1::text as card_currency, clock_timestamp() - $2::float8 * interval '1 millisecond' as card_read_at, $3::text as client_currency) c`,
        [fact?.currency ?? null, fact?.readAgoMs ?? null, client ?? null],
      );
      expect(judged.card).toBe(cardCurrency(fact, client));
    }),
    { numRuns: 60 },
  );
});

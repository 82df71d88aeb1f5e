import { catalogueSuite } from '../spec-support/catalogue-suite.js';
import { clientCurrencyCode } from './client-currency.js';

const { ledger } = catalogueSuite();

const dollar = '1101200000001002';

async function codeOf(): Promise<string | undefined> {
  const spec = ledger().findTenant('shop');
  return spec && clientCurrencyCode(ledger().database.manager, 'shop', spec);
}

/** The reading of currencies ends so. */
async function readCurrencies(ending: Parameters<ReturnType<typeof ledger>['settle']>[1]): Promise<void> {
  await ledger().enqueue({
    tenant: 'shop',
    system: 'dilovod',
    subject: 'currencies',
    command: { kind: 'read-currencies' },
    priority: 0,
  });
  const [message] = await ledger().dispatch();
  if (message === undefined) throw new Error('nothing was asked');
  await ledger().settle(message, ending);
}

async function saveDollarShop(): Promise<void> {
  const dilovod = {
    baseUrl: 'http://127.0.0.1:2',
    apiKeyRef: { name: 'keys', key: 'dilovod' },
    firm: '1100400000001001',
    currency: dollar,
  };
  await ledger().saveTenant('shop', { dilovod });
}

const closed = {
  outcome: 'rejected',
  failure: { code: 'access-denied', message: 'Access to catalogs.currency denied, check role settings' },
} as const;
const refused = () =>
  ledger().row<{ refused: { code: string } | null }>(
    `select refused from schedules where tenant = 'shop' and flow = 'currencies'`,
  );

test('A18 B10: the hryvnia is known by its id where the base does not show its currencies', async () => {
  await readCurrencies(closed);
  expect(await codeOf()).toBe('UAH');
  expect(await refused()).toEqual({ refused: null });
});

test('A18 B10: another currency is known once it was read, and until then the client is told why not', async () => {
  await saveDollarShop();
  expect(await codeOf()).toBeUndefined();
  await readCurrencies(closed);
  expect(await refused()).toMatchObject({ refused: { code: 'access-denied' } });
  await readCurrencies({ outcome: 'done', result: { rows: [] } });
  expect(await refused()).toMatchObject({ refused: { code: 'currency-unknown' } });
  await readCurrencies({ outcome: 'done', result: { rows: [{ id: dollar, code: 'USD' }] } });
  expect([await codeOf(), await refused()]).toEqual(['USD', { refused: null }]);
});

test('A18: sources are read page by page, and one that is not shown any more stays known', async () => {
  const pages = [
    [{ id: 1, name: 'Site', currency: 'UAH' }],
    [
      { id: 2, name: 'Etsy', currency: 'USD' },
      { id: 3, name: 'Fair', currency: null },
    ],
  ];
  const readSources = async (lastPage: number) => {
    await ledger().enqueue({
      tenant: 'shop',
      system: 'keycrm',
      subject: 'sources',
      command: { kind: 'read-sources', page: 1 },
      priority: 0,
    });
    for (let page = 1; page <= lastPage; page += 1) {
      const [message] = await ledger().dispatch();
      expect(message?.command).toEqual({ kind: 'read-sources', page });
      if (message)
        await ledger().settle(message, { outcome: 'done', result: { rows: pages[page - 1], page, lastPage } });
    }
  };
  await readSources(2);
  await readSources(1);
  const sources = await ledger().rows(
    `select source_id::int as id, currency from sources where tenant = 'shop' order by 1`,
  );
  expect(sources).toEqual([
    { id: 1, currency: 'UAH' },
    { id: 2, currency: 'USD' },
    { id: 3, currency: null },
  ]);
  expect(
    await ledger().row(
      `select proved_at is not null as proved from schedules where tenant = 'shop' and flow = 'sources'`,
    ),
  ).toEqual({ proved: true });
});

import { openSampleShop, type SampleShop } from '../sample-shop.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
});
afterEach(() => shop.simulator.close());

test.each([
  ['Не виходить на звʼязок', 'ne_vixodit_na_zvyazok'],
  ['Товар повертається', 'tovar_povertajetsya'],
  ["Передано кур'єру/водію", 'peredano_kurjeruvodiyu'],
  ['Жовте, чорне, Шосте', 'zovte_corne_soste'],
  ['Оцінка', 'ocinka'],
])('K3: the alias of «%s» is %s', async (name, alias) => {
  const { id } = shop.control.createStatus({ name, groupId: 4 });
  const { data } = (await shop.call('GET', '/order/status?limit=50')).body;
  expect(data.find((status: { id: number }) => status.id === id)).toMatchObject({ name, alias });
});

test('a source has a currency, which may change later', async () => {
  const { id } = shop.control.createSource({ name: 'Etsy', currencyCode: 'USD' });
  const shown = async () => {
    const { data } = (await shop.call('GET', '/order/source')).body;
    return data.find((source: { id: number }) => source.id === id);
  };
  expect(await shown()).toMatchObject({ name: 'Etsy', currency_code: 'USD' });
  shop.control.changeSource({ sourceId: id, currencyCode: 'EUR', name: 'Еtsy цех' });
  expect(await shown()).toMatchObject({ currency_code: 'EUR', alias: 'etsy_cex' });
});

describe('GET /users', () => {
  const total = async (query: string) => (await shop.call('GET', `/users?${query}`)).body.total;

  test('ignores an include but no filter', async () => {
    expect(await total('include=role')).toBe(1);
    expect(await shop.call('GET', '/users?filter[x]=1')).toMatchObject({ status: 400, body: { message: expect.stringContaining('last_logged_between') } });
  });

  test('finds by date', async () => {
    expect(await total('filter[created_between]=2026-01-01,2026-01-02')).toBe(1);
    expect(await total('filter[last_logged_between]=2025-01-01,2025-01-02')).toBe(0);
  });
});

import { openSampleShop, type SampleShop } from '../sample-shop.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
});
afterEach(() => shop.simulator.close());

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

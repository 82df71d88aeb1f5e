import { openTestBase, row, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let goods: readonly string[];
beforeEach(async () => {
  test = await openTestBase();
  goods = test.control.createGoods({ goods: ['A', 'B', 'C'].map((productNum) => ({ productNum, name: productNum })) });
  test.control.receiveRows({ rows: goods.map((good) => ({ good, qty: 1, cost: 1 })) });
});
afterEach(() => test.simulator.close());

const listed = async (from: unknown, key: string, more: object = {}) =>
  (await test.rows({ from, fields: { [key]: key }, ...more })).map((found) => found[key]);
const balances = { type: 'balance', register: 'goods', dimensions: ['good', 'storage'] };

describe('a row that a pass over a list misses', () => {
  it.each([
    ['catalogs.goods', 'catalogs.goods', 'id'],
    ['balance goods', balances, 'good'],
  ])('of %s is there in the next pass', async (from, table, key) => {
    test.control.missRow({ from, id: goods[0]! });
    expect(await listed(table, key)).toEqual(goods.slice(1));
    expect(await listed(table, key)).toEqual(goods);
  });

  it('of documents stays missed through the pages of as many passes as were asked for', async () => {
    const orders: string[] = [];
    for (const good of goods) orders.push((await test.call('saveObject', saleOrder([row(good, 1)]))).id);
    test.control.missRow({ from: 'documents.saleOrder', id: orders[1]!, passes: 2 });
    const page = (offset: number) => listed('documents.saleOrder', 'id', { limit: { offset, count: 1 } });
    for (const expected of [
      [orders[0], orders[2]],
      [orders[0], orders[2]],
      [orders[0], orders[1], orders[2]],
    ]) {
      expect([...(await page(0)), ...(await page(1)), ...(await page(2))]).toEqual(expected);
    }
  });

  it('is found by whoever asks for it, which is no pass', async () => {
    test.control.missRow({ from: 'catalogs.goods', id: goods[0]! });
    expect(await listed('catalogs.goods', 'id', { filters: [{ alias: 'id', operator: 'IL', value: goods }] })).toEqual(
      goods,
    );
    const byArticle = { from: 'catalogs.goods', fields: { id: 'id', productNum: 'sku' } };
    expect(await test.rows({ ...byArticle, filters: [{ alias: 'sku', operator: '=', value: 'A' }] })).toHaveLength(1);
    expect((await test.object(goods[0]!)).header['id']!.id).toBe(goods[0]);
    expect(await listed('catalogs.goods', 'id')).toEqual(goods.slice(1));
  });
});

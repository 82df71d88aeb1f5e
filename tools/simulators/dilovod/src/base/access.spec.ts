import { predefined } from './predefined.js';
import { openTestBase, row, sale, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  test.control.receive({ good, qty: 10, cost: 60 });
});
afterEach(() => test.simulator.close());

const denied = (type: string) => ({ error: `Access to ${type} denied, check role settings`, clientMessages: [] });

describe('a closed type', () => {
  beforeEach(() => void test.control.restrict({ closed: ['catalogs.goods', 'balanceRegisters.goods', 'documents.saleOrder', 'informationRegisters.goodsPrices'] }));

  it.each<[string, object, string]>([
    ['request', { from: 'catalogs.goods', fields: { id: 'id' } }, 'catalogs.goods'],
    ['request', { from: 'documents.saleOrder.tpGoods', fields: { id: 'id' } }, 'documents.saleOrder'],
    ['request', { from: { type: 'balance', register: 'goods' }, fields: { qty: 'qty' } }, 'balanceRegisters.goods'],
    ['request', { from: 'balanceRegisters.goods', fields: { qty: 'qty' } }, 'balanceRegisters.goods'],
    ['request', { from: { type: 'sliceLast', register: 'goodsPrices' }, fields: { price: 'price' } }, 'informationRegisters.goodsPrices'],
    ['getObject', { id: '1100300000001001' }, 'catalogs.goods'],
    ['setDelMark', { header: { id: '1100300000001001' } }, 'catalogs.goods'],
    ['saveObject', { header: { id: 'catalogs.goods', name: 'x' } }, 'catalogs.goods'],
    ['call', { method: 'saleOrderCreate', arguments: {} }, 'documents.saleOrder'],
  ])('is refused to %s %j', async (action, params, type) => {
    expect(await test.call<object>(action, params)).toEqual(denied(type));
  });

  it('shows only ids where others refer to it', async () => {
    const { id } = await test.call('saveObject', sale([row(good, 1)]));
    expect((await test.rowsOf(id))[0]).toMatchObject({ good, good__pr: '[access restricted]' });
    expect(await test.rows({ from: 'documents.sale.tpGoods', fields: { good: 'good', 'good.name': 'name' } })).toEqual([{ good, good__pr: '[access restricted]', name: '[access restricted]' }]);
  });
});

it('a type that is read-only can be read', async () => {
  test.control.restrict({ readOnly: ['catalogs.persons'] });
  expect((await test.object(predefined.endConsumer)).header['delMark']).toBe('0');
  expect(await test.call<object>('saveObject', { header: { id: 'catalogs.persons', name: 'x' } })).toEqual(denied('catalogs.persons'));
});

it('a restriction may concern one key', async () => {
  test.control.addKey({ name: 'second', key: 'second-key' });
  test.control.restrict({ key: 'second', closed: ['catalogs.goods'] });
  expect(await test.rows({ from: 'catalogs.goods', fields: { id: 'id' } })).toHaveLength(1);
});

it('a role may have access to nothing, as a new one has; types that do not exist cannot be closed', async () => {
  test.control.restrict({ closed: ['*'] });
  for (const from of ['catalogs.firms', 'documents.sale', 'accumulationRegisters.saleOrderControl']) expect(await test.call<object>('request', { from, fields: { id: 'id' } })).toEqual(denied(from));
  expect(() => test.control.restrict({ closed: ['catalogs.good'] })).toThrow('This base has no type catalogs.good');
});

it('an empty reference to a closed type is restricted in getObject', async () => {
  test.control.restrict({ closed: ['catalogs.employees'] });
  const { id } = await test.call('saveObject', sale([row(good, 1)]));
  expect((await test.object(id)).header['manager']).toEqual({ id: '0', pr: '[access restricted]' });
  test.control.restrict({ closed: ['catalogs.taxes'] });
  expect((await test.rowsOf(id))[0]).toMatchObject({ vatTax: '0', vatTax__pr: '[access restricted]', goodPart__pr: null });
});

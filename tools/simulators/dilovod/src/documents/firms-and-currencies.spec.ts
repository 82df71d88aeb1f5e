import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, saleReturn, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
let second: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  second = test.control.createFirm({ name: 'Друга фірма' });
});
afterEach(() => test.simulator.close());

describe('firms of one base', () => {
  it('share storages, and each has its own stock and documents there', async () => {
    test.control.receive({ good, qty: 3, cost: 10 });
    test.control.receive({ good, qty: 5, cost: 20, firm: second });
    await test.call('saveObject', sale([row(good, 4)], { firm: second }));
    expect(await test.refusal('saveObject', sale([row(good, 4)]))).toContain('Недостатня кількість');
    const stock = test.control.balances().map(({ firm, storage, qty, amount }) => [firm, storage, qty, amount]);
    expect(stock).toEqual([
      [predefined.firm, predefined.mainStorage, '3.000', '30.00'],
      [second, predefined.mainStorage, '1.000', '20.00'],
    ]);
    const ofFirm = {
      from: 'documents.sale',
      fields: { firm: 'firm' },
      filters: [{ alias: 'firm', operator: '=', value: second }],
    };
    expect(await test.rows(ofFirm)).toEqual([{ firm: second, firm__pr: 'Друга фірма' }]);
  });

  it('take back what another firm shipped, without the order', async () => {
    test.control.receive({ good, qty: 3, cost: 10 });
    const order = (await test.call('saveObject', saleOrder([row(good, 1)]))).id;
    await test.call('saveObject', sale([row(good, 1)], { contract: order }));
    expect(
      await test.refusal('saveObject', saleReturn([row(good, 1)], { firm: second, remark: 'Замовлення 0000000001' })),
    ).toBe('');
  });
});

describe('currencies', () => {
  it('have codes, and documents keep theirs', async () => {
    const zloty = test.control.createCurrency({ name: 'Злотий', code: 'PLN' });
    const fields = { id: 'id', code: 'code' };
    expect((await test.rows({ from: 'catalogs.currency', fields })).map(({ code }) => code)).toEqual([
      'UAH',
      'USD',
      'EUR',
      'PLN',
    ]);
    const { id } = await test.call('saveObject', saleOrder([row(good, 1)], { currency: zloty }));
    expect((await test.object(id)).header).toMatchObject({
      currency: { id: zloty, pr: 'Злотий' },
      amountCur: '100.00',
    });
  });

  it('that do not exist are refused as any bad reference', async () => {
    const currency = '1101200000009999';
    const refusal = 'cant set value of header.currency: bad value, or field doesnt exist';
    for (const params of [saleOrder([], { currency }), sale([], { currency })])
      expect(await test.refusal('saveObject', params)).toBe(refusal);
    const order = { method: 'saleOrderCreate', arguments: { header: { currency }, goods: [] } };
    expect(await test.refusal('call', order)).toBe('Bad value type for column currency');
  });
});

import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, saleReturn, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  test.control.receive({ good, qty: 10, cost: 60 });
});
afterEach(() => test.simulator.close());

const save = async (params: object) => (await test.call('saveObject', params)).id;

describe('a row', () => {
  it.each([
    ['ignore', ''],
    ['error', 'cant set value of tableParts.tpGoods.colour: bad value, or field doesnt exist'],
  ] as const)('unknownRowField %s', async (unknownRowField, refusal) => {
    test.control.setSwitches({ unknownRowField });
    expect(await test.refusal('saveObject', saleOrder([row(good, 1, { colour: 'red' })]))).toBe(refusal);
  });

  const unknownField = (field: string) =>
    `cant set value of tableParts.tpGoods.${field}: bad value, or field doesnt exist`;
  const everywhere = { good: '', goodPart: '0', baseQty: 1, priceAmount: 100, amountCur: 100, accGood: '0', rowNum: 1 };

  it.each([
    ['unknown', unknownField('storage')],
    ['known', ''],
  ] as const)('saleRowStorage %s', async (saleRowStorage, refusal) => {
    test.control.setSwitches({ saleRowStorage, unknownRowField: 'error' });
    const storage = predefined.mainStorage;
    expect(await test.refusal('saveObject', sale([row(good, 1, { storage })]))).toBe(refusal);
    expect(
      await test.refusal(
        'saveObject',
        sale([row(good, 1, { ...everywhere, good, discount: 0, vatAmount: 0, printName: 'Пояс' })]),
      ),
    ).toBe('');
    test.control.setSwitches({ unknownRowField: 'ignore' });
    const [kept] = await test.rowsOf(await save(sale([row(good, 1, { storage })])));
    expect(kept!['storage']).toBe(saleRowStorage === 'known' ? storage : undefined);
  });

  it.each([
    ['sent-by-clients', ['storage', 'discount', 'remark']],
    ['as-order', []],
  ] as const)('saleReturnRowFields %s', async (saleReturnRowFields, unknown) => {
    test.control.setSwitches({ saleReturnRowFields, unknownRowField: 'error' });
    for (const [field, value] of Object.entries({ storage: predefined.mainStorage, discount: 1, remark: 'x' })) {
      const refusal = unknown.some((name) => name === field) ? unknownField(field) : '';
      expect(await test.refusal('saveObject', saleReturn([row(good, 1, { [field]: value })]))).toBe(refusal);
    }
    expect(await test.refusal('saveObject', saleReturn([row(good, 1, { ...everywhere, good })]))).toBe('');
  });
});

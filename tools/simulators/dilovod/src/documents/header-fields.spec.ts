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
const order = (header: object = {}) => saleOrder([row(good, 2)], header);

describe('a header', () => {
  const kinds = {
    saleOrder: order,
    sale: (header: object) => sale([row(good, 1)], header),
    saleReturn: (header: object) => saleReturn([row(good, 1)], header),
  };

  it.each([
    ['taxAccount', 'saleOrder sale saleReturn'],
    ['deliveryMethod', 'saleOrder sale saleReturn'],
    ['tradeChanel', 'saleOrder saleReturn'],
    ['paymentForm', 'saleOrder saleReturn'],
    ['cashAccount', 'saleOrder saleReturn'],
    ['state', 'saleOrder sale'],
    ['remarkFromPerson', 'saleOrder'],
    ['deliveryRemark_forDel', 'saleOrder'],
    ['number', 'saleOrder'],
  ] as const)('takes %s in headers of %s', async (field, takers) => {
    for (const [kind, params] of Object.entries(kinds)) {
      const refusal = takers.split(' ').includes(kind)
        ? ''
        : `cant set value of header.${field}: bad value, or field doesnt exist`;
      expect([kind, await test.refusal('saveObject', params({ [field]: '0' }))]).toEqual([kind, refusal]);
    }
  });

  it('takes taxAccount and priceType in headers of a move', async () => {
    const storageTo = test.control.createStorage({ name: 'Другий' });
    const header = {
      id: 'documents.goodMoving',
      firm: predefined.firm,
      storage: predefined.mainStorage,
      storageTo,
      docMode: '1004000000000409',
    };
    const move = {
      saveType: 1,
      header: { ...header, taxAccount: 1, priceType: predefined.priceType },
      tableParts: { tpGoods: [row(good, 1)] },
    };
    expect(await test.refusal('saveObject', move)).toBe('');
  });

  it.each([
    ['accepted', ''],
    ['refused', 'emptyRequiredReq storage (Місце зберігання)'],
  ] as const)('orderWithoutStorage %s', async (orderWithoutStorage, refusal) => {
    test.control.setSwitches({ orderWithoutStorage });
    expect(await test.refusal('saveObject', saleOrder([row(good, 1, { storage: '0' })], { storage: '0' }))).toBe(
      refusal,
    );
    expect(await test.refusal('saveObject', sale([row(good, 1)], { storage: '0' }))).toBe(
      'emptyRequiredReq storage (Місце зберігання)',
    );
  });

  it.each([
    ['taken', ['', '', '0']],
    ['ignored', ['', 'Хутро', predefined.stateNew]],
    ['refused', ['cant set value of header.details: bad value, or field doesnt exist', 'Хутро', predefined.stateNew]],
  ] as const)('headerEmptying %s', async (headerEmptying, [refusal, details, state]) => {
    test.control.setSwitches({ headerEmptying });
    const id = await save(order({ details: 'Хутро', state: predefined.stateNew, remark: '' }));
    expect(await test.refusal('saveObject', { header: { id, details: '', state: '0' } })).toBe(refusal);
    expect((await test.object(id)).header).toMatchObject({ details, state: { id: state } });
    expect(await test.refusal('saveObject', { header: { id, taxAccount: 0, discountPercent: 0 } })).toBe('');
    test.control.editDocument({ id, header: { details: '' } });
    expect((await test.object(id)).header['details']).toBe('');
  });

  it.each([
    ['yes', ['1.0000', predefined.mainDepartment, predefined.settlementsWithBuyers, predefined.accountOfGoods]],
    ['no', ['0.0000', '0', '0', '0']],
  ] as const)('baseFillsOrder %s', async (baseFillsOrder, filled) => {
    test.control.setSwitches({ baseFillsOrder });
    const id = await save(order());
    const { header } = await test.object(id);
    const [first] = await test.rowsOf(id);
    expect([header['rate'], header['department']!.id, header['settlementsKind']!.id, first!['accGood']]).toEqual(
      filled,
    );
    const inDollars = await save(order({ currency: '1101200000001002', rate: '41.2' }));
    expect((await test.object(inDollars)).header).toMatchObject({
      currency: { id: '1101200000001002', pr: 'Долар США' },
      rate: '41.2000',
    });
  });
});

import { predefined } from '../base/predefined.js';
import { openTestBase, row, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

describe('getObject', () => {
  it('answers an order with {id, pr} in the header, flat references in rows, fixed scales and empty values', async () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    const { id } = await test.call('saveObject', saleOrder([row(good, 2, { price: 99.9, discountPercent: 5, ratio: 1 })], { date: '2026-03-05 14:20:00', discountPercent: 2.5, rate: 1 }));
    const { header, tableParts, misc } = await test.object(id);
    expect(header).toMatchObject({
      id: { id, pr: '05.03.2026 Замовлення 0000000001' },
      presentation: { uk: '05.03.2026 Замовлення 0000000001', ru: '05.03.2026 Заказ 0000000001' },
      firm: { id: predefined.firm, pr: 'Фірма' },
      manager: { id: '0', pr: null },
      deliveryMethod: { id: '0', pr: null },
      taxAccount: '0',
      userPresentation: '0',
      payBefore: '0000-00-00 00:00:00',
      payment_forDel: '0.00',
      posted: '1',
      delMark: '0',
      placed: '0',
      date: '2026-03-05 14:20:00',
      supplyDate: '0000-00-00 00:00:00',
      amountCur: '199.80',
      rate: '1.0000',
      discountPercent: '2.500',
    });
    const [rowId] = Object.keys(tableParts.tpGoods);
    expect(rowId).toMatch(/^\d{1,10}$/);
    expect(tableParts.tpGoods[rowId!]).toMatchObject({
      id: rowId, rowNum: '1', good, good__pr: 'Пояс', price: '99.90000', qty: '2.000', priceAmount: '199.80', amountCur: '199.80', discountPercent: '5.0', ratio: '1.0000', storage: '0', qtyReserve: '0.000', salesTaxes: '0', salesTaxes__pr: null, sltRate1: '0.00', sltRate2: '0.00',
    });
    expect(misc).toBe(false);
  });

  it('has exactly the recorded attributes of an order', async () => {
    const { id } = await test.call('saveObject', saleOrder([]));
    const recorded =
      'id date number presentation delMark posted remark baseDoc version firm business storage person manager department contract contact currency amountCur rate paymentForm author deliveryRemark_forDel priceType mrkupPercent_forDel discountPercent state deliveryPoint weight allowAnyStorage_forDel supplyDate reserveDate payment_forDel cashAccount cashItem_forDel payBefore placed taxAccount tradeChanel userPresentation discountCard details settlementsKind remarkForPerson remarkFromPerson deliveryMethod trackNum_forDel taxManual taxIncluded cancelReason';
    expect(Object.keys((await test.object(id)).header).sort()).toEqual(recorded.split(' ').sort());
  });

  it('has exactly the recorded attributes of a row of an order', async () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    const { id } = await test.call('saveObject', saleOrder([row(good, 1)]));
    const recorded =
      'id rowNum good price qty baseQty priceAmount unit mrkup_forDel discount amountCur discountPercent mrkupPercent_forDel ratio weight gType_forDel gCharForDelete qtyReserve qtyPurchase qtyProd supplier supplierPrice supplierCurrency storage remark promotion accGood hash comPrice comAmount vatTax vatAmount salesTaxes sltTax1 sltRate1 sltBase1 sltAmount1 sltTax2 sltRate2 sltBase2 sltAmount2 printName';
    expect(Object.keys((await test.rowsOf(id))[0]!).filter((name) => !name.endsWith('__pr')).sort()).toEqual(recorded.split(' ').sort());
  });

  it('answers an empty part with an empty list, and no parts at all for a type without', async () => {
    const { id } = await test.call('saveObject', saleOrder([]));
    expect((await test.object(id)).tableParts).toEqual({ tpGoods: [] });
    expect(await test.object(predefined.endConsumer)).not.toHaveProperty('tableParts');
    expect((await test.object(test.control.createGood({ name: 'Пояс' }))).tableParts).toEqual({ tpGoods: [] });
  });

  it('answers pr null for an object that gives no text', async () => {
    const storage = test.control.createStorage({ name: '' });
    const { id } = await test.call('saveObject', saleOrder([], { storage }));
    expect((await test.object(id)).header['storage']).toEqual({ id: storage, pr: null });
    expect(await test.rows({ from: 'documents.saleOrder', fields: { storage: 'storage' } })).toEqual([{ storage, storage__pr: '' }]);
  });

  it('refuses an unknown id', async () => {
    expect(await test.call('getObject', { id: '1109100000009999' })).toEqual({ error: 'object with id 1109100000009999 not found', clientMessages: [] });
  });

  it.each([['uk', '05.03.2026 Замовлення 0000000001'], ['ru', '05.03.2026 Заказ 0000000001']] as const)('presents in textLanguage %s', async (textLanguage, pr) => {
    test.control.setSwitches({ textLanguage });
    const { id } = await test.call('saveObject', saleOrder([], { date: '2026-03-05' }));
    expect((await test.object(id)).header['id']).toEqual({ id, pr });
    expect(await test.rows({ from: 'documents.saleOrder', fields: { id: 'id' } })).toEqual([{ id, id__pr: pr }]);
  });
});

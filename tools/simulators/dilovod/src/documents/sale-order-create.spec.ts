import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, type ObjectInAnswer, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  test.control.receive({ good, qty: 5, cost: 60 });
});
afterEach(() => test.simulator.close());

interface Created {
  readonly status: string;
  readonly data: ObjectInAnswer;
}
const create = (goods: readonly object[], more: object = {}, header: object = {}) => test.call<Created>('call', { method: 'saleOrderCreate', arguments: { header, goods, ...more } });
const placement = { placement: { autoPlacement: true } };
const rowsOf = ({ data }: Created) => Object.values(data.tableParts.tpGoods);
const reserves = () => test.control.reserves().map(({ baseDoc, qtyReserve }) => [baseDoc, qtyReserve]);

describe('saleOrderCreate', () => {
  it('takes articles and ids, fills defaults and prices, and answers like getObject', async () => {
    test.control.setPrice({ good, price: 150 });
    const created = await create([{ productNum: 'AB-1', qty: 2 }, { good, qty: 1, price: 90, discount: 5 }], {}, { person: predefined.endConsumer, date: '2026-12-31 10:00:00', remark: 'KeyCRM #7' });
    expect(created.status).toBe('success');
    expect(created.data.header).toMatchObject({ firm: { id: predefined.firm }, currency: { pr: 'Гривня' }, storage: { id: predefined.mainStorage }, remark: 'KeyCRM #7', amountCur: '385.00' });
    expect(rowsOf(created)).toMatchObject([{ good, unit: predefined.piece, price: '150.00000', amountCur: '300.00' }, { price: '90.00000', priceAmount: '90.00', amountCur: '85.00' }]);
    expect(created.data.misc).toBeNull();
    expect(await test.object(created.data.header['id']!.id)).toMatchObject({ header: created.data.header });
  });

  it('creates an empty order', async () => {
    const { data } = await create([]);
    expect(data.tableParts).toEqual({ tpGoods: [] });
    expect(test.control.violations()).toMatchObject([{ rule: 'empty-document' }]);
  });

  it('refuses bad values in its own form', async () => {
    expect(await create([], {}, { person: predefined.firm })).toEqual({ status: 'error', data: [], errorMessage: 'Bad value type for column person' });
  });

  it.each([['posted', '1'], ['unposted', '0']] as const)('saleOrderCreatePosted %s', async (saleOrderCreatePosted, posted) => {
    test.control.setSwitches({ saleOrderCreatePosted });
    expect((await create([{ good, qty: 1 }])).data.header['posted']).toBe(posted);
  });

  it.each([['recomputes', ['200.00', '200.00']], ['keeps', ['200.00', '170.00']]] as const)('saleOrderCreateAmounts %s', async (saleOrderCreateAmounts, [priceAmount, amountCur]) => {
    test.control.setSwitches({ saleOrderCreateAmounts });
    expect(rowsOf(await create([{ good, qty: 2, price: 100, amountCur: 170 }]))).toMatchObject([{ priceAmount, amountCur }]);
  });

  it.each([['taken', 'second'], ['ignored', '0'], ['refused', 'Bad value type for column storage']] as const)('saleOrderCreateRowStorage %s', async (saleOrderCreateRowStorage, expected) => {
    test.control.setSwitches({ saleOrderCreateRowStorage });
    const storage = test.control.createStorage({ name: 'Другий' });
    const created = await create([{ good, qty: 1, storage }]);
    if (saleOrderCreateRowStorage === 'refused') expect(created).toEqual({ status: 'error', data: [], errorMessage: expected });
    else expect(rowsOf(created)[0]!['storage']).toBe(expected === 'second' ? storage : expected);
    expect((await create([{ good, qty: 1 }])).status).toBe('success');
  });

  it.each([['refused', 0], ['row-dropped', 1]] as const)('saleOrderCreateUnknownGood %s', async (saleOrderCreateUnknownGood, orders) => {
    test.control.setSwitches({ saleOrderCreateUnknownGood });
    const created = await create([{ productNum: 'AB-1', qty: 1 }, { productNum: 'NOPE', qty: 1 }]);
    expect(created.status).toBe(orders === 0 ? 'error' : 'success');
    expect(test.control.documents({ type: 'documents.saleOrder' }).map(({ rows }) => rows.length)).toEqual(orders === 0 ? [] : [1]);
  });
});

describe('reserves', () => {
  it.each([
    ['yes', '1', ['5.000', '2.000'], [['1109100000001001', '5.000']]],
    ['no', '0', ['0.000', '0.000'], []],
  ] as const)('reserveOnAutoPlacement %s', async (reserveOnAutoPlacement, placed, [qtyReserve, qtyPurchase], expected) => {
    test.control.setSwitches({ reserveOnAutoPlacement });
    const created = await create([{ good, qty: 7 }], placement);
    expect(created.data.header['placed']).toBe(placed);
    expect(rowsOf(created)).toMatchObject([{ qtyReserve, qtyPurchase }]);
    expect(reserves()).toEqual(expected);
  });

  it('do not exist without placement, nor in an order that is not posted', async () => {
    await create([{ good, qty: 1 }]);
    test.control.setSwitches({ saleOrderCreatePosted: 'unposted' });
    const { data } = await create([{ good, qty: 1 }], placement, { person: predefined.endConsumer });
    expect(reserves()).toEqual([]);
    await test.call('saveObject', { saveType: 1, header: { id: data.header['id']!.id } });
    expect(reserves()).toEqual([['1109100000001002', '1.000']]);
  });

  it('do not exceed what is free, over all rows and orders', async () => {
    await create([{ good, qty: 3 }], placement);
    expect(rowsOf(await create([{ good, qty: 1 }, { good, qty: 4 }], placement))).toMatchObject([{ qtyReserve: '1.000' }, { qtyReserve: '1.000', qtyPurchase: '3.000' }]);
  });

  it.each([['contract'], ['baseDoc']])('block the shipments of others, not that of their own order, linked by %s', async (link) => {
    const { data } = await create([{ good, qty: 4 }], placement);
    const order = data.header['id']!.id;
    expect(await test.refusal('saveObject', sale([row(good, 2)]))).toContain('Вільний залишок: 1.000 шт');
    expect(await test.refusal('saveObject', sale([row(good, 4)], { [link]: order }))).toBe('');
    expect(await test.refusal('saveObject', sale([row(good, 1)]))).toBe('');
  });

  it.each([['yes', []], ['no', [['1109100000001001', '4.000']]]] as const)('shipmentConsumesReserve %s', async (shipmentConsumesReserve, expected) => {
    test.control.setSwitches({ shipmentConsumesReserve });
    const { data } = await create([{ good, qty: 4 }], placement);
    await test.call('saveObject', sale([row(good, 4)], { contract: data.header['id']!.id }));
    expect(reserves()).toEqual(expected);
  });

  it.each([['yes', []], ['no', [['1109100000001001', '4.000']]]] as const)('reserveReleasedOnMark %s', async (reserveReleasedOnMark, expected) => {
    test.control.setSwitches({ reserveReleasedOnMark });
    await create([{ good, qty: 4 }], placement);
    await test.call('setDelMark', { header: { id: '1109100000001001' } });
    expect(reserves()).toEqual(expected);
  });

  it('that a shipment used up set nothing free once more when the order is marked', async () => {
    const order = (await create([{ good, qty: 4 }], placement)).data.header['id']!.id;
    await test.call('saveObject', sale([row(good, 4)], { contract: order }));
    await test.call('saveObject', { saveType: 2, header: { id: order, delMark: 1 } });
    expect(reserves()).toEqual([]);
    expect(await test.refusal('saveObject', sale([row(good, 2)]))).toContain('Вільний залишок: 1.000 шт');
  });

  it.each([['yes', []], ['no', [['1109100000001001', '4.000']]]] as const)('reserveFollowsState %s', async (reserveFollowsState, expected) => {
    test.control.setSwitches({ reserveFollowsState });
    await create([{ good, qty: 4 }], placement, { person: predefined.endConsumer });
    const move = (state: string) => test.call('saveObject', { saveType: 1, header: { id: '1109100000001001', state } });
    await move(predefined.stateSent);
    expect(reserves()).toEqual([['1109100000001001', '4.000']]);
    await move(predefined.stateCancelled);
    expect(reserves()).toEqual(expected);
  });

  it('go when the order is unposted', async () => {
    await create([{ good, qty: 4 }], placement);
    await test.call('saveObject', { saveType: 2, header: { id: '1109100000001001' } });
    expect(reserves()).toEqual([]);
  });

  it.each([['yes', [['1109100000001001', '2.000']]], ['no', []]] as const)('reserveBySaveObject %s', async (reserveBySaveObject, expected) => {
    test.control.setSwitches({ reserveBySaveObject });
    await test.call('saveObject', saleOrder([row(good, 3, { qtyReserve: 2 })], { placed: 1 }));
    expect(reserves()).toEqual(expected);
  });

  it('are made by people in the UI in any base', async () => {
    const { header } = saleOrder([], { placed: 1 });
    test.control.createDocument({ type: 'documents.saleOrder', header, rows: [row(good, 3, { qtyReserve: 3 })], post: true });
    expect(reserves()).toEqual([['1109100000001001', '3.000']]);
    expect(await test.refusal('saveObject', sale([row(good, 3)]))).toContain('Вільний залишок: 2.000 шт');
  });
});

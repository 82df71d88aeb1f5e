import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, saleReturn, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
let second: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  second = test.control.createStorage({ name: 'Другий' });
  test.control.receive({ good, qty: 10, cost: '60.05', date: '2026-03-01 10:00:00' });
  test.control.receive({ good, qty: 2, cost: 100, storage: second, date: '2026-03-03 10:00:00' });
});
afterEach(() => test.simulator.close());

const balance = (from: object = {}, more: object = {}) =>
  test.rows({ from: { type: 'balance', register: 'goods', dimensions: ['good', 'storage'], ...from }, fields: { 'good.productNum': 'sku', storage: 'storage', qty: 'qty', amount: 'amount' }, ...more });

describe('a balance', () => {
  it('answers quantity and cost per named dimension, the others summed away', async () => {
    expect(await balance()).toEqual([
      { sku: 'AB-1', storage: predefined.mainStorage, storage__pr: 'Основний склад', qty: '10.000', amount: '600.50' },
      { sku: 'AB-1', storage: second, storage__pr: 'Другий', qty: '2.000', amount: '200.00' },
    ]);
    expect(await balance({ dimensions: ['good'] })).toEqual([{ sku: 'AB-1', qty: '12.000', amount: '800.50' }]);
  });

  it('at a moment counts what happened until then', async () => {
    test.control.receive({ good, qty: 5, cost: 1, date: '2099-01-01 00:00:00' });
    expect((await balance({ date: '2026-03-02' })).map(({ qty }) => qty)).toEqual(['10.000']);
    expect((await balance({ date: '2026-03-03 09:59:59' })).map(({ qty }) => qty)).toEqual(['10.000']);
    expect((await balance({ date: '2027-01-01 00:00:00' })).map(({ qty }) => qty)).toEqual(['10.000', '2.000']);
    expect((await balance()).map(({ qty }) => qty)).toEqual(['15.000', '2.000']);
  });

  it('is filtered by dimensions and resources', async () => {
    expect(await balance({}, { filters: [{ alias: 'qty', operator: '>', value: 2 }, { alias: 'sku', operator: 'IL', value: ['AB-1'] }] })).toHaveLength(1);
    expect(await balance({}, { filters: [{ alias: 'storage', operator: '=', value: second }] })).toMatchObject([{ qty: '2.000' }]);
  });

  it.each([['absent', ['2.000']], ['present', ['0.000', '2.000']]] as const)('balanceZeroRows %s', async (balanceZeroRows, expected) => {
    test.control.setSwitches({ balanceZeroRows });
    test.control.writeOff({ good, qty: 10 });
    expect((await balance()).map(({ qty }) => qty)).toEqual(expected);
  });

  it.each([['plain', { qty: '10.000' }], ['final', { final: '10.000' }]] as const)('balanceResourceNames %s', async (balanceResourceNames, expected) => {
    test.control.setSwitches({ balanceResourceNames });
    const rows = await test.rows({ from: { type: 'balance', register: 'goods', dimensions: ['storage'] }, fields: { qty: 'qty', qtyFinal: 'final' } });
    expect(rows[0]).toEqual(expected);
  });

  it('of 10,000 goods in two storages does not grow slow', async () => {
    const goods = test.control.createGoods({ goods: Array.from({ length: 10_000 }, (_, index) => ({ productNum: `S-${index}`, name: `Товар ${index}` })) });
    for (const storage of [predefined.mainStorage, second]) test.control.receiveRows({ storage, rows: goods.map((id) => ({ good: id, qty: 3, cost: 10 })) });
    const startedAt = performance.now();
    expect(await balance({ date: '2099-01-01' })).toHaveLength(20_002);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  it('of orders tells what they wait for and what is reserved', async () => {
    const { id } = await test.call('saveObject', saleOrder([row(good, 4)]));
    await test.call('saveObject', sale([row(good, 1)], { contract: id }));
    const open = await test.rows({ from: { type: 'balance', register: 'saleOrderControl', dimensions: ['good', 'baseDoc'] }, fields: { good: 'good', baseDoc: 'order', qty: 'qty', qtyReserve: 'reserved' } });
    expect(open).toMatchObject([{ good, order: id, qty: '3.000', reserved: '0.000' }]);
  });
});

describe('turnovers', () => {
  const period = { register: 'goods', startDate: '2026-03-02 00:00:00', endDate: '2026-03-31 23:59:59', dimensions: ['good'] };
  beforeEach(() => void test.control.writeOff({ good, qty: 4, date: '2026-03-10 10:00:00' }));

  it('balanceAndTurnover answers opening, receipt, expense and closing', async () => {
    const fields = { qtyStart: 'start', qtyReceipt: 'in', qtyExpense: 'out', qtyFinal: 'final', amountExpense: 'cost' };
    expect(await test.rows({ from: { type: 'balanceAndTurnover', ...period }, fields })).toEqual([{ start: '10.000', in: '2.000', out: '4.000', final: '8.000', cost: '240.20' }]);
  });

  it('turnover answers receipt, in both spellings, and expense', async () => {
    const fields = { amountReciept: 'sic', amountReceipt: 'in', qtyExpense: 'out', qtyFinal: 'final' };
    expect(await test.rows({ from: { type: 'turnover', ...period }, fields })).toEqual([{ sic: '200.00', in: '200.00', out: '4.000' }]);
  });

  it('balanceAndTurnover tells which goods ever moved, of a firm, or of a list: what is gone again too', async () => {
    const firm = test.control.createFirm({ name: 'Друга фірма' });
    const [gone, never] = ['GONE', 'NEVER'].map((productNum) => test.control.createGood({ productNum, name: productNum }));
    test.control.receive({ good: gone!, qty: 1, cost: 5, firm });
    test.control.writeOff({ good: gone!, qty: 1, firm });
    const from = { type: 'balanceAndTurnover', register: 'goods', dimensions: ['good', 'firm'] };
    const fields = { good: 'good', firm: 'firm', 'good.productNum': 'sku', qtyReceipt: 'came', qtyFinal: 'left' };
    const moved = (filters: readonly object[]) => test.rows({ from, fields, filters });
    expect((await moved([])).map(({ sku, left }) => [sku, left])).toEqual([['AB-1', '8.000'], ['GONE', '0.000']]);
    expect(await moved([{ alias: 'firm', operator: '=', value: firm }])).toMatchObject([{ good: gone, came: '1.000', left: '0.000' }]);
    expect(await moved([{ alias: 'good', operator: 'IL', value: [gone, never] }])).toHaveLength(1);
  });

  it('saleIncomes tells what sales brought, and returns took back, by good too', async () => {
    const { id } = await test.call('saveObject', sale([row(good, 3)], { date: '2026-03-05 10:00:00' }));
    await test.call('saveObject', saleReturn([row(good, 1)], { baseDoc: id, date: '2026-03-06 10:00:00' }));
    const from = { type: 'turnover', ...period, register: 'saleIncomes', dimensions: ['firm', 'good'] };
    const incomes = () => test.rows({ from, fields: { firm: 'firm', good: 'good', amountReciept: 'in', amountExpense: 'out' } });
    expect(await incomes()).toMatchObject([{ firm: predefined.firm, good, in: '300.00', out: '100.00' }]);
    await test.call('saveObject', { saveType: 2, header: { id } });
    expect(await incomes()).toMatchObject([{ in: '0.00', out: '100.00' }]);
    const described = await test.call<{ dimensions: object }>('getMetadata', { objectName: 'balanceRegisters.saleIncomes' });
    expect(Object.keys(described.dimensions)).toEqual(['incomeItem', 'department', 'firm', 'account']);
  });

  it('are told movement by movement in the plain table', async () => {
    const rows = await test.rows({ from: 'balanceRegisters.goods', fields: { period: 'period', 'recorder.number': 'number', recorder: 'recorder', qty: 'qty' }, filters: [{ alias: 'qty', operator: '<', value: 0 }] });
    expect(rows).toEqual([{ period: '2026-03-10 10:00:00', number: '0000000001', recorder: expect.any(String), recorder__pr: '10.03.2026 Списання 0000000001', qty: '-4.000' }]);
  });
});

it('refuses registers, dimensions and table types that do not exist', async () => {
  const refusal = (from: object) => test.refusal('request', { from, fields: {} });
  expect(await refusal({ type: 'balance', register: 'cash' })).toBe('unknown register cash');
  expect(await refusal({ type: 'balance', register: 'goods', dimensions: ['colour'] })).toBe('unknown dimension colour');
  expect(await refusal({ type: 'median', register: 'goods' })).toBe('unknown table type median');
  expect(await refusal({ type: 'balance', register: 'goods', date: 'yesterday' })).toBe('bad date yesterday');
});

describe('information registers', () => {
  const price = (header: object) => ({ header: { id: 'informationRegisters.goodsPrices', good, priceType: predefined.priceType, currency: predefined.hryvnia, ...header } });
  const prices = (from: object = {}) => test.rows({ from: { type: 'sliceLast', register: 'goodsPrices', ...from }, fields: { id: 'id', 'good.productNum': 'sku', priceType: 'priceType', price: 'price', currency: 'currency' } });

  it('give the last price at a date per good and price type, and the first', async () => {
    const other = test.control.createPriceType({ name: 'Оптова' });
    test.control.setPrice({ good, price: '99.5', date: '2026-03-01 10:00:00' });
    test.control.setPrice({ good, price: 120, date: '2026-03-05 10:00:00' });
    test.control.setPrice({ good, price: 80, priceType: other, date: '2026-03-01 10:00:00' });
    expect((await prices({ date: '2026-03-04 00:00:00' })).map((found) => found['price'])).toEqual(['99.50000', '80.00000']);
    expect((await prices()).map((found) => found['price'])).toEqual(['120.00000', '80.00000']);
    expect((await prices({ type: 'sliceFirst', date: '2026-03-02' })).map((found) => found['price'])).toEqual(['120.00000']);
  });

  it('refuse a second price of a good, type and day, and take an update by id', async () => {
    const { id } = await test.call('saveObject', price({ date: '2026-03-05 10:00:00', price: 150 }));
    expect(id).toMatch(/^\d{16}$/);
    expect(await test.refusal('saveObject', price({ date: '2026-03-05 23:00:00', price: 160 }))).toContain('ціна вже встановлена');
    expect(await test.refusal('saveObject', { header: { id, price: 160 } })).toBe('');
    expect(await test.refusal('saveObject', price({ date: '2026-03-06 00:00:00', price: 170 }))).toBe('');
    expect(test.control.prices().map((record) => record['price'])).toEqual(['160.00000', '170.00000']);
  });

  it('keep several barcodes of a good', async () => {
    for (const code of ['4820000000017', '4820000000024']) await test.call('saveObject', { saveType: 1, header: { id: 'informationRegisters.barCodes', object: good, code, activity: 1 } });
    const rows = await test.rows({ from: { type: 'sliceLast', register: 'barCodes' }, fields: { id: 'id', object: 'object', code: 'code', activity: 'activity' } });
    expect(rows).toMatchObject([{ object: good, code: '4820000000017', activity: '1' }, { code: '4820000000024' }]);
  });

  it('keep one property value per object and kind, answered with id 0', async () => {
    const propKind = test.control.createObject({ type: 'catalogs.propKinds', header: { name: 'Зовнішній код' } });
    const save = (strValue: string) => test.call('saveObject', { header: { id: 'informationRegisters.propValues', object: good, propKind, strValue } });
    expect([await save('a'), await save('b')]).toEqual([{ result: 'ok', id: 0 }, { result: 'ok', id: 0 }]);
    expect(await test.rows({ from: 'informationRegisters.propValues', fields: { object: 'object', strValue: 'value' } })).toMatchObject([{ object: good, value: 'b' }]);
  });
});

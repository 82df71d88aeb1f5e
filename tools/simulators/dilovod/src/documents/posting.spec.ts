import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, saleReturn, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
let second: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  second = test.control.createStorage({ name: 'Другий' });
  test.control.receive({ good, qty: 10, cost: 60 });
  test.control.receive({ good, qty: 10, cost: 80 });
});
afterEach(() => test.simulator.close());

const save = async (params: object) => (await test.call('saveObject', params)).id;
const stock = (storage: string = predefined.mainStorage) => {
  const { qty, amount } = test.control.balances().find((balance) => balance['good'] === good && balance['storage'] === storage)!;
  return [qty, amount];
};

describe('posting', () => {
  it('takes a sale out at the weighted average, and gives it back when unposted', async () => {
    const id = await save(sale([row(good, 3)]));
    expect(stock()).toEqual(['17.000', '1190.00']);
    await save({ saveType: 2, header: { id } });
    expect(stock()).toEqual(['20.000', '1400.00']);
    await save({ saveType: 1, header: { id } });
    expect(stock()).toEqual(['17.000', '1190.00']);
  });

  it('leaves no cost behind with the last piece', async () => {
    test.control.writeOff({ good, qty: 17 });
    await save(sale([row(good, 1), row(good, 2)]));
    expect(stock()).toEqual(['0.000', '0.00']);
  });

  it("uses a row's own storage where rows have one, else the header's", async () => {
    test.control.setSwitches({ saleRowStorage: 'known' });
    test.control.moveStock({ good, qty: 5, from: predefined.mainStorage, to: second });
    await save(sale([row(good, 1), row(good, 2, { storage: second })]));
    expect([stock(), stock(second)]).toEqual([['14.000', '980.00'], ['3.000', '210.00']]);
  });

  it('counts base quantities', async () => {
    await save(sale([row(good, 1, { ratio: 6 })]));
    expect(stock()[0]).toBe('14.000');
  });

  it('keeps the stock of each firm apart', async () => {
    const firm = test.control.createFirm({ name: 'Друга фірма' });
    expect(await test.refusal('saveObject', sale([row(good, 1)], { firm }))).toContain('Недостатня кількість');
  });

  it('refuses a shortage with the long message and stores nothing', async () => {
    const error = await test.refusal('saveObject', sale([row(good, 22)]));
    expect(error).toMatch(/^applicationLayerError Документ не збережено\. Недостатня кількість\. <span /);
    expect(error).toContain(`openForm({object : makeLink(${good}), target: "mini"})`);
    expect(error).toContain('>Пояс</span> | Код: 0000000001 | Артикул: AB-1 | Рахунок ');
    expect(error).toContain('Потрібно: 22 шт | Вільний залишок: 20.000 шт | Недостатньо: 2 шт.');
    expect(test.control.documents({ type: 'documents.sale' })).toEqual([]);
    expect(await test.call('saveObject', sale([row(good, 1)]))).toMatchObject({ id: '1106800000001001' });
  });

  it('names every good that is short', async () => {
    const other = test.control.createGood({ productNum: 'AB-2', name: 'М’яч' });
    const error = await test.refusal('saveObject', sale([row(good, 21), row(other, 1)]));
    expect(error.match(/Недостатньо/g)).toHaveLength(2);
  });

  it('restores the movements of a posted document when posting it again fails', async () => {
    const id = await save(sale([row(good, 3)]));
    expect(await test.refusal('saveObject', { saveType: 1, header: { id }, tableParts: { tpGoods: [row(good, 25)] } })).toContain('Недостатня кількість');
    expect([stock(), (await test.rowsOf(id))[0]!['qty']]).toEqual([['17.000', '1190.00'], '3.000']);
  });

  it('repeats a shortage as an unposted draft', async () => {
    const id = await save({ ...sale([row(good, 22)]), saveType: 0 });
    expect((await test.object(id)).header['posted']).toBe('0');
  });

  it('negativeBalances allowed lets stock go below zero', async () => {
    test.control.setSwitches({ negativeBalances: 'allowed' });
    await save(sale([row(good, 22)]));
    expect(stock()).toEqual(['-2.000', '0.00']);
  });

  it.each([['now', ''], ['document-date', 'Недостатня кількість']] as const)('shortageCheckedAt %s', async (shortageCheckedAt, refusal) => {
    test.control.setSwitches({ shortageCheckedAt });
    expect(await test.refusal('saveObject', sale([row(good, 1)], { date: '2026-01-01 10:00:00' }))).toContain(refusal);
    expect(stock()[0]).toBe(refusal === '' ? '19.000' : '20.000');
  });

  it.each([['unchanged', predefined.stateNew], ['done', predefined.stateDone]] as const)('stateOnShipment %s', async (stateOnShipment, state) => {
    test.control.setSwitches({ stateOnShipment });
    const order = await save(saleOrder([row(good, 1)], { state: predefined.stateNew }));
    await save(sale([row(good, 1)], { baseDoc: order, contract: order }));
    expect((await test.object(order)).header['state']!.id).toBe(state);
  });
});

describe('a return', () => {
  const shipped = async () => {
    const order = await save(saleOrder([row(good, 4)]));
    const shipment = await save(sale([row(good, 4)], { baseDoc: order, contract: order }));
    test.control.receive({ good, qty: 4, cost: 200 });
    return { order, shipment };
  };

  it('gives back the quantity, and the cost with which it left', async () => {
    const { order, shipment } = await shipped();
    expect(stock()).toEqual(['20.000', '1920.00']);
    await save(saleReturn([row(good, 1)], { baseDoc: shipment, contract: order }));
    expect(stock()).toEqual(['21.000', '1990.00']);
    await save(saleReturn([row(good, 3)], { baseDoc: shipment, contract: order }));
    expect(stock()).toEqual(['24.000', '2200.00']);
  });

  it.each([
    ['baseDoc', '1990.00', '2016.00'],
    ['contract', '2016.00', '1990.00'],
    ['average', '2016.00', '2016.00'],
  ] as const)('returnCostFrom %s', async (returnCostFrom, byShipment, byOrder) => {
    test.control.setSwitches({ returnCostFrom });
    const { order, shipment } = await shipped();
    const byBaseDoc = await save(saleReturn([row(good, 1)], { baseDoc: shipment }));
    expect(stock()[1]).toBe(byShipment);
    await save({ saveType: 2, header: { id: byBaseDoc } });
    await save(saleReturn([row(good, 1)], { contract: order }));
    expect(stock()[1]).toBe(byOrder);
  });

  it.each([
    ['optional', 'nothing', ''],
    ['either', 'nothing', 'baseDoc'],
    ['either', 'baseDoc', ''],
    ['either', 'contract', ''],
    ['baseDoc', 'contract', 'baseDoc'],
    ['baseDoc', 'baseDoc', ''],
    ['contract', 'baseDoc', 'contract'],
    ['contract', 'contract', ''],
    ['both-required', 'baseDoc', 'contract'],
    ['both-required', 'contract', 'baseDoc'],
    ['both-required', 'both', ''],
  ] as const)('returnLink %s with %s', async (returnLink, given, missing) => {
    test.control.setSwitches({ returnLink });
    const { order, shipment } = await shipped();
    const links = { ...(given === 'baseDoc' || given === 'both' ? { baseDoc: shipment } : {}), ...(given === 'contract' || given === 'both' ? { contract: order } : {}) };
    expect(await test.refusal('saveObject', saleReturn([row(good, 1)], links))).toEqual(missing === '' ? '' : expect.stringMatching(`^emptyRequiredReq ${missing} `));
  });

  it.each([['allowed', ''], ['refused', 'перевищує']] as const)('returnOverShipped %s', async (returnOverShipped, refusal) => {
    test.control.setSwitches({ returnOverShipped });
    const { shipment } = await shipped();
    await save(saleReturn([row(good, 3)], { baseDoc: shipment }));
    expect(await test.refusal('saveObject', saleReturn([row(good, 2)], { baseDoc: shipment }))).toContain(refusal);
    expect(stock()[0]).toBe(returnOverShipped === 'allowed' ? '25.000' : '23.000');
  });
});

import { predefined } from './predefined.js';
import { openTestBase, row, sale, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

const order = async () => (await test.object((await test.call('saveObject', saleOrder([]))).id)).header['date']!;

describe('the clock of a base', () => {
  it('is ahead of the machine, or shows a moment of its own', () => {
    const [now, ahead] = [test.control.setClock({ offsetMs: 0 }), test.control.setClock({ offsetMs: 3_600_000 })];
    const hours = (Date.parse(`${ahead.replace(' ', 'T')}Z`) - Date.parse(`${now.replace(' ', 'T')}Z`)) / 3_600_000;
    expect(Math.round(hours)).toBe(1);
    expect(test.control.setClock({ at: '2026-07-01T12:00:00Z' })).toBe('2026-07-01 15:00:00');
    expect(() => test.control.setClock({ at: 'noon' })).toThrow('no moment');
  });

  it('is that of the zone in which the base lives', async () => {
    test.control.setClock({ at: '2026-07-01T12:00:00Z' });
    expect(test.control.setClock({ zone: 'America/New_York' })).toBe('2026-07-01 08:00:00');
    expect(await order()).toMatch(/^2026-07-01 08:00:0\d$/);
    expect(() => test.control.setClock({ zone: 'Kyiv' })).toThrow('Kyiv');
    const elsewhere = test.simulator.createBase({ name: 'elsewhere', apiKeys: ['e'], zone: 'UTC' });
    expect(elsewhere.setClock({ at: '2026-07-01T12:00:00Z' })).toBe('2026-07-01 12:00:00');
  });

  it('says the same hour twice when clocks go back: what was dated before it is then in the future', async () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    const balance = (date: string) =>
      test.rows({ from: { type: 'balance', register: 'goods', date, dimensions: ['good'] }, fields: { qty: 'qty' } });
    test.control.setClock({ at: '2026-10-25T00:59:00Z' });
    test.control.receive({ good, qty: 5, cost: 1 });
    expect(await balance(test.control.setClock({}))).toEqual([{ qty: '5.000' }]);
    const anHourLater = test.control.setClock({ at: '2026-10-25T01:01:00Z' });
    expect(anHourLater).toBe('2026-10-25 03:01:00');
    expect(await balance(anHourLater)).toEqual([]);
    expect(await test.refusal('saveObject', sale([row(good, 1)]))).toContain('Недостатня кількість');
  });

  it('decides what lies in a closed period, and which day a price is of', async () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    test.control.setClock({ at: '2026-07-01T22:00:00Z' });
    test.control.closePeriod({ before: '2026-07-02' });
    expect(await test.refusal('saveObject', saleOrder([]))).toBe('');
    test.control.setClock({ zone: 'UTC' });
    expect(await test.refusal('saveObject', saleOrder([]))).toContain('закрито');
    const price = {
      header: { id: 'informationRegisters.goodsPrices', good, priceType: predefined.priceType, price: 1 },
    };
    await test.call('saveObject', price);
    expect(await test.refusal('saveObject', price)).toContain('ціна вже встановлена');
    test.control.setClock({ zone: 'Europe/Kyiv' });
    expect(await test.refusal('saveObject', price)).toBe('');
  });
});

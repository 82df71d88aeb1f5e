import { predefined } from '../base/predefined.js';
import { openTestBase, row, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let order: string;
beforeEach(async () => {
  test = await openTestBase();
  const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  order = (await test.call('saveObject', saleOrder([row(good, 2)]))).id;
});
afterEach(() => test.simulator.close());

const payment = (rows: readonly object[], header: object = {}) => ({
  saveType: 1,
  header: {
    id: 'documents.cashIn',
    date: '2026-03-05 10:00:00',
    baseDoc: order,
    firm: predefined.firm,
    person: '',
    ...header,
  },
  tableParts: { tpAnalytics: rows },
});

describe('documents.cashIn', () => {
  it('takes its amounts from tpAnalytics, whatever its header says', async () => {
    const cashAccount = test.control.createObject({ type: 'catalogs.cashAccounts', header: { name: 'Каса' } });
    const header = {
      cashAccount,
      currency: predefined.hryvnia,
      taxAccount: 1,
      amountCur: 7,
      amountCurCommission: 1,
      content: 'x',
    };
    const rows = [
      { rowNum: 1, analytics1: { id: order, pr: 'x' }, amountCur: 195.5, amountCurCommission: 4.5, vatTax: 0 },
    ];
    const { id } = await test.call('saveObject', payment(rows, header));
    const paid = await test.object(id);
    expect(paid.header).toMatchObject({
      amountCur: '195.50',
      amountCurCommission: '4.50',
      taxAccount: '1',
      posted: '1',
    });
    expect(paid.header).not.toHaveProperty('storage');
    expect(Object.keys(paid.tableParts)).toEqual(['tpAnalytics']);
    expect(test.control.documents({ type: 'documents.cashIn' })[0]!.rows).toMatchObject([{ analytics1: order }]);
    const found = {
      from: 'documents.cashIn',
      fields: { id: 'id', baseDoc: 'order' },
      filters: [{ alias: 'order', operator: 'IL', value: [order] }],
    };
    expect(await test.rows(found)).toMatchObject([{ id, order }]);
    expect(test.control.violations()).toEqual([]);
  });

  it('is refused without rows', async () => {
    expect(await test.refusal('saveObject', payment([]))).toBe('emptyRequiredReq tpAnalytics (Аналітика)');
  });

  it('has an id prefix of its own, told by listMetadata', async () => {
    const listed = await test.call<Record<string, { idPrefix: string }>>('listMetadata');
    const { id } = await test.call('saveObject', payment([{ amountCur: 1 }]));
    expect(id.slice(0, 5)).toBe(listed['documents.cashIn']!.idPrefix);
  });
});

it('getStatistic answers a list', async () => {
  const params = { type: 'partnersIntegrations', partnerAPIkey: 'x', dateFrom: '2026-01-01', dateTo: '2026-02-01' };
  expect(await test.call<unknown>('getStatistic', params)).toEqual([]);
  expect(await test.refusal('getStatistic', { type: 'weather' })).toBe('unknown statistic weather');
});

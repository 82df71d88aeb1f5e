import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, type TestBase } from '../spec-support/test-base.js';
import { connectDilovodControl } from './remote-control.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

/** As pasted from spreadsheets: JSON carries both, UTF-8 has no place for the second. */
const texts = ['Пояс\u0000', 'Пояс \ud83d', '\udc00 Пояс'];

describe.each(texts)('%j', (hostile) => {
  it('is carried in names, articles, numbers and remarks, as it is', async () => {
    const good = test.control.createGood({ name: hostile, productNum: hostile });
    const person = test.control.createPerson({ name: hostile, phone: hostile });
    test.control.renamePerson({ id: predefined.endConsumer, name: hostile });
    const header = { ...saleOrder([]).header, person, number: hostile, remark: hostile };
    const id = test.control.createDocument({ type: 'documents.saleOrder', header, rows: [row(good, 1)], post: false });
    const fields = { number: 'number', remark: 'remark', 'person.phone': 'phone', person: 'person' };
    const [read] = await test.rows({ from: 'documents.saleOrder', fields });
    expect(read).toMatchObject({ number: hostile, remark: hostile, phone: hostile, person__pr: hostile });
    expect((await test.object(id)).header['id']!.pr).toContain(hostile);
    const goods = {
      from: 'catalogs.goods',
      fields: { name: 'name', productNum: 'sku' },
      filters: [{ alias: 'sku', operator: '=', value: hostile }],
    };
    expect(await test.rows(goods)).toEqual([{ name: hostile, sku: hostile }]);
  });

  it('is carried in refusals, labels of missing fields, names of closed periods and messages', async () => {
    const good = test.control.createGood({ name: hostile });
    expect(await test.refusal('saveObject', sale([row(good, 1)]))).toContain(hostile);
    test.control.setLabel({ field: 'person', label: hostile });
    expect(await test.refusal('saveObject', saleOrder([], { person: '0' }))).toBe(
      `emptyRequiredReq person (${hostile})`,
    );
    test.control.closePeriod({ before: '2026-02-01', name: hostile });
    expect(await test.refusal('saveObject', saleOrder([], { date: '2026-01-31' }))).toContain(
      `Період ${hostile} закрито`,
    );
    test.control.addFault({ fault: { kind: 'vendor', name: 'answer', detail: { error: hostile } }, times: 1 });
    expect(await test.refusal('saveObject', saleOrder([]))).toBe(hostile);
  });

  it('comes in through the control API over HTTP too', async () => {
    const id = await connectDilovodControl(test.simulator.controlUrl).base('shop').createStorage({ name: hostile });
    expect((await test.object(id)).header['name']).toEqual({ uk: hostile, ru: hostile });
  });
});

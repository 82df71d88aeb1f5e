import { openTestBase, row, sale, saleOrder, saleReturn, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
let second: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  second = test.control.createStorage({ name: 'Другий' });
  for (const storage of [undefined, second]) test.control.receive({ good, qty: 10, cost: 60, storage });
});
afterEach(() => test.simulator.close());

const save = async (params: object) => (await test.call('saveObject', params)).id;
const rules = () => test.control.violations().map(({ rule }) => rule);

describe('dimension-write', () => {
  it.each<[object]>([
    [{ header: { id: 'catalogs.goods', name: 'x', weight: 1 } }],
    [{ header: { id: 'catalogs.goods', name: 'x', packageWeight: 1 } }],
    [saleOrder([{ unit: '0', weight: 1 }])],
    [saleOrder([{ unit: '0', dimensions: { width: 1 } }])],
  ])('%j', async (params) => {
    await test.call('saveObject', params);
    expect(rules()).toContain('dimension-write');
  });

  it('reading them is no offence', async () => {
    await test.rows({ from: { type: 'balance', register: 'goods', dimensions: ['good'] }, fields: { 'good.weight': 'weight' } });
    expect(rules()).toEqual([]);
  });
});

it('empty-document: a document saved without rows', async () => {
  await save(saleOrder([]));
  expect(rules()).toEqual(['empty-document']);
});

describe('duplicate-live-document', () => {
  it('two live orders with one key, whatever follows it', async () => {
    await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #905' }));
    await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #905 Олена' }));
    expect(test.control.violations()).toMatchObject([{ rule: 'duplicate-live-document', detail: expect.stringContaining('KeyCRM #905') }]);
  });

  it('not another number, not a key that was marked, not an update', async () => {
    const id = await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #905' }));
    await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #9051' }));
    await save(saleOrder([row(good, 1)], { remark: 'see KeyCRM #905' }));
    await save({ header: { id, remark: 'KeyCRM #905 знову' } });
    await test.call('setDelMark', { header: { id } });
    await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #905' }));
    expect(rules()).toEqual([]);
  });

  it('not two of different firms: each firm of a base may have a shop', async () => {
    const firm = test.control.createFirm({ name: 'Друга фірма' });
    await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #905' }));
    await save(saleOrder([row(good, 1)], { remark: 'KeyCRM #905', firm }));
    expect(rules()).toEqual([]);
  });

  it('two shipments from one storage, not from two', async () => {
    await save(sale([row(good, 1)], { remark: 'KeyCRM #1' }));
    await save(sale([row(good, 1)], { remark: 'KeyCRM #1', storage: second }));
    expect(rules()).toEqual([]);
    await save(sale([row(good, 1)], { remark: 'KeyCRM #1', storage: second }));
    expect(rules()).toEqual(['duplicate-live-document']);
  });

  it('two returns of one shipment, not of two', async () => {
    const shipments = [await save(sale([row(good, 1)])), await save(sale([row(good, 1)]))];
    for (const baseDoc of shipments) await save(saleReturn([row(good, 1)], { remark: 'KeyCRM #1', baseDoc }));
    expect(rules()).toEqual([]);
    await save(saleReturn([row(good, 1)], { remark: 'KeyCRM #1', baseDoc: shipments[0] }));
    expect(rules()).toEqual(['duplicate-live-document']);
  });
});

it('what people do by hand is no violation, and the log can be cleared', async () => {
  test.control.createDocument({ type: 'documents.saleOrder', header: saleOrder([]).header, rows: [], post: false });
  expect(rules()).toEqual([]);
  await save(saleOrder([]));
  test.control.clearLog();
  expect([test.control.violations(), test.control.requests()]).toEqual([[], []]);
});

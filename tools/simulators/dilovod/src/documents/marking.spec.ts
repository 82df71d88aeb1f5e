import { openTestBase, row, sale, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
  test.control.receive({ good, qty: 10, cost: 60 });
});
afterEach(() => test.simulator.close());

const save = async (params: object) => (await test.call('saveObject', params)).id;
const state = (id: string) => {
  const { posted, delMark } = test.control.documents().find((document) => document.id === id)!;
  return { posted, delMark, qty: test.control.balances()[0]!['qty'] };
};
const mark = async (id: string) => JSON.stringify(await test.call('setDelMark', { header: { id } }));

it('marks catalogs and drafts, which stay readable', async () => {
  const draft = await save({ ...sale([row(good, 2)]), saveType: 0 });
  expect([await mark(good), await mark(draft)]).toEqual(['"ok"', '"ok"']);
  expect((await test.object(good)).header['delMark']).toBe('1');
  expect(await test.rows({ from: 'catalogs.goods', fields: { id: 'id', delMark: 'mark' }, filters: [{ alias: 'mark', operator: '=', value: false }] })).toEqual([]);
});

it.each([
  ['unposts', '"ok"', { posted: false, delMark: true, qty: '10.000' }],
  ['refuses', expect.stringContaining('applicationLayerError'), { posted: true, delMark: false, qty: '8.000' }],
  ['keeps-movements', '"ok"', { posted: true, delMark: true, qty: '8.000' }],
] as const)('setDelMarkOnPosted %s', async (setDelMarkOnPosted, answer, expected) => {
  test.control.setSwitches({ setDelMarkOnPosted });
  const id = await save(sale([row(good, 2)]));
  expect(await mark(id)).toEqual(answer);
  expect(state(id)).toEqual(expected);
});

it('unposts and marks in one call, whatever a plain mark does', async () => {
  test.control.setSwitches({ setDelMarkOnPosted: 'refuses' });
  const id = await save(sale([row(good, 2)]));
  expect(await test.call('saveObject', { saveType: 2, header: { id, delMark: 1 } })).toEqual({ result: 'ok', id });
  expect(state(id)).toEqual({ posted: false, delMark: true, qty: '10.000' });
});

it('accepts delMark 0 and leaves the mark', async () => {
  const id = await save(saleOrder([row(good, 2)]));
  await mark(id);
  await mark(good);
  expect(await test.refusal('saveObject', { header: { id, delMark: 0 } })).toBe('');
  expect(await test.refusal('saveObject', { header: { id: good, delMark: 0 } })).toBe('');
  expect([state(id).delMark, (await test.object(good)).header['delMark']]).toEqual([true, '1']);
});

it.each(['unsetDeletionMark', 'setDeletionMark', 'createShipment'])('does not allow the method %s', async (method) => {
  expect(await test.call('call', { method, arguments: {} })).toEqual({ status: 'error', data: [], errorMessage: `method ${method} not allowed` });
});

it.each([['refused', 'позначено на видалення'], ['allowed', '']] as const)('postMarked %s', async (postMarked, refusal) => {
  test.control.setSwitches({ postMarked });
  const id = await save(sale([row(good, 2)]));
  await mark(id);
  expect(await test.refusal('saveObject', { saveType: 1, header: { id } })).toContain(refusal);
  expect(state(id).posted).toBe(postMarked === 'allowed');
});

describe('an order with shipments', () => {
  const shippedOrder = async () => {
    const order = await save(saleOrder([row(good, 2)]));
    return { order, shipment: await save(sale([row(good, 2)], { contract: order, baseDoc: order })) };
  };

  it.each([['allowed', '"ok"'], ['refused', expect.stringContaining('відвантаження')]] as const)('markOrderWithShipments %s', async (markOrderWithShipments, answer) => {
    test.control.setSwitches({ markOrderWithShipments });
    const { order, shipment } = await shippedOrder();
    expect(await mark(order)).toEqual(answer);
    expect(await test.refusal('saveObject', { saveType: 2, header: { id: order, delMark: 1 } })).toEqual(markOrderWithShipments === 'allowed' ? '' : expect.stringContaining('відвантаження'));
    await save({ saveType: 2, header: { id: shipment, delMark: 1 } });
    expect(await mark(order)).toBe('"ok"');
  });

  it.each([['allowed', ''], ['refused', 'відвантаження']] as const)('unpostOrderWithShipments %s', async (unpostOrderWithShipments, refusal) => {
    test.control.setSwitches({ unpostOrderWithShipments });
    const { order } = await shippedOrder();
    expect(await test.refusal('saveObject', { saveType: 2, header: { id: order } })).toContain(refusal);
    expect(state(order).posted).toBe(unpostOrderWithShipments === 'refused');
  });
});

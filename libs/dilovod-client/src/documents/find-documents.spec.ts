import { actionsOver } from '../dilovod-client.js';
import type { Exchange } from '../dilovod-http.js';
import { createPlacedSaleOrder, findDocumentsByContract, findDocumentsByKey, isLive, readDocument } from '../index.js';

const soon = { timeoutMs: 1_000 };
type Packet = { readonly action: string; readonly params: { readonly id?: string; readonly from?: string; readonly filters?: unknown; readonly limit?: { readonly offset: number } } };

/** A base that answers `request` with rows and `getObject` with objects, and writes down what it was asked. */
function baseOf({ rows, objects = {} }: { rows: unknown; objects?: Record<string, unknown> }) {
  const asked: Packet[] = [];
  const post = async (packet: object): Promise<Exchange> => {
    asked.push(packet as Packet);
    const { action, params } = packet as Packet;
    const json = action === 'request' ? rows : (objects[params.id ?? ''] ?? { error: `object with id ${params.id} not found` });
    return { kind: 'json', status: 200, json };
  };
  return { asked, client: actionsOver(post, { apiKey: 'k' }) };
}

const idsOf = (call: { answer: { kind: string; value?: readonly { id: string }[] } }): readonly string[] | undefined => call.answer.value?.map(({ id }) => id);

test('#905 is not #9051, and a key is at the beginning', async () => {
  const remarks = ['KeyCRM #905', 'KeyCRM #905 терміново', 'KeyCRM #905\nдалі', 'KeyCRM #9051', 'KeyCRM #905-2', 'дубль KeyCRM #905', ''];
  const { asked, client } = baseOf({ rows: remarks.map((remark, index) => ({ id: `110910000000100${index}`, remark, delMark: '0' })) });
  const call = await findDocumentsByKey(client, { type: 'documents.saleOrder', orderId: 905 }, soon);
  expect(idsOf(call)).toEqual(['1109100000001000', '1109100000001001', '1109100000001002']);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.params).toMatchObject({
    from: 'documents.saleOrder',
    filters: [{ alias: 'remark', operator: '%', value: 'KeyCRM #905' }, { alias: 'delMark', operator: '=', value: false }],
  });
});

test('marked documents are left out even if the base gives them', async () => {
  const { client } = baseOf({ rows: [{ id: '1', remark: 'KeyCRM #9', delMark: '1' }, { id: '2', remark: 'KeyCRM #9', delMark: '0', posted: '1', amountCur: '10.50', number: '0000000042' }] });
  expect(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 9 }, soon)).toMatchObject({ answer: { value: [{ id: '2', posted: true, amountCur: '10.5', number: '0000000042', state: null }] } });
});

test('a row without the mark or the remark is looked at as an object', async () => {
  const object = (id: string, remark: unknown, delMark: string): unknown => ({ header: { id: { id, pr: null }, remark, delMark }, tableParts: { tpGoods: [] }, misc: false });
  const objects = { 1: object('1', 'KeyCRM #9', '0'), 2: object('2', 'KeyCRM #9', '1'), 3: object('3', 'KeyCRM #91', '0') };
  const { asked, client } = baseOf({ rows: [{ id: '1', remark: 'KeyCRM #9' }, { id: '2', remark: 'KeyCRM #9' }, { id: '3' }, { id: '4' }, { id: '5', remark: 'KeyCRM #95' }], objects });
  expect(idsOf(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 9 }, soon))).toEqual(['1']);
  expect(asked.map(({ params }) => params.id ?? 'rows')).toEqual(['rows', '1', '2', '3', '4']);
});

test('a document whose remark stays hidden is a failure, never "nothing found"', async () => {
  const { client } = baseOf({ rows: [{ id: '1', delMark: '0' }], objects: { 1: { header: { id: '1', remark: '[access restricted]', delMark: '0' } } } });
  expect(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 9 }, soon)).toMatchObject({ answer: { kind: 'failed', failure: { code: 'bad-answer' } } });
});

test('a page of near misses does not hide the document behind it', async () => {
  const near = Array.from({ length: 500 }, (_, index) => ({ id: String(2_000 + index), remark: `KeyCRM #1${index}0`, delMark: '0' }));
  const asked: Packet[] = [];
  const client = actionsOver(async (packet) => {
    asked.push(packet as Packet);
    const offset = (packet as Packet).params.limit?.offset ?? 0;
    return { kind: 'json', status: 200, json: [...near, { id: '1999', remark: 'KeyCRM #1', delMark: '0' }].slice(offset, offset + 500) };
  }, { apiKey: 'k' });
  expect(idsOf(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 1 }, soon))).toEqual(['1999']);
  expect(asked.map(({ params }) => params.limit?.offset)).toEqual([undefined, 500]);
});

test('finds shipments by their order, fifty orders to a request', async () => {
  const orders = Array.from({ length: 51 }, (_, index) => String(1109100000001000 + index));
  const { asked, client } = baseOf({ rows: [{ id: '7', contract: '1109100000001000', contract__pr: 'x', delMark: '0' }, { id: '8', contract: '1109100000009999', delMark: '0' }] });
  expect(idsOf(await findDocumentsByContract(client, { type: 'documents.sale', orderDocumentIds: orders.slice(0, 1) }, soon))).toEqual(['7']);
  await findDocumentsByContract(client, { type: 'documents.sale', orderDocumentIds: orders }, soon);
  expect(asked).toHaveLength(3);
  expect(await findDocumentsByContract(client, { type: 'documents.sale', orderDocumentIds: [] }, soon)).toEqual({ answer: { kind: 'done', value: [] }, latencyMs: 0, called: false });
});

const recorded = {
  header: {
    id: { id: '1109100000001234', pr: '05.03.2026 Замовлення 0000000042' }, number: '0000000042', date: '2026-03-05 14:20:00', state: { id: '1111500000000005', pr: 'Новий' }, posted: '1', delMark: '0',
    remark: 'KeyCRM #905', person: { id: '1100100000001044', pr: 'Іван' }, storage: { id: '1100700000000001', pr: null }, baseDoc: { id: '0', pr: null }, contract: '[access restricted]', amountCur: '1199.60', placed: '1',
  },
  tableParts: {
    tpGoods: {
      18: { id: '18', rowNum: '1', good: '1100300000001235', good__pr: 'Б', qty: '1.000', price: '5.00000', priceAmount: '5.00', discount: '0.00', amountCur: '5.00', storage: '0', qtyReserve: '0.000' },
      17: { id: '17', rowNum: '2', good: '1100300000001234', unit: '1103600000000001', qty: '2.000', price: '599.95000', priceAmount: '1199.90', discount: '0.30', amountCur: '1199.60', storage: '1100700000000001', qtyReserve: '2.000' },
    },
  },
  misc: false,
};
const document = {
  id: '1109100000001234', number: '0000000042', date: '2026-03-05 14:20:00', remark: 'KeyCRM #905', state: '1111500000000005', posted: true, delMark: false, person: '1100100000001044',
  storage: '1100700000000001', baseDoc: null, contract: null, amountCur: '1199.6', placed: true,
  rows: [
    { good: '1100300000001235', unit: null, qty: '1', price: '5', priceAmount: '5', discount: '0', amountCur: '5', storage: null, qtyReserve: '0' },
    { good: '1100300000001234', unit: '1103600000000001', qty: '2', price: '599.95', priceAmount: '1199.9', discount: '0.3', amountCur: '1199.6', storage: '1100700000000001', qtyReserve: '2' },
  ],
};

test('reads a document as recorded', async () => {
  const { client } = baseOf({ rows: [], objects: { 1109100000001234: recorded, 2: { header: { id: '2', delMark: '1' }, tableParts: [] } } });
  expect(await readDocument(client, '1109100000001234', soon)).toMatchObject({ answer: { kind: 'done', value: document } });
  expect(await isLive(client, '1109100000001234', soon)).toMatchObject({ answer: { kind: 'done', value: true } });
  expect(await isLive(client, '2', soon)).toMatchObject({ answer: { kind: 'done', value: false } });
  expect(await isLive(client, '3', soon)).toMatchObject({ answer: { kind: 'done', value: false } });
});

test('a placed order comes back as the base made it; without an id nobody knows', async () => {
  const draft = { orderId: 905, date: '2026-03-05 14:20:00', firm: '1', person: '2', currency: '3', storage: '4', rows: [] };
  const created = async (data: unknown) => createPlacedSaleOrder(actionsOver(async () => ({ kind: 'json', status: 200, json: { status: 'success', data } }), { apiKey: 'k' }), draft, soon);
  expect(await created({ ...recorded, misc: null })).toMatchObject({ answer: { kind: 'done', value: document } });
  expect(await created([])).toMatchObject({ answer: { kind: 'unknown', failure: { code: 'no-id' } } });
  expect(await created({ header: { id: { id: '1109100000001234' }, posted: 'maybe' } })).toMatchObject({ answer: { kind: 'unknown', failure: { code: 'bad-answer', detail: { path: 'header.posted' } } } });
});

describe('F7: a row that cannot be read', () => {
  const row = (id: string, remark: unknown) => ({ id, remark, delMark: '0', amountCur: 'many' });
  const object = (id: string, remark: string) => ({ header: { id, remark, delMark: '0' }, tableParts: [] });

  test('is looked at as an object, and found when it is of the order', async () => {
    const { client } = baseOf({ rows: [{ id: '1', remark: 'KeyCRM #9', delMark: '0' }, row('2', 'KeyCRM #9'), row('3', ['?'])], objects: { 2: object('2', 'KeyCRM #9'), 3: object('3', 'other') } });
    expect(idsOf(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 9 }, soon))).toEqual(['1', '2']);
  });

  test('of another order hinders nobody', async () => {
    const { client } = baseOf({ rows: [{ id: '1', remark: 'KeyCRM #905', delMark: '0' }, row('2', 'KeyCRM #9051')], objects: { 2: { header: { id: '2', amountCur: 'many' }, tableParts: [] } } });
    expect(idsOf(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 905 }, soon))).toEqual(['1']);
  });

  test('of this order, in no way whatever, leaves the order unknown: it is never taken for absent', async () => {
    const { client } = baseOf({ rows: [{ id: '1', remark: 'none', delMark: '0' }, row('2', 'KeyCRM #9')], objects: { 2: { header: { id: '2', amountCur: 'many' }, tableParts: [] } } });
    expect(await findDocumentsByKey(client, { type: 'documents.sale', orderId: 9 }, soon)).toMatchObject({ answer: { kind: 'failed', failure: { code: 'bad-answer' } } });
  });
});

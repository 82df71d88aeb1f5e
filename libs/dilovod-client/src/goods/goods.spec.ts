import { actionsOver } from '../dilovod-client.js';
import { readBalances, readStockHistory, readGoods, readOrderStates, readPrices, readRecords } from '../index.js';

const soon = { timeoutMs: 1_000 };
const date = '2026-03-05 14:20:00';

/** A client whose base gives these answers in turn, the last one for ever; `asked` holds the parameters of its requests. */
function answering(...answers: readonly unknown[]) {
  const asked: Record<string, unknown>[] = [];
  const client = actionsOver(async (packet) => {
    asked.push((packet as { params: Record<string, unknown> }).params);
    return { kind: 'json', status: 200, json: answers[Math.min(asked.length, answers.length) - 1] };
  }, { apiKey: 'k' });
  return { client, asked };
}

test('balances are one request over good and storage, and firm only when asked for', async () => {
  const { client, asked } = answering({ columns: ['good', 'storage', 'qty', 'amount'], data: [['1100300000001234', '1100700000000001', '-1.500', '1200.00']] });
  expect(await readBalances(client, { date, storages: ['1100700000000001'] }, soon)).toMatchObject({
    answer: { kind: 'done', value: { rows: [{ good: '1100300000001234', storage: '1100700000000001', qty: '-1.5', amount: '1200' }], paged: false } },
  });
  expect(asked).toEqual([
    {
      from: { type: 'balance', register: 'goods', date, dimensions: ['good', 'storage'] },
      fields: { good: 'good', storage: 'storage', qty: 'qty', amount: 'amount', qtyFinal: 'qtyFinal', amountFinal: 'amountFinal' },
      filters: [{ alias: 'storage', operator: 'IL', value: ['1100700000000001'] }],
      assembleLinks: false,
    },
  ]);
  await readBalances(client, { date, firm: '1100400000001001' }, soon);
  expect(asked[1]).toMatchObject({ from: { dimensions: ['good', 'storage', 'firm'] }, filters: [{ alias: 'firm', operator: '=', value: '1100400000001001' }] });
});

test('more storages than a list may hold are picked out here, still in one request', async () => {
  const storages = Array.from({ length: 60 }, (_, index) => String(1100700000001001 + index));
  const { client, asked } = answering([{ good: '1', storage: storages[59], qty: '1' }, { good: '1', storage: '1100700000009999', qty: '5' }]);
  expect(await readBalances(client, { date, storages }, soon)).toMatchObject({ answer: { value: { rows: [{ good: '1', qty: '1', amount: null }] } } });
  expect(asked).toMatchObject([{ filters: [] }]);
});

test('a round number of rows is not believed to be all', async () => {
  const balance = (good: number) => [String(good), null, '1100700000000001', '1.000', '5.00'];
  const columns = ['good', 'sku', 'storage', 'qty', 'amount'];
  const page = (from: number, count: number) => ({ columns, data: Array.from({ length: count }, (_, index) => balance(from + index)) });
  const { client, asked } = answering(page(1, 500), page(490, 500), page(980, 20), { columns, data: [] });
  const call = await readBalances(client, { date }, soon);
  expect(call.answer).toMatchObject({ kind: 'done', value: { paged: true } });
  expect(call.answer.kind === 'done' && new Set(call.answer.value.rows.map(({ good }) => good)).size).toBe(999);
  expect(call.answer.kind === 'done' && call.answer.value.rows.length).toBe(999);
  expect(asked.map(({ limit }) => limit)).toEqual([undefined, { offset: 500, count: 500 }, { offset: 1000, count: 500 }, { offset: 0, count: 500 }]);
});

/** A base that never gives more than 500 rows, in an order of its own. */
function capped(order: (rows: readonly object[], turn: number) => readonly object[], ignoresOffset = false) {
  const all = Array.from({ length: 1_200 }, (_, index) => ({ id: String(index + 1) }));
  let turn = 0;
  return actionsOver(async (packet) => {
    const { limit } = (packet as { params: { limit?: { offset: number } } }).params;
    const offset = ignoresOffset ? 0 : (limit?.offset ?? 0);
    return { kind: 'json', status: 200, json: order(all, turn++).slice(offset, offset + 500) };
  }, { apiKey: 'k' });
}

test('pages in a changing order are gone through until no row is missing', async () => {
  const rotated = capped((rows, turn) => [...rows.slice((turn * 170) % 1_200), ...rows.slice(0, (turn * 170) % 1_200)]);
  const { answer } = await readGoods(rotated, {}, soon);
  expect(answer.kind === 'done' && new Set(answer.value.goods.map(({ id }) => id)).size).toBe(1_200);
  expect(answer).toMatchObject({ value: { paged: true } });
});

test('a round number that is all there is stays one moment', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => ({ good: String(index + 1), storage: '1', qty: '1' }));
  const { client, asked } = answering(rows, []);
  expect(await readBalances(client, { date }, soon)).toMatchObject({ answer: { kind: 'done', value: { paged: false } } });
  expect(asked).toHaveLength(2);
});

test('a round number that was all there is is not asked about again for an hour', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => ({ good: String(index + 1), storage: '1', qty: '1' }));
  const { client, asked } = answering(rows, [], rows);
  await readBalances(client, { date }, soon);
  await readBalances(client, { date: '2026-03-05 15:00:00' }, soon);
  expect(asked).toHaveLength(3);
  await readBalances(client, { date, storages: ['1'] }, soon);
  expect(asked).toHaveLength(5);
});

test('a base that ignores offsets does not keep anybody busy', async () => {
  const { answer } = await readGoods(capped((rows) => rows, true), {}, soon);
  expect(answer.kind === 'done' && answer.value.goods.length).toBe(500);
});

test('a page that fails fails the snapshot', async () => {
  const { client } = answering(Array.from({ length: 500 }, (_, index) => ({ good: String(index + 1), storage: '1', qty: '1' })), { error: 'multithreadApiSession multithread api request blocked' });
  expect(await readBalances(client, { date }, soon)).toMatchObject({ answer: { kind: 'failed', failure: { code: 'concurrent' } } });
});

test('a balance without a quantity is not read as zero', async () => {
  expect(await readBalances(answering([{ good: '1', storage: '1', amount: '5' }]).client, { date }, soon)).toMatchObject({ answer: { kind: 'failed', failure: { code: 'bad-answer', detail: { path: 'rows[0].qtyFinal' } } } });
});

test('resources may be called by their names in turnovers', async () => {
  const { client } = answering([{ good: '1', storage: '1', qtyFinal: '3.000', amountFinal: '30.00' }]);
  expect(await readBalances(client, { date }, soon)).toMatchObject({ answer: { kind: 'done', value: { rows: [{ qty: '3', amount: '30' }] } } });
});

test('goods are read whole, or by lists of fifty SKUs', async () => {
  const { client, asked } = answering({ columns: ['id', 'productNum', 'name', 'mainUnit', 'delMark', 'isGroup'], data: [['1100300000001234', '', 'Пояс', '1103600000000001', '0', '1']] });
  expect(await readGoods(client, {}, soon)).toMatchObject({ answer: { value: { paged: false, goods: [{ id: '1100300000001234', productNum: '', name: 'Пояс', mainUnit: '1103600000000001', delMark: false, isGroup: true }] } } });
  await readGoods(client, { productNums: Array.from({ length: 120 }, (_, index) => `S${index % 101}`) }, soon);
  expect(asked.map(({ filters }) => (filters as { value: string[] }[])[0]?.value.length)).toEqual([undefined, 50, 50, 1]);
});

test('prices are the last of one type, and none is not zero', async () => {
  const { client, asked } = answering([{ good: '1', sku: 'A', priceType: '1101300000001001', price: '150.00000', currency: '1101200000001001' }, { good: '2', sku: 'B', price: '' }]);
  expect(await readPrices(client, { priceType: '1101300000001001', date }, soon)).toMatchObject({ answer: { value: { rows: [{ good: '1', price: '150', currency: '1101200000001001' }, { good: '2', price: null }] } } });
  expect(asked[0]).toMatchObject({ from: { type: 'sliceLast', register: 'goodsPrices', date }, filters: [{ alias: 'priceType', operator: '=', value: '1101300000001001' }] });
});

test('order states are found by the prefix of their ids', async () => {
  const types = { 'catalogs.goods': { id: '1', idPrefix: '11003', presentation: 'Товари' }, 'catalogs.whatever': { id: '2', idPrefix: 11115, presentation: 'Стани' } };
  const { client, asked } = answering(types, [{ id: '1111500000000005', id__pr: 'Новий' }]);
  expect(await readOrderStates(client, soon)).toMatchObject({ answer: { value: [{ id: '1111500000000005', code: null, name: 'Новий', delMark: null }] } });
  expect(asked[1]).toMatchObject({ from: 'catalogs.whatever' });
  expect(await readOrderStates(answering({}).client, soon)).toMatchObject({ answer: { kind: 'rejected', failure: { code: 'no-order-states' } } });
  expect(await readRecords(answering({ error: 'Access to catalogs.firms denied, check role settings' }).client, 'catalogs.firms', soon)).toMatchObject({ answer: { kind: 'rejected', failure: { code: 'access-denied' } } });
});

test('B10: a base that does not know one table of turnovers is asked for the other, and one that knows none refuses', async () => {
  const unknown = { error: 'no such table' };
  const period = { from: '2000-01-01 00:00:00', to: '2036-12-31 23:59:59' };
  const { client, asked } = answering(unknown, [{ good: '1100300000001001' }]);
  expect(await readStockHistory(client, period, soon)).toMatchObject({ answer: { kind: 'done', value: ['1100300000001001'] } });
  expect(asked.map(({ from }) => (from as { type: string }).type)).toEqual(['balanceAndTurnover', 'turnover']);
  expect(await readStockHistory(answering(unknown).client, period, soon)).toMatchObject({ answer: { kind: 'rejected', failure: { message: 'no such table' } } });
  // One that leaves out what it does not know.
  expect(await readStockHistory(answering([{ qty: '1' }]).client, period, soon)).toMatchObject({ answer: { kind: 'rejected', failure: { code: 'history-not-shown' } } });
});

import fc from 'fast-check';
import { type ApiAnswer, decimal } from '@kds/kernel';
import { actionsOver } from './dilovod-client.js';
import { checkWritableFields, createPerson, createPlacedSaleOrder, findDocumentsByContract, findDocumentsByKey, findPersonsByPhone, isLive, readBalances, readDocument, readGoods, readOrderStates, readPrices, readRecords } from './index.js';
import { fieldsOf, listAt, reading, rowsAt } from './read-json.js';

const soon = { timeoutMs: 1_000 };

function read<T>(act: () => T): T | string {
  const answer: ApiAnswer<T> = reading('failed', act);
  return answer.kind === 'done' ? answer.value : answer.failure.message;
}

test('reads a row whatever PHP made of its values', () => {
  const fields = fieldsOf({ id: { id: '1109100000001001', pr: null }, number: 42, name: { uk: '', ru: 'Пояс' }, delMark: '0', posted: true, qty: '2.000', storage: { id: '0', pr: null }, business: '[access restricted]', state: 1111500000000005, details: [] }, 'row');
  expect(fields.id('id')).toBe('1109100000001001');
  expect(fields.text('number')).toBe('42');
  expect(fields.text('name')).toBe('Пояс');
  expect([fields.flag('delMark'), fields.flag('posted'), fields.flag('placed')]).toEqual([false, true, null]);
  expect([fields.quantity('qty'), fields.amount('absent')]).toEqual(['2', null]);
  expect([fields.reference('storage'), fields.reference('business'), fields.reference('state')]).toEqual([null, null, '1111500000000005']);
  expect([fields.text('business'), fields.text('details')]).toEqual([null, null]);
});

test('names the place of what it cannot read', () => {
  const fields = fieldsOf({ id: 'abc', qty: 'many', flag: 'perhaps', name: ['x'] }, 'rows[3]');
  expect(read(() => fields.id('id'))).toMatch(/rows\[3\]\.id: expected an id/);
  expect(read(() => fields.id('none'))).toMatch(/rows\[3\]\.none: expected an id/);
  expect(read(() => fields.amount('qty'))).toMatch(/rows\[3\]\.qty: expected a number/);
  expect(read(() => fields.flag('flag'))).toMatch(/rows\[3\]\.flag: expected a flag/);
  expect(read(() => fields.text('name'))).toMatch(/rows\[3\]\.name: expected an object/);
  expect(read(() => rowsAt([{}, 5], 'rows'))).toMatch(/rows\[1\]: expected an object/);
  expect(read(() => rowsAt('ok', 'rows'))).toMatch(/rows: expected an object/);
});

test('reads rows in all their forms', () => {
  expect(rowsAt([], 'rows')).toEqual([]);
  expect(rowsAt({}, 'rows')).toEqual([]);
  expect(rowsAt({ columns: ['id', 'name'], data: [] }, 'rows')).toEqual([]);
  expect(rowsAt({ columns: ['id', 'name'], data: [['1', 'A'], ['2']] }, 'rows')).toEqual([{ id: '1', name: 'A' }, { id: '2', name: undefined }]);
  expect(listAt({ 17: { id: '17' }, 3: { id: '3' } }, 'part')).toEqual([{ id: '3' }, { id: '17' }]);
  expect(listAt([], 'part')).toEqual([]);
});

test('mistakes of ours are not taken for bad answers', () => {
  expect(() => reading('failed', () => { throw new RangeError('ours'); })).toThrow('ours');
});

/** JSON that looks somewhat like Dilovod's, so that readers get past the first check. */
const names = fc.constantFrom('id', 'header', 'tableParts', 'tpGoods', 'data', 'columns', 'error', 'status', 'clientMessages', 'type', 'good', 'storage', 'qty', 'remark', 'delMark', 'contract', 'details', 'phones', 'pr', 'reqs', 'idPrefix', 'name', '__proto__');
const values = fc.oneof(fc.constantFrom<unknown>('1109100000001001', '0', 'KeyCRM #9', 'success', 'ok', '[access restricted]', '11115', {}, [], null, false, '1.5'), fc.jsonValue());
const json = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 5 }, values, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(names, tie('tree'), { maxKeys: 6 })),
})).tree;

test('no JSON whatever makes anything throw', async () => {
  const draft = { orderId: 9, date: '2026-03-05 14:20:00', firm: '1', person: '2', currency: '3', storage: '4', rows: [] };
  await fc.assert(
    fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 3 }), fc.constantFrom(200, 500), async (answers, status) => {
      let turn = 0;
      const client = actionsOver(async () => ({ kind: 'json', status, json: answers[turn++ % answers.length] }), { apiKey: 'k' });
      const calls = [
        client.request({ from: 'catalogs.goods', fields: { id: 'id' } }, soon),
        client.getObject('1', soon),
        client.saveObject({ header: { id: 'catalogs.persons' } }, soon),
        client.setDelMark('1', soon),
        client.call({ method: 'x', args: {} }, soon),
        client.listMetadata(soon),
        client.getMetadata('catalogs.goods', soon),
        findDocumentsByKey(client, { type: 'documents.sale', orderId: 9 }, soon),
        findDocumentsByContract(client, { type: 'documents.sale', orderDocumentIds: ['1109100000001001'] }, soon),
        readDocument(client, '1', soon),
        isLive(client, '1', soon),
        createPlacedSaleOrder(client, draft, soon),
        findPersonsByPhone(client, ['+380501112233'], soon),
        createPerson(client, { name: 'Іван', phone: '+380501112233' }, soon),
        readGoods(client, {}, soon),
        readBalances(client, { date: draft.date }, soon),
        readPrices(client, { priceType: '1', date: draft.date }, soon),
        readRecords(client, 'catalogs.firms', soon),
        readOrderStates(client, soon),
        checkWritableFields(client, { type: 'documents.sale', fields: ['remark'] }, soon),
      ];
      for (const { answer } of await Promise.all<{ answer: ApiAnswer<unknown> }>(calls)) expect(['done', 'rejected', 'failed', 'unknown']).toContain(answer.kind);
    }),
    { numRuns: 500 },
  );
});

test('nesting without end is an answer like any other', async () => {
  const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
  for (const json of [deep, { error: deep }, { columns: [deep], data: deep }, { header: deep, tableParts: { tpGoods: deep } }, Array(500).fill({ id: deep }), { clientMessages: deep }, { status: 'success', data: { header: { id: deep } } }]) {
    const client = actionsOver(async () => ({ kind: 'json', status: 200, json }), { apiKey: 'k' });
    for (const { answer } of [await readGoods(client, {}, soon), await readDocument(client, '1', soon), await createPerson(client, { name: 'x' }, soon)]) expect(answer.kind).not.toBe('done');
  }
});

test('decimals keep their digits', () => {
  expect(fieldsOf({ price: '0.10000' }, 'row').amount('price')).toBe(decimal('0.1'));
});

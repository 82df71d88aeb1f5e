import { predefined } from '../base/predefined.js';
import { openTestBase, type Rows, row, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let group: string;
let belt: string;
let ball: string;
beforeEach(async () => {
  test = await openTestBase();
  group = test.control.createGood({ name: 'Спорт', isGroup: true });
  const inner = test.control.createGood({ name: 'Йога', isGroup: true, parent: group });
  belt = test.control.createGood({ productNum: 'AB-1', name: { uk: 'Пояс', ru: 'Ремень' }, parent: inner });
  ball = test.control.createGood({ productNum: 'AB-2', name: 'М’яч великий' });
});
afterEach(() => test.simulator.close());

const goods = (filters: readonly object[], more: object = {}) =>
  test.rows({ from: 'catalogs.goods', fields: { id: 'id', productNum: 'sku', name: 'name', parent: 'group', isGroup: 'isGroup', delMark: 'mark', packageRatio: 'ratio' }, filters, ...more });
const skus = async (...filters: readonly [string, string, unknown][]) =>
  (await goods(filters.map(([alias, operator, value]) => ({ alias, operator, value })))).map(({ sku, name }) => sku || name);

describe('fields', () => {
  it('answer strings under aliases, references with their presentation, and leave unknown paths out', async () => {
    const rows = await test.rows({ from: 'catalogs.goods', fields: { id: 'id', productNum: 'sku', parent: 'group', 'parent.parent.name': 'top', 'mainUnit.shortName': 'unit', packageRatio: 'ratio', isGroup: 'isGroup', price: 'price', 'parent.nothing': 'x' }, filters: [{ alias: 'sku', operator: '=', value: 'AB-1' }] });
    expect(rows).toEqual([{ id: belt, id__pr: 'Пояс', sku: 'AB-1', group: expect.any(String), group__pr: 'Йога', top: 'Спорт', unit: 'шт', ratio: '0.0000', isGroup: '0' }]);
  });

  it('reach the document of a row through owner', async () => {
    const { id } = await test.call('saveObject', saleOrder([row(belt, 2)], { date: '2026-03-05 10:00:00' }));
    expect(await test.rows({ from: 'documents.saleOrder.tpGoods', fields: { owner: 'order', 'owner.date': 'date', 'owner.person.name': 'person', 'good.productNum': 'sku', qty: 'qty' } })).toEqual([
      { order: id, order__pr: '05.03.2026 Замовлення 0000000001', date: '2026-03-05 10:00:00', person: 'Кінцевий споживач', sku: 'AB-1', qty: '2.000' },
    ]);
  });

  it('answer id__pr under its own name, whatever alias it was given', async () => {
    expect(await test.rows({ from: 'catalogs.business', fields: { id__pr: 'name' } })).toEqual([{ id__pr: 'Основний бізнес' }]);
  });

  it('give columns and bare values without assembled links', async () => {
    const params = { from: 'catalogs.business', fields: { id: 'id', name: 'name', nothing: 'x' }, assembleLinks: false };
    expect(await test.call<object>('request', params)).toEqual({ columns: ['id', 'name'], data: [[predefined.mainBusiness, 'Основний бізнес']] });
    expect(await test.call<object>('request', { ...params, filters: [{ alias: 'name', operator: '=', value: '?' }] })).toEqual({ columns: ['id', 'name'], data: [] });
  });

  it('give every language with multilang', async () => {
    const rows = await goods([{ alias: 'sku', operator: '=', value: 'AB-1' }], { multilang: true });
    expect(rows[0]).toMatchObject({ name__uk: 'Пояс', name__ru: 'Ремень' });
    expect(rows[0]).not.toHaveProperty('name');
  });
});

describe('filters', () => {
  it.each<[string, string, unknown, readonly string[]]>([
    ['sku', '=', 'AB-1', ['AB-1']],
    ['sku', '!=', 'AB-1', ['Спорт', 'Йога', 'AB-2']],
    ['sku', '>', 'AB-1', ['AB-2']],
    ['sku', 'IL', ['AB-2', 'AB-1', 'ZZ'], ['AB-1', 'AB-2']],
    ['sku', '%', 'AB', ['AB-1', 'AB-2']],
    ['sku', '!%', 'AB', ['Спорт', 'Йога']],
    ['name', '%', 'ремень', ['AB-1']],
    ['mark', '=', false, ['Спорт', 'Йога', 'AB-1', 'AB-2']],
    ['mark', '=', 0, ['Спорт', 'Йога', 'AB-1', 'AB-2']],
    ['isGroup', '=', '1', ['Спорт', 'Йога']],
    ['group', '=', '0', ['Спорт', 'AB-2']],
    ['ratio', '<=', '0', ['Спорт', 'Йога', 'AB-1', 'AB-2']],
    ['ratio', '>', 0, []],
  ])('%s %s %j', async (alias, operator, value, expected) => {
    expect(await skus([alias, operator, value])).toEqual(expected);
  });

  it('know hierarchies', async () => {
    expect(await skus(['group', 'IH', group])).toEqual(['Йога', 'AB-1']);
    expect(await skus(['group', '!IH', Number(group)])).toEqual(['Спорт', 'AB-2']);
    expect(await skus(['id', 'ILH', [group, ball]])).toEqual(['Спорт', 'Йога', 'AB-1', 'AB-2']);
    expect(await skus(['id', '!ILH', [group]])).toEqual(['AB-2']);
    expect(await skus(['id', 'IPL', [group]])).toEqual(['Йога']);
  });

  it('must all hold, several on one alias too', async () => {
    expect(await skus(['name', '%', 'яч'], ['name', '%', 'вел'])).toEqual(['AB-2']);
    expect(await skus(['name', '%', 'яч'], ['name', '%', 'малий'])).toEqual([]);
  });

  it('compare dates with and without time', async () => {
    for (const date of ['2026-03-04 23:59:59', '2026-03-05 00:00:00', '2026-03-06 12:00:00']) await test.call('saveObject', saleOrder([row(belt, 1)], { date }));
    const since = (operator: string, value: string) => test.rows({ from: 'documents.saleOrder', fields: { id: 'id', date: 'date' }, filters: [{ alias: 'date', operator, value }] });
    expect(await since('>=', '2026-03-05')).toHaveLength(2);
    expect(await since('<', '2026-03-06 12:00:00')).toHaveLength(2);
  });

  it('are refused on what is not in fields, on unknown paths, and with unknown operators', async () => {
    const refusal = (fields: object, filter: object) => test.refusal('request', { from: 'catalogs.goods', fields, filters: [filter] });
    expect(await refusal({ id: 'id' }, { alias: 'productNum', operator: '=', value: 'x' })).toBe('filter by unknown field productNum');
    expect(await refusal({ id: 'id', colour: 'c' }, { alias: 'c', operator: '=', value: 'x' })).toBe('filter by unknown field c');
    expect(await refusal({ id: 'id' }, { alias: 'id', operator: 'LIKE', value: 'x' })).toBe('unknown operator LIKE');
    expect(await test.refusal('request', { from: 'catalogs.nothing', fields: {} })).toBe('unknown table catalogs.nothing');
  });

  it.each([['no', ['AB-1']], ['yes', []]] as const)('equalsCaseSensitive %s', async (equalsCaseSensitive, expected) => {
    test.control.setSwitches({ equalsCaseSensitive });
    expect([await skus(['sku', '=', 'ab-1']), await skus(['sku', 'IL', ['ab-1']])]).toEqual([expected, expected]);
  });

  it.each([['no', ['AB-1']], ['yes', []]] as const)('containsCaseSensitive %s', async (containsCaseSensitive, expected) => {
    test.control.setSwitches({ containsCaseSensitive });
    expect(await skus(['name', '%', 'ПОЯ'])).toEqual(expected);
  });

  it.each([['taken', ['AB-1', 'AB-2']], ['cut', ['AB-1']], ['refused', []]] as const)('longLists %s', async (longLists, expected) => {
    test.control.setSwitches({ longLists });
    const list = (count: number) => ['AB-1', ...Array.from({ length: count - 2 }, (_, index) => `S-${index}`), 'AB-2'];
    expect(await skus(['sku', 'IL', list(50)])).toEqual(['AB-1', 'AB-2']);
    const long = { from: 'catalogs.goods', fields: { productNum: 'sku' }, filters: [{ alias: 'sku', operator: 'IL', value: list(51) }] };
    if (longLists === 'refused') expect(await test.refusal('request', long)).toBe('too many values of filter sku');
    else expect((await test.rows(long)).map(({ sku }) => sku)).toEqual(expected);
  });

  it.each([['yes', ['AB-1']], ['no', []]] as const)('filterTrims %s', async (filterTrims, expected) => {
    test.control.setSwitches({ filterTrims });
    expect(await skus(['sku', '=', ' AB-1 '])).toEqual(expected);
  });
});

describe('pages', () => {
  const ids = (rows: Rows) => rows.map(({ id }) => id);

  it('come by number, or by offset and count; a top-level offset does nothing', async () => {
    const all = ids(await goods([]));
    expect(ids(await goods([], { limit: 2 }))).toEqual(all.slice(0, 2));
    expect(ids(await goods([], { limit: { offset: 1, count: 2 } }))).toEqual(all.slice(1, 3));
    expect(ids(await goods([], { limit: 2, offset: 2 }))).toEqual(all.slice(0, 2));
    expect(ids(await goods([], { limit: { offset: 10, count: 2 } }))).toEqual([]);
  });

  it.each([['none', 604], [500, 500], [5000, 604]] as const)('requestRowCap %s', async (requestRowCap, count) => {
    test.control.setSwitches({ requestRowCap });
    test.control.createGoods({ goods: Array.from({ length: 600 }, (_, index) => ({ productNum: `S-${index}`, name: 'x' })) });
    expect(await goods([], { limit: 1000 })).toHaveLength(count);
  });

  it('naturalOrder id, change and random', async () => {
    await test.call('saveObject', { header: { id: belt, printName: 'x' } });
    expect(ids(await goods([]))).toEqual([...ids(await goods([]))].sort());
    test.control.setSwitches({ naturalOrder: 'change' });
    expect(ids(await goods([])).at(-1)).toBe(belt);
    test.control.setSwitches({ naturalOrder: 'random' });
    const orders = new Set<string>();
    for (let count = 0; count < 10; count += 1) orders.add(ids(await goods([])).join());
    expect(orders.size).toBeGreaterThan(1);
  });
});

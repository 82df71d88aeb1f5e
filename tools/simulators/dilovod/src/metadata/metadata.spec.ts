import { openTestBase, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

interface Metadata {
  readonly name: string;
  readonly idPrefix: string;
  readonly reqs: Readonly<Record<string, { valueType: string }>>;
  readonly dimensions?: object;
  readonly resources?: object;
}
type Listed = Readonly<Record<string, { id: string; idPrefix: string; presentation: string }>>;

it('listMetadata names every type with id, prefix and presentation', async () => {
  const listed = await test.call<Listed>('listMetadata', { lang: 'uk' });
  expect(listed['catalogs.goods']).toEqual({ id: expect.stringMatching(/^\d{16}$/), idPrefix: '11003', presentation: 'Товари' });
  expect(Object.keys(listed)).toEqual(expect.arrayContaining(['documents.saleReturn', 'informationRegisters.barCodes', 'balanceRegisters.goods', 'accumulationRegisters.saleOrderControl']));
});

it('getMetadata describes a type by name or id, and registers with dimensions and resources', async () => {
  const goods = await test.call<Metadata>('getMetadata', { objectName: 'catalogs.goods' });
  expect(goods).toMatchObject({ name: 'catalogs.goods', idPrefix: '11003', hierarchyType: 'groupsAndItems' });
  expect(goods.reqs['accPolicy']!.valueType).toBe('catalogs.goodsAccPolicies');
  const listed = await test.call<Listed>('listMetadata');
  expect((await test.call<Metadata>('getMetadata', { objectId: listed['documents.sale']!.id })).name).toBe('documents.sale');
  const register = await test.call<Metadata>('getMetadata', { objectName: 'balanceRegisters.goods' });
  expect([Object.keys(register.dimensions!), Object.keys(register.resources!)]).toEqual([
    ['good', 'storage', 'firm', 'currency', 'account', 'goodPart'],
    ['qty', 'amount', 'amountCur', 'saleAmountCur', 'saleQty'],
  ]);
  expect(await test.refusal('getMetadata', { objectName: 'documents.inventory' })).toBe('unknown object type documents.inventory');
});

it.each(['catalogs.goodsDocStates', 'catalogs.saleOrderStates'] as const)('orderStatesType %s is found by its prefix', async (orderStatesType) => {
  const control = test.simulator.createBase({ name: 'other', apiKeys: ['other'], switches: { orderStatesType } });
  const id = control.createState({ name: 'Відвантаження по замовленню' });
  expect(id).toBe('1111500000001001');
  expect(control.objects({ type: orderStatesType })).toHaveLength(5);
  expect(() => control.setSwitches({ orderStatesType: orderStatesType === 'catalogs.goodsDocStates' ? 'catalogs.saleOrderStates' : 'catalogs.goodsDocStates' })).toThrow('fixed');
});

it('a renamed attribute keeps its values, and the old name is unknown from then on', async () => {
  const method = test.control.createObject({ type: 'catalogs.deliveryMethods', header: { name: 'Нова пошта' } });
  const { id } = await test.call('saveObject', saleOrder([], { deliveryMethod: method }));
  const [from, to] = ['deliveryMethod', 'deliveryMethod_forDel'];
  test.control.renameField({ from: from!, to: to! });
  expect((await test.object(id)).header[to!]).toEqual({ id: method, pr: 'Нова пошта' });
  expect(await test.refusal('saveObject', { header: { id, [from!]: method } })).toContain(`header.${from}:`);
  expect(await test.refusal('saveObject', { header: { id, [to!]: method } })).toBe('');
  expect(await test.rows({ from: 'documents.saleOrder', fields: { [from!]: 'old', [to!]: 'new' } })).toEqual([{ new: method, new__pr: 'Нова пошта' }]);
  expect(Object.keys((await test.call<Metadata>('getMetadata', { objectName: 'documents.saleOrder' })).reqs)).toContain(to);
  test.control.renameField({ from: to!, to: from! });
  expect((await test.object(id)).header).toHaveProperty(from!);
});

it.each([['absent', undefined], ['described', ['discount', 'accGood']]] as const)('metadataTableParts %s', async (metadataTableParts, fields) => {
  test.control.setSwitches({ metadataTableParts });
  const { tableParts } = await test.call<{ tableParts?: Record<string, Metadata> }>('getMetadata', { objectName: 'documents.sale' });
  const rows = tableParts && Object.keys(tableParts['tpGoods']!.reqs);
  if (fields === undefined) expect(rows).toBeUndefined();
  else expect(rows).toEqual(expect.arrayContaining([...fields]));
  if (fields !== undefined) expect(rows).not.toContain('storage');
});

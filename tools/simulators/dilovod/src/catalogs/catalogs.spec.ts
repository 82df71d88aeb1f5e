import { openTestBase, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

const details = JSON.stringify({ phones: [{ pr: '+380 (50) 111-22-33', kind: 'phone' }], emails: [{ pr: 'a@b.ua', kind: 'email' }] });
const person = (header: object) => ({ header: { id: 'catalogs.persons', name: { uk: 'Шевченко Ганна' }, ...header } });
const byPhone = (value: string) => test.rows({ from: 'catalogs.persons', fields: { id: 'id', phone: 'phone', email: 'email' }, filters: [{ alias: 'phone', operator: '=', value }] });

describe('a person', () => {
  it('has the phone and e-mail of its details', async () => {
    const { id } = await test.call('saveObject', person({ details }));
    expect(await byPhone('+380 (50) 111-22-33')).toEqual([{ id, id__pr: 'Шевченко Ганна', phone: '+380 (50) 111-22-33', email: 'a@b.ua' }]);
    expect(await byPhone('380501112233')).toEqual([]);
  });

  it('has the phone that was set directly', async () => {
    await test.call('saveObject', person({ details, phone: '0501112233' }));
    expect(await byPhone('0501112233')).toHaveLength(1);
  });

  it('keeps its phone when something else is changed', async () => {
    const { id } = await test.call('saveObject', person({ details }));
    await test.call('saveObject', { header: { id, taxCode: '1' } });
    expect((await test.object(id)).header).toMatchObject({ phone: '+380 (50) 111-22-33', taxCode: '1', name: { uk: 'Шевченко Ганна', ru: 'Шевченко Ганна' } });
  });

  it('needs a name, and details that are JSON', async () => {
    expect(await test.refusal('saveObject', person({ name: '' }))).toBe('emptyRequiredReq name (Назва)');
    expect(await test.refusal('saveObject', person({ details: 'phone: 1' }))).toContain('header.details');
  });

  it('has no attribute that nobody has seen', async () => {
    expect(await test.refusal('saveObject', person({ remark: 'VIP' }))).toBe('cant set value of header.remark: bad value, or field doesnt exist');
  });

  it('may exist twice with one phone', async () => {
    await test.call('saveObject', person({ phone: '0501112233' }));
    await test.call('saveObject', person({ phone: '0501112233' }));
    expect(await byPhone('0501112233')).toHaveLength(2);
  });

  it.each([['yes', ''], ['no', 'cant set value of header.phone: bad value, or field doesnt exist']] as const)('personContactsWritable %s', async (personContactsWritable, refusal) => {
    test.control.setSwitches({ personContactsWritable });
    expect(await test.refusal('saveObject', person({ details, phone: '0501112233' }))).toBe(refusal);
    expect(await byPhone('0501112233')).toHaveLength(personContactsWritable === 'yes' ? 1 : 0);
    expect(await test.refusal('saveObject', person({ details }))).toBe('');
    expect(test.control.createPerson({ name: 'Ганна', phone: '0671112233' })).toMatch(/^11001/);
  });

  it.each([['entered', '+380 (50) 111-22-33'], ['digits', '380501112233']] as const)('phoneStoredAs %s', async (phoneStoredAs, phone) => {
    test.control.setSwitches({ phoneStoredAs });
    await test.call('saveObject', person({ details }));
    expect(await byPhone(phone)).toHaveLength(1);
  });
});

describe('a good', () => {
  const good = (productNum: string) => ({ header: { id: 'catalogs.goods', name: 'Пояс', productNum } });

  it.each([['no', ''], ['yes', 'productNum']] as const)('productNumUnique %s', async (productNumUnique, refusal) => {
    test.control.setSwitches({ productNumUnique });
    const { id } = await test.call('saveObject', good('AB-1'));
    expect(await test.refusal('saveObject', good('AB-1'))).toContain(refusal);
    expect(await test.refusal('saveObject', { header: { id, productNum: 'AB-1' } })).toBe('');
  });

  it('gets a code of ten digits', async () => {
    const { id } = await test.call('saveObject', good('AB-1'));
    expect((await test.object(id)).header['code']).toBe('0000000001');
  });
});

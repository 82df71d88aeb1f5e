import { openTestBase, row, sale, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

const details = JSON.stringify({
  phones: [{ pr: '+380 (50) 111-22-33', kind: 'phone' }],
  emails: [{ pr: 'a@b.ua', kind: 'email' }],
});
const person = (header: object) => ({ header: { id: 'catalogs.persons', name: { uk: 'Шевченко Ганна' }, ...header } });

describe('phones in details', () => {
  const two = JSON.stringify({
    phones: [
      { pr: '+380 (50) 111-22-33', kind: 'phone' },
      { pr: '067 1112233', kind: 'phone' },
    ],
  });
  const byDetails = (value: string) =>
    test.rows({
      from: 'catalogs.persons',
      fields: { id: 'id', details: 'details' },
      filters: [{ alias: 'details', operator: '%', value }],
    });

  it.each([
    ['first', '+380 (50) 111-22-33'],
    ['joined', '+380 (50) 111-22-33,067 1112233'],
  ] as const)('personPhone %s', async (personPhone, phone) => {
    test.control.setSwitches({ personPhone });
    const { id } = await test.call('saveObject', person({ details: two }));
    expect((await test.object(id)).header).toMatchObject({ phone, details: two });
    await test.call('saveObject', { header: { id, details: '' } });
    expect((await test.object(id)).header['phone']).toBe('');
  });

  it.each([
    ['works', 1],
    ['matches-nothing', 0],
  ] as const)('detailsFilter %s', async (detailsFilter, count) => {
    test.control.setSwitches({ detailsFilter });
    await test.call('saveObject', person({ details: two }));
    expect(await byDetails('067 1112233')).toHaveLength(count);
    await test.call('saveObject', saleOrder([], { details: '067 1112233' }));
    const orders = {
      from: 'documents.saleOrder',
      fields: { details: 'd' },
      filters: [{ alias: 'd', operator: '%', value: '067' }],
    };
    expect(await test.rows(orders)).toHaveLength(1);
  });
});

describe('by hand, a person', () => {
  it('is renamed, and gets phones', async () => {
    const id = test.control.createPerson({ name: 'Ганна', details });
    test.control.renamePerson({ id, name: 'Ганна Шевченко' });
    test.control.addPhone({ id, phone: '067-1' });
    const { header } = await test.object(id);
    expect(header).toMatchObject({ name: { uk: 'Ганна Шевченко' }, phone: '+380 (50) 111-22-33', email: 'a@b.ua' });
    expect(JSON.parse(header['details']!)).toMatchObject({
      phones: [{ pr: '+380 (50) 111-22-33' }, { pr: '067-1' }],
      emails: [{ pr: 'a@b.ua' }],
    });
    test.control.setPhones({ id, phones: ['050'] });
    expect((await test.object(id)).header['phone']).toBe('050');
    expect(() => test.control.renamePerson({ id: '1100100000009999', name: 'x' })).toThrow('not found');
  });

  it('is merged into another, whom documents then name', async () => {
    const [survivor, merged] = [
      test.control.createPerson({ name: 'Ганна' }),
      test.control.createPerson({ name: 'Аня' }),
    ];
    const { id } = await test.call('saveObject', saleOrder([], { person: merged, contact: merged }));
    test.control.mergePersons({ survivor, merged });
    const { header } = await test.object(id);
    expect([header['person']!.id, header['contact']!.id, header['version']]).toEqual([survivor, survivor, '2']);
    expect([(await test.object(merged)).header['delMark'], (await test.object(survivor)).header['delMark']]).toEqual([
      '1',
      '0',
    ]);
    expect(() => test.control.mergePersons({ survivor, merged: id })).toThrow('No person');
  });
});

describe('by hand, a good', () => {
  it('is renamed, gets another article, and stands in a group', async () => {
    const parent = test.control.createGroup({ name: 'Йога' });
    const id = test.control.createGood({ name: 'Пояс', productNum: 'AB-1', parent });
    test.control.renameGood({ good: 'AB-1', name: 'Ремінь' });
    test.control.setProductNum({ good: id, productNum: 'AB-2' });
    expect((await test.object(id)).header).toMatchObject({
      name: { uk: 'Ремінь' },
      productNum: 'AB-2',
      parent: { id: parent },
    });
    expect((await test.object(parent)).header['isGroup']).toBe('1');
  });

  it('is a service: it is sold without stock, and never has a row there', async () => {
    const service = test.control.createService({ name: 'Пакування', productNum: 'SRV' });
    const { id } = await test.call('saveObject', sale([row(service, 3)]));
    expect((await test.object(id)).header['posted']).toBe('1');
    expect(test.control.balances()).toEqual([]);
  });

  it('is a kit: it names its parts, and has stock only when it was received', async () => {
    test.control.createGood({ name: 'Пояс', productNum: 'AB-1' });
    const kit = test.control.createKit({ name: 'Набір', productNum: 'KIT', rows: [{ good: 'AB-1', qty: 2 }] });
    expect(await test.rowsOf(kit)).toMatchObject([{ good__pr: 'Пояс', qty: '2.000' }]);
    expect(await test.refusal('saveObject', sale([row(kit, 1)]))).toContain('Недостатня кількість');
  });
});

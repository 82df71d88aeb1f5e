import { predefined } from '../base/predefined.js';
import { openTestBase, row, sale, saleOrder, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
let good: string;
beforeEach(async () => {
  test = await openTestBase();
  good = test.control.createGood({ productNum: 'AB-1', name: { uk: 'Пояс', ru: 'Пояс ру' } });
  test.control.receive({ good, qty: 10, cost: 60 });
});
afterEach(() => test.simulator.close());

const order = (header: object = {}) => saleOrder([row(good, 2)], header);
const save = async (params: object) => (await test.call('saveObject', params)).id;
const state = (id: string) => test.control.documents().find((document) => document.id === id)!;

describe('saveObject', () => {
  it('gives ids by class prefix and serial from 1001, and numbers of ten digits', async () => {
    expect(await test.call('saveObject', order())).toEqual({ result: 'ok', id: '1109100000001001' });
    expect(await test.call('saveObject', order())).toEqual({ result: 'ok', id: '1109100000001002' });
    expect(state('1109100000001002').number).toBe('0000000002');
    expect(good).toBe('1100300000001001');
  });

  it('changes only the header attributes that are sent, and counts versions', async () => {
    const id = await save(order({ remark: 'KeyCRM #1' }));
    await save({ header: { id, state: predefined.stateSent } });
    const { header } = await test.object(id);
    expect(header).toMatchObject({ remark: 'KeyCRM #1', version: '2', state: { id: predefined.stateSent, pr: 'Відправлено' } });
    expect(await test.rowsOf(id)).toHaveLength(1);
  });

  it('replaces a table part, given as list or as object', async () => {
    const id = await save(order());
    await save({ saveType: 1, header: { id }, tableParts: { tpGoods: { a: row(good, 1), b: row(good, 3) } } });
    expect((await test.rowsOf(id)).map(({ rowNum, qty }) => [rowNum, qty])).toEqual([['1', '1.000'], ['2', '3.000']]);
  });

  it('takes references as text, number or object, and numbers and flags as text', async () => {
    const id = await save(saleOrder([row(good, '2', { price: '99.5' })], { firm: Number(predefined.firm), person: { id: predefined.endConsumer, pr: 'x', phone: '1' }, taxAccount: 'true' }, 1));
    expect((await test.object(id)).header).toMatchObject({ firm: { id: predefined.firm }, person: { id: predefined.endConsumer }, taxAccount: '1', amountCur: '199.00' });
  });

  it.each([
    ['an unknown attribute', { remoteId: '7' }, 'remoteId'],
    ['a reference of another class', { firm: predefined.endConsumer }, 'firm'],
    ['a reference to nothing', { person: '1100100000009999' }, 'person'],
    ['a date with a T', { date: '2026-03-05T14:20:00' }, 'date'],
    ['text for a number', { amountCur: 'many' }, 'amountCur'],
    ['the old name of a renamed attribute', { deliveryMethod_forDel: '0' }, 'deliveryMethod_forDel'],
    ['a currency that does not exist', { currency: '1101200000009999' }, 'currency'],
    ['a reference where a flag stands', { taxAccount: '1119000000000281' }, 'taxAccount'],
  ])('refuses %s', async (_what, header, field) => {
    expect(await test.call('saveObject', order(header))).toEqual({ error: `cant set value of header.${field}: bad value, or field doesnt exist`, clientMessages: [] });
    expect(test.control.documents({ type: 'documents.saleOrder' })).toEqual([]);
  });

  it('accepts a person as a storage', async () => {
    expect(await test.refusal('saveObject', order({ storage: predefined.endConsumer }))).toBe('');
  });

  it('refuses an unknown id, and a bad saveType', async () => {
    expect(await test.refusal('saveObject', { header: { id: '1109100000009999' } })).toBe('object with id 1109100000009999 not found');
    expect(await test.refusal('saveObject', { header: { id: 'documents.nothing' } })).toBe('object with id documents.nothing not found');
    expect(await test.refusal('saveObject', { ...order(), saveType: 7 })).toBe('bad saveType 7');
  });
});

describe('required attributes', () => {
  it.each(['firm (Фірма)', 'person (Контрагент)', 'currency (Валюта)', 'storage (Місце зберігання)', 'business (Бізнес)'])('an order demands %s', async (entry) => {
    test.control.setSwitches({ businessRequired: 'yes', orderWithoutStorage: 'refused' });
    expect(await test.refusal('saveObject', order({ [entry.split(' ')[0]!]: '0' }))).toBe(`emptyRequiredReq ${entry}`);
  });

  it('a shipment demands docMode, and business for its movements', async () => {
    test.control.setSwitches({ businessRequired: 'yes' });
    expect(await test.refusal('saveObject', sale([row(good, 1)], { docMode: null, business: null }))).toBe(
      'emptyRequiredReq docMode (Вид операції)|balanceRegisters.goods (Складські запаси)|business (Бізнес)',
    );
  });

  it('rows demand good, unit and qty', async () => {
    expect(await test.refusal('saveObject', saleOrder([{ price: 5 }]))).toBe('emptyRequiredReq good (Товар)|unit (Одиниця виміру)|qty (Кількість)');
  });

  it('a storage in every row stands for one in the header', async () => {
    test.control.setSwitches({ orderWithoutStorage: 'refused' });
    const inRow = row(good, 1, { storage: predefined.mainStorage });
    expect(await test.refusal('saveObject', saleOrder([inRow], { storage: '0' }))).toBe('');
    expect(await test.refusal('saveObject', saleOrder([inRow, row(good, 1)], { storage: '0' }))).toContain('storage');
  });

  it.each([['yes', 'emptyRequiredReq business (Бізнес)'], ['no', '']] as const)('businessRequired %s', async (businessRequired, refusal) => {
    test.control.setSwitches({ businessRequired });
    expect(await test.refusal('saveObject', order({ business: '0' }))).toBe(refusal);
  });

  it.each([['yes', 'emptyRequiredReq person (Контрагент)'], ['no', '']] as const)('draftsNeedRequired %s', async (draftsNeedRequired, refusal) => {
    test.control.setSwitches({ draftsNeedRequired });
    expect(await test.refusal('saveObject', { ...order({ person: '0' }), saveType: 0 })).toBe(refusal);
    expect(await test.refusal('saveObject', order({ person: '0' }))).toContain('emptyRequiredReq');
  });
});

describe('switches of saving', () => {
  it.each([
    ['keep', [true, '8.000']],
    ['repost', [true, '5.000']],
    ['unpost', [false, '10.000']],
  ] as const)('saveType0OnPosted %s', async (saveType0OnPosted, expected) => {
    test.control.setSwitches({ saveType0OnPosted });
    const id = await save(sale([row(good, 2)]));
    await save({ saveType: 0, header: { id }, tableParts: { tpGoods: [row(good, 5)] } });
    expect([state(id).posted, test.control.balances()[0]!['qty']]).toEqual(expected);
  });

  it.each([['yes', true], ['no', false]] as const)('postedByHeaderFlag %s', async (postedByHeaderFlag, posted) => {
    test.control.setSwitches({ postedByHeaderFlag });
    expect(state(await save({ ...order({ posted: 1 }), saveType: 0 })).posted).toBe(posted);
  });

  it.each([['yes', 'applicationLayerError'], ['no', '']] as const)('numberUnique %s', async (numberUnique, refusal) => {
    test.control.setSwitches({ numberUnique });
    await save(order({ number: 'K-1' }));
    expect(await test.refusal('saveObject', order({ number: 'K-1' }))).toContain(refusal);
    expect(test.control.documents({ type: 'documents.saleOrder' })).toHaveLength(numberUnique === 'yes' ? 1 : 2);
  });

  it.each([['yes', 'K-1'], ['no', '0000000001']] as const)('explicitNumberKept %s', async (explicitNumberKept, number) => {
    test.control.setSwitches({ explicitNumberKept });
    expect(state(await save(order({ number: 'K-1' }))).number).toBe(number);
  });

  it.each([['zero-padded', '0000000001'], ['firm-prefix', 'НР00000001']] as const)('automaticNumbers %s', async (automaticNumbers, number) => {
    test.control.setSwitches({ automaticNumbers });
    expect(state(await save(order())).number).toBe(number);
  });

  it.each([['new', false], ['kept', true]] as const)('tablePartRowIds %s', async (tablePartRowIds, same) => {
    test.control.setSwitches({ tablePartRowIds });
    const id = await save(order());
    const [before] = await test.rowsOf(id);
    await save({ saveType: 1, header: { id }, tableParts: { tpGoods: { [before!['id']!]: { ...before, qty: '3' } } } });
    const [after] = await test.rowsOf(id);
    expect(after!['qty']).toBe('3.000');
    expect(after!['id'] === before!['id']).toBe(same);
  });

  it.each([
    ['missing', ['200.00', '150.00', '2.000'], '150.00'],
    ['always', ['200.00', '190.00', '2.000'], '190.00'],
    ['never', ['0.00', '150.00', '0.000'], '150.00'],
  ] as const)('amountsRecalculated %s', async (amountsRecalculated, [priceAmount, amountCur, baseQty], total) => {
    test.control.setSwitches({ amountsRecalculated });
    const id = await save(saleOrder([row(good, 2, { discount: 10, amountCur: 150 })]));
    expect((await test.rowsOf(id))[0]).toMatchObject({ priceAmount, amountCur, baseQty });
    expect((await test.object(id)).header['amountCur']).toBe(total);
  });

  it('amountsRecalculated never keeps a total that was sent', async () => {
    test.control.setSwitches({ amountsRecalculated: 'never' });
    expect((await test.object(await save(order({ amountCur: 7 })))).header['amountCur']).toBe('7.00');
  });

  it.each([['refused', 'закрито'], ['accepted', '']] as const)('closedPeriodWrites %s', async (closedPeriodWrites, refusal) => {
    test.control.setSwitches({ closedPeriodWrites });
    const id = await save(order({ date: '2026-01-31 10:00:00' }));
    test.control.closePeriod({ before: '2026-02-01' });
    expect(await test.refusal('saveObject', order({ date: '2026-01-31 23:59:59' }))).toContain(refusal);
    expect(await test.refusal('saveObject', { header: { id, date: '2026-02-05' } })).toContain(refusal);
    expect(String((await test.call<{ error?: string }>('setDelMark', { header: { id } })).error ?? '')).toContain(refusal);
    expect(await test.refusal('saveObject', order({ date: '2026-02-01' }))).toBe('');
  });
});

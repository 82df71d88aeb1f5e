import { predefined } from '../base/predefined.js';
import { key, openTestBase, post, row, sale, saleOrder, type TestBase } from '../spec-support/test-base.js';
import { connectDilovodControl } from './remote-control.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

describe('over HTTP', () => {
  it('creates bases that share nothing, with predefined objects', async () => {
    const remote = connectDilovodControl(test.simulator.controlUrl);
    const base = await remote.createBase({ name: 'друга', apiKeys: [{ name: 'node', key: 'other-key' }], switches: { numberUnique: 'yes' }, latencyMs: 1 });
    const good = await base.createGood({ productNum: 'Z-1', name: 'Інше' });
    await base.receive({ good: 'Z-1', qty: '2.5', cost: '10.10' });
    expect(await base.balances()).toEqual([expect.objectContaining({ good, storage: predefined.mainStorage, firm: predefined.firm, qty: '2.500', amount: '25.25' })]);
    expect((await base.switches()).numberUnique).toBe('yes');
    const states = { from: 'catalogs.goodsDocStates', fields: { id: 'id', name: 'name' } };
    const answer = (await (await post(test.simulator.baseUrl, 'request', states, { key: 'other-key' })).json()) as { id: string }[];
    expect(answer.map(({ id }) => id)).toEqual([predefined.stateNew, predefined.stateDone, predefined.stateCancelled, predefined.stateSent]);
    expect(await base.requests({ since: 0 })).toMatchObject([{ account: 'друга', request: { key: 'node' } }]);
    expect(test.control.objects({ type: 'catalogs.goods' })).toEqual([]);
    expect(await (await fetch(`${test.simulator.controlUrl}/bases`)).json()).toEqual({ result: ['shop', 'друга'] });
  });

  it('answers 400 with the reason for what it cannot do', async () => {
    const remote = connectDilovodControl(test.simulator.controlUrl);
    const base = remote.base('shop');
    await expect(remote.createBase({ name: 'shop', apiKeys: [] })).rejects.toThrow('Base shop exists already');
    await expect(remote.createBase({ name: 'third', apiKeys: [key] })).rejects.toThrow('Key key-1 opens another base already');
    await expect(remote.base('nobody').violations()).rejects.toThrow('No base nobody');
    await expect(base.setSwitches({ numberUnique: 'maybe' } as never)).rejects.toThrow('numberUnique is one of yes, no');
    await expect(base.receive({ good: 'NOPE', qty: 1, cost: 1 })).rejects.toThrow('No good NOPE');
    await expect(base.createObject({ type: 'catalogs.persons', header: { colour: 1 } })).rejects.toThrow('cant set value of header.colour');
    const nonsense = await fetch(`${test.simulator.controlUrl}/bases/shop/constructor`);
    expect([nonsense.status, await nonsense.json()]).toEqual([400, { error: expect.stringContaining('No verb constructor; there are createObject') }]);
  });
});

describe('by hand', () => {
  it('receives, writes off, moves and prices', () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    const storage = test.control.createStorage({ name: 'Другий' });
    test.control.receive({ good, qty: 10, cost: 60 });
    test.control.writeOff({ good: 'AB-1', qty: 1 });
    test.control.moveStock({ good, qty: 4, from: predefined.mainStorage, to: storage });
    expect(test.control.balances().map(({ qty, amount }) => [qty, amount])).toEqual([['5.000', '300.00'], ['4.000', '240.00']]);
    test.control.setPrice({ good, price: 100 });
    test.control.setPrice({ good, price: 110 });
    expect(test.control.prices()).toMatchObject([{ good, price: '110.00000', priceType: predefined.priceType }]);
    expect(() => test.control.writeOff({ good, qty: 6 })).toThrow('Недостатня кількість');
  });

  it('edits, unposts, posts, marks and unmarks documents', async () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    test.control.receive({ good, qty: 10, cost: 60 });
    const { id } = await test.call('saveObject', sale([row(good, 1)], { remark: 'KeyCRM #1' }));
    const state = () => test.control.documents({ type: 'documents.sale' })[0]!;
    test.control.editDocument({ id, header: { remark: 'інше' }, rows: [row(good, 4)] });
    expect([state().remark, state().posted, state().rows.length, test.control.balances()[0]!['qty']]).toEqual(['інше', true, 1, '6.000']);
    test.control.unpostDocument({ id });
    expect([state().posted, test.control.balances()[0]!['qty']]).toEqual([false, '10.000']);
    test.control.postDocument({ id });
    test.control.mark({ id });
    expect([state().delMark, state().posted]).toEqual([true, false]);
    test.control.unmark({ id });
    expect(state().delMark).toBe(false);
    const draft = test.control.createDocument({ type: 'documents.sale', header: sale([]).header, rows: [row(good, 1)], post: false });
    expect(test.control.documents().find((document) => document.id === draft)).toMatchObject({ posted: false, delMark: false, number: '0000000002' });
  });

  it('deletes for good what is marked, and nothing else', async () => {
    const good = test.control.createGood({ productNum: 'AB-1', name: 'Пояс' });
    test.control.receive({ good, qty: 10, cost: 60 });
    test.control.setSwitches({ setDelMarkOnPosted: 'keeps-movements' });
    const { id } = await test.call('saveObject', sale([row(good, 1)]));
    expect(() => test.control.remove({ id })).toThrow('not marked');
    test.control.mark({ id });
    test.control.remove({ id });
    expect(await test.refusal('getObject', { id })).toBe(`object with id ${id} not found`);
    expect(await test.rows({ from: 'documents.sale', fields: { id: 'id' } })).toEqual([]);
    expect(test.control.balances()[0]!['qty']).toBe('10.000');
    expect((await test.call('saveObject', sale([row(good, 1)]))).id).not.toBe(id);
  });

  it('sets the clock, by which documents are dated', async () => {
    test.control.setClock({ offsetMs: 365 * 24 * 3_600_000 });
    const { id } = await test.call('saveObject', saleOrder([]));
    const date = String((await test.object(id)).header['date']);
    expect(date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(Number(date.slice(0, 4)) - new Date().getFullYear()).toBeGreaterThanOrEqual(1);
  });
});

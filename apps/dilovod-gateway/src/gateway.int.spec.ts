import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandConsumer, type CommandMessage, commandSubject, type DilovodCommand, type DilovodHint, eventSubjects, listedDocumentMembers, type OutcomeMessage, type ResultOf } from '@kds/contracts';
import { type BaseControl, type DilovodSimulator, predefined, startDilovodSimulator } from '@kds/dilovod-simulator';
import type { RunningGateway } from '@kds/gateway';
import { decimal } from '@kds/kernel';
import { Bus } from '@kds/messaging';
import type { DocumentRow, SaleOrderDraft, CreateSaleOrder, PersonWanted } from '@kds/sync-domain';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { startDilovodGateway } from './start-dilovod-gateway.js';

let servers: TestServers;
let simulator: DilovodSimulator;
let base: BaseControl;
let bus: Bus;
let directory: string;
let gateway: RunningGateway;
let secondStorage: string;
let belt: string;
let person: string;
let orderId = 9050;
let attempts = 0;
const heard: { readonly subject: string; readonly body: unknown }[] = [];

beforeAll(async () => {
  servers = await startTestServers();
  simulator = await startDilovodSimulator();
  base = simulator.createBase({ name: 'yoga', apiKeys: ['dilovod-key'] });
  secondStorage = base.createStorage({ name: 'Другий склад' });
  belt = base.createGood({ name: 'Пояс', productNum: 'BRYBPB' });
  for (const storage of [predefined.mainStorage, secondStorage]) base.receive({ good: belt, qty: '100', cost: '40', storage });
  person = base.createPerson({ name: 'Олена Коваль', phone: '067 123 45 67', email: 'olena@example.com' });
  bus = await Bus.connect({ url: servers.natsUrl, name: 'test' });
  bus.connection.subscribe('kds.evt.>', { callback: (_error, message) => void heard.push({ subject: message.subject, body: message.json() }) });
  directory = await mkdtemp(join(tmpdir(), 'kds-tenants-'));
  await writeFile(join(directory, 'yoga-shop.yaml'), manifests(simulator.baseUrl));
  await send({ kind: 'read-goods', articles: null }, { attempt: '1' });
  (await (await bus.consumer(commandConsumer('dilovod', '*'))).next())?.nak();
  gateway = await startDilovodGateway({ natsUrl: servers.natsUrl, tenants: { kind: 'directory', directory }, allowedHosts: ['127.0.0.1'], httpHost: '127.0.0.1', httpPort: 0, pools: ['*'], logLevel: 'silent', version: 'test', traces: false, concurrency: 10 });
});

beforeEach(() => {
  orderId += 1;
});

afterEach(() => {
  base.clearFaults();
  expect(base.violations()).toEqual([]);
});

afterAll(async () => {
  await gateway?.app.close();
  await bus?.close();
  await simulator?.close();
  await servers?.stop();
  await rm(directory, { recursive: true, force: true });
});

function manifests(baseUrl: string): string {
  const spec = {
    mode: 'live',
    keycrm: { baseUrl, apiKeyRef: { name: 'keys', key: 'keycrm' } },
    dilovod: { baseUrl, apiKeyRef: { name: 'keys', key: 'dilovod' }, webhookTokenRef: { name: 'keys', key: 'hook' }, firm: predefined.firm, currency: predefined.hryvnia },
    warehouses: [{ keycrm: 1, dilovod: predefined.mainStorage }],
    orders: { since: '2026-01-01T00:00:00Z', stages: { ordered: [2] } },
  };
  const documents = [
    { apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: 'yoga-shop' }, spec },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { keycrm: 'keycrm-key', dilovod: 'dilovod-key', hook: 'right-token' } },
  ];
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
}

async function send(command: DilovodCommand, changes: Partial<CommandMessage> = {}): Promise<string> {
  attempts += 1;
  const message: CommandMessage = {
    commandId: '7',
    attempt: String(100 + attempts),
    tenant: 'yoga-shop',
    system: 'dilovod',
    pool: 'shared',
    startBefore: new Date(Date.now() + 10_000).toISOString(),
    workingTimeMs: 10_000,
    command,
    ...changes,
  };
  await bus.publish(commandSubject('dilovod', message.pool, command.kind), message, message.attempt);
  return message.attempt;
}

function outcomeOf(attempt: string): Promise<OutcomeMessage> {
  const find = () => heard.find(({ subject, body }) => subject === eventSubjects.outcome && (body as OutcomeMessage).attempt === attempt)?.body as OutcomeMessage | undefined;
  return until(find, { describe: `the outcome of attempt ${attempt}` });
}

async function carriedOut(command: DilovodCommand, changes?: Partial<CommandMessage>): Promise<OutcomeMessage> {
  return outcomeOf(await send(command, changes));
}

/** The id of the document that a command saved. */
async function saved(command: DilovodCommand): Promise<string> {
  const outcome = await carriedOut(command);
  expect(outcome).toMatchObject({ outcome: 'done', result: { kind: 'saved' } });
  return (outcome.result as { documentId: string }).documentId;
}

function row(storage: string, changes: Partial<DocumentRow> = {}): DocumentRow {
  return { good: belt, unit: predefined.piece, qty: decimal(2), price: decimal(100), priceAmount: decimal(200), discount: decimal(20), amountCur: decimal(180), storage, ...changes };
}

function header() {
  return { orderId, firm: predefined.firm, person, currency: predefined.hryvnia, business: predefined.mainBusiness, storage: predefined.mainStorage };
}

function orderDraft(changes: Partial<SaleOrderDraft> = {}): SaleOrderDraft {
  return {
    ...header(),
    orderedAt: '2026-03-01T21:30:00.000Z',
    state: predefined.stateNew,
    author: null,
    tradeChanel: null,
    paymentForm: null,
    details: null,
    remarkFromPerson: 'Отримувач: Ірина',
    note: null,
    rows: [row(predefined.mainStorage), row(secondStorage)],
    booked: [],
    ...changes,
  };
}

function saveOrder(changes: Partial<CreateSaleOrder> = {}): DilovodCommand {
  return { kind: 'save-sale-order', orderId, documentId: null, reserve: false, personSeenAt: null, draft: orderDraft(), ...changes };
}

/** Brings an order that stands as `before` to `draft`, as the decider would. */
function updateOrder(documentId: string, draft: SaleOrderDraft, before: SaleOrderDraft = orderDraft()): DilovodCommand {
  return { kind: 'save-sale-order', orderId, documentId, expected: { person: before.person, members: membersOf(before), rows: before.rows }, wanted: { person: draft.person, ...membersOf(draft) }, draft };
}

function membersOf({ business, author, tradeChanel, paymentForm, details, remarkFromPerson, note }: SaleOrderDraft) {
  return { business, author, tradeChanel, paymentForm, details, remarkFromPerson, note };
}

const ordersOf = (id: number) => base.documents({ type: 'documents.saleOrder' }).filter(({ remark }) => remark.split(' ').slice(0, 2).join(' ') === `KeyCRM #${id}`);

it('never carries out what another instance had before', async () => {
  expect(await outcomeOf('1')).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'taken-over' } });
  expect(base.requests()).toEqual([]);
});

describe('an order', () => {
  it('A1: is created posted, of its own time in the base’s zone', async () => {
    const outcome = await carriedOut(saveOrder());
    expect(outcome).toMatchObject({ outcome: 'done', called: true, calls: [{ operation: 'request documents.saleOrder' }, { operation: 'saveObject documents.saleOrder', result: 'done' }, { operation: 'getObject' }] });
    expect(ordersOf(orderId)).toMatchObject([{ posted: true, delMark: false, remark: `KeyCRM #${orderId}`, header: { date: '2026-03-01 23:30:00', person, state: predefined.stateNew } }]);
    expect(ordersOf(orderId)[0]?.rows).toMatchObject([{ good: belt, amountCur: '180.00', storage: predefined.mainStorage }, { storage: secondStorage }]);
  });

  it('is never dated ahead', async () => {
    await saved(saveOrder({ draft: orderDraft({ orderedAt: new Date(Date.now() + 86_400_000).toISOString() }) }));
    const date = String(ordersOf(orderId)[0]?.header['date']);
    expect(new Date(`${date.replace(' ', 'T')}Z`).getTime()).toBeLessThan(Date.now() + 3 * 3_600_000 + 1_000);
  });

  it('A13: is changed in place', async () => {
    const documentId = await saved(saveOrder());
    await saved(updateOrder(documentId, orderDraft({ rows: [row(secondStorage)] })));
    expect(ordersOf(orderId)).toMatchObject([{ id: documentId, posted: true, rows: [{ storage: secondStorage }] }]);
  });

  it('A20: loses what the order has no more, and is read back', async () => {
    const whole = orderDraft({ details: 'Олена, 0671234567', note: 'Без рядків: X' });
    const documentId = await saved(saveOrder({ draft: whole }));
    const outcome = await carriedOut(updateOrder(documentId, orderDraft({ remarkFromPerson: null, business: null }), whole));
    expect(outcome).toMatchObject({ outcome: 'done', result: { document: { members: { details: null, remarkFromPerson: null, note: null } } } });
    expect(ordersOf(orderId)).toMatchObject([{ remark: `KeyCRM #${orderId}`, header: { details: '', remarkFromPerson: '' } }]);
  });

  it.each(['ignored', 'refused'] as const)('A20: says what it still shows where the base does not take a member empty (%s)', async (headerEmptying) => {
    const documentId = await saved(saveOrder());
    base.setSwitches({ headerEmptying });
    const outcome = await carriedOut(updateOrder(documentId, orderDraft({ remarkFromPerson: null, rows: [row(secondStorage)] })));
    base.setSwitches({ headerEmptying: 'taken' });
    expect(outcome).toMatchObject({ outcome: 'done', result: { document: { members: { remarkFromPerson: 'Отримувач: Ірина' } } } });
    expect(ordersOf(orderId)).toMatchObject([{ rows: [{ storage: secondStorage }] }]);
  });

  it('A20 A21: is not written over a change that a person has made meanwhile', async () => {
    const documentId = await saved(saveOrder());
    const other = base.createPerson({ name: 'Інший Покупець', phone: '0990001122' });
    base.editDocument({ id: documentId, header: { person: other } });
    const outcome = await carriedOut(updateOrder(documentId, orderDraft({ rows: [row(secondStorage)] })));
    expect(outcome).toMatchObject({ outcome: 'done', result: { kind: 'stale', scope: 'saleOrder' } });
    expect(ordersOf(orderId)).toMatchObject([{ header: { person: other }, rows: [{}, {}] }]);
    base.mark({ id: documentId });
    expect(await carriedOut(updateOrder(documentId, orderDraft()))).toMatchObject({ outcome: 'done', result: { kind: 'stale', scope: 'all' } });
  });

  it('A9 A21: is not made beside one that bears its key, nor for a person who was marked since they were seen', async () => {
    await saved(saveOrder());
    expect(await carriedOut(saveOrder())).toMatchObject({ outcome: 'done', result: { kind: 'stale', scope: 'all' } });
    expect(ordersOf(orderId)).toHaveLength(1);
    orderId += 1;
    const gone = base.createPerson({ name: 'Хтось', phone: '0990001133' });
    base.mark({ id: gone });
    const draft = orderDraft({ person: gone });
    expect(await carriedOut(saveOrder({ personSeenAt: new Date(Date.now() - 61_000).toISOString(), draft }))).toMatchObject({ outcome: 'done', result: { kind: 'stale', scope: 'person' } });
    expect(ordersOf(orderId)).toEqual([]);
  });

  it.each([
    { saleOrderCreatePosted: 'posted', saleOrderCreateAmounts: 'recomputes' },
    { saleOrderCreatePosted: 'unposted', saleOrderCreateAmounts: 'recomputes' },
    { saleOrderCreatePosted: 'posted', saleOrderCreateAmounts: 'keeps' },
    { saleOrderCreatePosted: 'unposted', saleOrderCreateAmounts: 'keeps' },
  ] as const)('is created with a reserve, and ends posted as drafted, where the base answers it %j', async (switches) => {
    base.setSwitches(switches);
    const outcome = await carriedOut(saveOrder({ reserve: true }));
    base.setSwitches({ saleOrderCreatePosted: 'posted', saleOrderCreateAmounts: 'recomputes' });
    const [order, ...others] = ordersOf(orderId);
    expect(others).toEqual([]);
    expect(outcome).toMatchObject({ outcome: 'done', result: { kind: 'saved', documentId: order?.id, reserved: true } });
    expect(order).toMatchObject({ posted: true, header: { amountCur: '360.00' }, rows: [{ amountCur: '180.00' }, { amountCur: '180.00', storage: secondStorage }] });
    expect(base.reserves().filter(({ baseDoc }) => baseDoc === order?.id)).toHaveLength(2);
  });

  it('A14: does not pretend to a reserve where the base makes none', async () => {
    base.setSwitches({ reserveOnAutoPlacement: 'no' });
    const outcome = await carriedOut(saveOrder({ reserve: true }));
    base.setSwitches({ reserveOnAutoPlacement: 'yes' });
    expect(outcome).toMatchObject({ outcome: 'done', result: { kind: 'saved', reserved: false } });
    expect(ordersOf(orderId)).toMatchObject([{ posted: true, rows: [{ amountCur: '180.00' }, { storage: secondStorage }] }]);
    expect(base.reserves().filter(({ baseDoc }) => baseDoc === ordersOf(orderId)[0]?.id)).toEqual([]);
  });

  it.each(['ignored', 'refused'] as const)('A8 A14: leaves the right storages where the base places no rows of other storages (%s), and does not pretend to a reserve', async (saleOrderCreateRowStorage) => {
    base.setSwitches({ saleOrderCreateRowStorage });
    const outcome = await carriedOut(saveOrder({ reserve: true }));
    base.setSwitches({ saleOrderCreateRowStorage: 'taken' });
    expect(outcome).toMatchObject({ outcome: 'done', result: { kind: 'saved', documentId: ordersOf(orderId)[0]?.id, reserved: false } });
    expect(ordersOf(orderId)).toMatchObject([{ posted: true, rows: [{ amountCur: '180.00' }, { amountCur: '180.00', storage: secondStorage }] }]);
  });

  it('A9: stands in doubt when the answer to its creation is lost, and is then found', async () => {
    base.addFault({ fault: { kind: 'lost-after' }, operation: 'saveObject documents.saleOrder', times: 1 });
    expect(await carriedOut(saveOrder())).toMatchObject({ outcome: 'unknown', called: true });
    expect(await carriedOut({ kind: 'find-documents', orderId, type: 'saleOrder', saleOrders: [] })).toMatchObject({
      outcome: 'done',
      result: { kind: 'found', documents: [{ id: ordersOf(orderId)[0]?.id, posted: true, person, rows: [{ good: belt, qty: '2', price: '100', amountCur: '180', storage: predefined.mainStorage }, { storage: secondStorage }] }] },
    });
  });

  it('A9: stands in doubt when it was created and could not be read, and is posted when it is found', async () => {
    base.setSwitches({ saleOrderCreatePosted: 'unposted' });
    base.addFault({ fault: { kind: 'html-error', status: 502 }, operation: 'getObject', times: 1 });
    expect(await carriedOut(saveOrder({ reserve: true }))).toMatchObject({ outcome: 'unknown', called: true, calls: [{ operation: 'request documents.saleOrder' }, { operation: 'call saleOrderCreate', result: 'done' }, { operation: 'getObject' }] });
    base.setSwitches({ saleOrderCreatePosted: 'posted' });
    expect(ordersOf(orderId)).toMatchObject([{ posted: false }]);
    expect(await carriedOut({ kind: 'find-documents', orderId, type: 'saleOrder', saleOrders: [] })).toMatchObject({ outcome: 'done', result: { documents: [{ posted: true }] } });
    expect(ordersOf(orderId)).toMatchObject([{ posted: true }]);
  });

  it('A9: is not taken for another whose number begins alike', async () => {
    await saved(saveOrder());
    const shorter = Math.floor(orderId / 10);
    expect(await carriedOut({ kind: 'find-documents', orderId: shorter, type: 'saleOrder', saleOrders: [] })).toMatchObject({ outcome: 'done', result: { documents: [] } });
  });

  it('gets a state, and shows its number', async () => {
    const documentId = await saved(saveOrder());
    await saved({ kind: 'set-order-state', orderId, documentId, state: predefined.stateSent });
    expect(ordersOf(orderId)).toMatchObject([{ posted: true, header: { state: predefined.stateSent } }]);
    expect(await carriedOut({ kind: 'read-document', orderId, documentId })).toMatchObject({ outcome: 'done', result: { kind: 'read', number: ordersOf(orderId)[0]?.number } });
  });
});

describe('shipments and returns', () => {
  const shipped = async () => {
    const saleOrder = await saved(saveOrder({ draft: orderDraft({ rows: [row(predefined.mainStorage)] }) }));
    const sale = await saved({ kind: 'save-sale', orderId, known: [], draft: { ...header(), saleOrder, rows: [row(predefined.mainStorage)] } });
    return { saleOrder, sale };
  };

  it('A2 A5: are posted and linked', async () => {
    const { saleOrder, sale } = await shipped();
    const saleReturn = await saved({ kind: 'save-sale-return', orderId, documentId: null, known: [], draft: { ...header(), saleOrder, sale, rows: [row(predefined.mainStorage)] } });
    const documents = base.documents();
    expect(documents.find(({ id }) => id === sale)).toMatchObject({ type: 'documents.sale', posted: true, header: { baseDoc: saleOrder, contract: saleOrder } });
    expect(documents.find(({ id }) => id === saleReturn)).toMatchObject({ type: 'documents.saleReturn', posted: true, header: { baseDoc: sale, contract: saleOrder } });
  });

  it('A5: are made where the base refuses members of rows that no client sends, to the kopeck wherever amounts are computed', async () => {
    for (const amountsRecalculated of ['never', 'missing', 'always'] as const) {
      orderId += 1;
      base.setSwitches({ unknownRowField: amountsRecalculated === 'always' ? 'ignore' : 'error', amountsRecalculated });
      const { saleOrder, sale } = await shipped();
      const saleReturn = await saved({ kind: 'save-sale-return', orderId, documentId: null, known: [], draft: { ...header(), saleOrder, sale, rows: [row(predefined.mainStorage)] } });
      base.setSwitches({ unknownRowField: 'ignore', amountsRecalculated: 'missing' });
      expect(base.documents().find(({ id }) => id === saleReturn)).toMatchObject({ posted: true, rows: [{ amountCur: '180.00' }] });
    }
  });

  it('A21: are not made from an order document, nor from a shipment, that was marked meanwhile', async () => {
    const { saleOrder, sale } = await shipped();
    base.mark({ id: sale });
    expect(await carriedOut({ kind: 'save-sale-return', orderId, documentId: null, known: [], draft: { ...header(), saleOrder, sale, rows: [row(predefined.mainStorage)] } })).toMatchObject({ result: { kind: 'stale', scope: 'all' } });
    base.mark({ id: saleOrder });
    expect(await carriedOut({ kind: 'save-sale', orderId, known: [], draft: { ...header(), saleOrder, rows: [row(predefined.mainStorage)] } })).toMatchObject({ result: { kind: 'stale', scope: 'all' } });
  });

  it('A20: are not made for one buyer when the order document names another by now', async () => {
    const saleOrder = await saved(saveOrder({ draft: orderDraft({ rows: [row(predefined.mainStorage)] }) }));
    base.editDocument({ id: saleOrder, header: { person: predefined.endConsumer } });
    const ship: DilovodCommand = { kind: 'save-sale', orderId, known: [], draft: { ...header(), saleOrder, rows: [row(predefined.mainStorage)] } };
    expect(await carriedOut(ship)).toMatchObject({ outcome: 'done', result: { kind: 'stale', scope: 'saleOrder' } });
  });

  it('A9: are not made beside one that somebody made by hand from the same order, which is told of instead', async () => {
    const saleOrder = await saved(saveOrder({ draft: orderDraft({ rows: [row(predefined.mainStorage)] }) }));
    const ship = (id: number, known: readonly string[]): DilovodCommand => ({ kind: 'save-sale', orderId: id, known, draft: { ...header(), orderId: id, saleOrder, rows: [row(predefined.mainStorage)] } });
    const byHand = await saved(ship(orderId + 1_000, []));
    expect(await carriedOut(ship(orderId, []))).toMatchObject({ outcome: 'done', result: { kind: 'found', documents: [{ type: 'sale', id: byHand, contract: saleOrder, rows: [{ good: belt, qty: '2' }] }] } });
    await saved(ship(orderId, [byHand]));
  });

  it('are found whole, those without our key too', async () => {
    const { saleOrder, sale } = await shipped();
    const stranger = orderId + 1_000;
    const byHand = await saved({ kind: 'save-sale-return', orderId: stranger, documentId: null, known: [], draft: { ...header(), orderId: stranger, saleOrder, sale, rows: [row(predefined.mainStorage)] } });
    const outcome = await carriedOut({ kind: 'find-documents', orderId, type: 'all', saleOrders: [] });
    expect(outcome).toMatchObject({ outcome: 'done', result: { documents: [{ type: 'saleOrder', id: saleOrder }, { type: 'sale', id: sale }, { type: 'saleReturn', id: byHand, baseDoc: sale }] } });
  });

  it('A9 F1 F3: are listed whole, with the order whose key they bear, and of a remark without a key only its numbers', async () => {
    const { saleOrder, sale } = await shipped();
    const ours = orderId;
    orderId += 1;
    await carriedOut({ kind: 'mark-document', orderId, documentId: await saved(saveOrder()), type: 'saleOrder', state: null });
    const byHand = await saved(saveOrder());
    base.editDocument({ id: byHand, header: { remark: 'Олена, замовлення 9051, тел. 0670000001' } });
    const { result } = await carriedOut({ kind: 'list-documents', from: '2026-01-01' });
    const { columns, whole } = result as ResultOf['list-documents'];
    const rowOf = (id: string) => Object.fromEntries(listedDocumentMembers.map((member) => [member, columns[member][columns.id.indexOf(id)]]));
    expect(whole).toBe(true);
    expect(rowOf(saleOrder)).toMatchObject({ type: 'saleOrder', orderId: ours, amount: '180', person: expect.any(String), madeOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), mentions: [] });
    expect(rowOf(sale)).toMatchObject({ type: 'sale', orderId: ours });
    expect(rowOf(byHand)).toMatchObject({ orderId: null, mentions: [9051, 670000001] });
    expect(JSON.stringify(columns)).not.toContain('Олена');
    expect(columns.id).toHaveLength(base.documents({ type: 'documents.saleOrder' }).filter(({ delMark }) => !delMark).length + base.documents({ type: 'documents.sale' }).filter(({ delMark }) => !delMark).length + base.documents({ type: 'documents.saleReturn' }).length);
    expect(await carriedOut({ kind: 'list-documents', from: '2030-01-01' })).toMatchObject({ result: { columns: { id: [] } } });
  });

  it('move to another order', async () => {
    const { sale } = await shipped();
    orderId += 1;
    const other = await saved(saveOrder());
    await saved({ kind: 'relink-sale', orderId, documentId: sale, saleOrder: other });
    expect(base.documents({ type: 'documents.sale' }).find(({ id }) => id === sale)).toMatchObject({ posted: true, header: { baseDoc: other, contract: other } });
  });

  it('A2: are refused when stock is short, with the goods named', async () => {
    const saleOrder = await saved(saveOrder({ draft: orderDraft({ rows: [row(predefined.mainStorage)] }) }));
    const tooMany = row(predefined.mainStorage, { qty: decimal(1_000), priceAmount: decimal(100_000), discount: decimal(0), amountCur: decimal(100_000) });
    expect(await carriedOut({ kind: 'save-sale', orderId, known: [], draft: { ...header(), saleOrder, rows: [tooMany] } })).toMatchObject({ outcome: 'rejected', failure: { code: 'shortage', detail: { goods: [{ productNum: 'BRYBPB' }] } } });
  });
});

describe('a deletion mark', () => {
  it('A4: is set with the state, and may be set again', async () => {
    const documentId = await saved(saveOrder());
    const mark: DilovodCommand = { kind: 'mark-document', orderId, documentId, type: 'saleOrder', state: predefined.stateCancelled };
    expect(await carriedOut(mark)).toMatchObject({ outcome: 'done', result: { kind: 'marked' } });
    expect(ordersOf(orderId)).toMatchObject([{ posted: false, delMark: true, header: { state: predefined.stateCancelled } }]);
    expect(await carriedOut(mark)).toMatchObject({ outcome: 'done', result: { kind: 'marked' } });
    expect(await carriedOut({ kind: 'find-documents', orderId, type: 'saleOrder', saleOrders: [] })).toMatchObject({ result: { documents: [] } });
  });

  it('is refused for a document that is not there', async () => {
    expect(await carriedOut({ kind: 'mark-document', orderId, documentId: '1109100000999999', type: 'saleOrder', state: null })).toMatchObject({ outcome: 'rejected', failure: { code: 'not-found' } });
  });

  it('stays in doubt when it cannot be read', async () => {
    const documentId = await saved(saveOrder());
    base.addFault({ fault: { kind: 'reset-before' }, operation: 'getObject', times: 1 });
    expect(await carriedOut({ kind: 'mark-document', orderId, documentId, type: 'saleOrder', state: null })).toMatchObject({ outcome: 'unknown', called: true });
  });
});

function buyer(name: string, phone: string | null, email: string | null): PersonWanted {
  return { key: 'k' as PersonWanted['key'], name, phone, phones: phone === null ? [] : [phone], email };
}

describe('A12: persons', () => {
  const find = (phone: string | null, email: string | null): DilovodCommand => ({ kind: 'find-person', ...buyer('Олена Коваль', phone, email) });
  const foundAs = (id: string) => ({ outcome: 'done', result: { person: { id, by: 'only-one' } } });
  const nobody = { outcome: 'done', result: { person: null } };

  it('are found by phone in any spelling, and by e-mail', async () => {
    expect(await carriedOut(find('+380671234567', null))).toMatchObject(foundAs(person));
    expect(await carriedOut(find(null, 'olena@example.com'))).toMatchObject(foundAs(person));
    expect(await carriedOut(find('+380501112233', null))).toMatchObject(nobody);
  });

  it('are created so that they are found, unless marked', async () => {
    const created = await carriedOut({ kind: 'create-person', ...buyer('Петро Іваненко', '+380931234567', 'petro@example.com') });
    expect(created).toMatchObject({ result: { person: { by: 'created' } } });
    const { id } = (created.result as { person: { id: string } }).person;
    expect(await carriedOut(find('+380931234567', null))).toMatchObject(foundAs(id));
    base.mark({ id });
    expect(await carriedOut(find('+380931234567', null))).toMatchObject(nobody);
    expect(await carriedOut(find(null, 'petro@example.com'))).toMatchObject(nobody);
  });

  it('A21: are not created a second time when somebody has booked them since they were looked for', async () => {
    expect(await carriedOut(find('+380631112233', null))).toMatchObject(nobody);
    const id = base.createPerson({ name: 'Зоя Нова', phone: '063 111 22 33' });
    expect(await carriedOut({ kind: 'create-person', ...buyer('Зоя Нова', '+380631112233', null) })).toMatchObject(foundAs(id));
  });
});

describe('A12: a person with the phone typed into Dilovod as', () => {
  const typed = ['+380501234567', '0501234567', '+38 (050) 123-45-67', '8-050-123-45-67', '050 123 45 67', '380501234567', '+38(050)1234567'];

  it.each(typed)('%s is found', async (phone) => {
    const id = base.createPerson({ name: `Ганна ${phone}`, phone });
    const outcome = await carriedOut({ kind: 'find-person', ...buyer(`Ганна ${phone}`, '+380501234567', null) });
    expect(outcome).toMatchObject({ outcome: 'done', result: { person: { id } } });
  });

  it.each([['Hanna@Example.com', 'hanna@example.com'], ['hanna2@example.com', 'Hanna2@Example.com']])('its e-mail %s is found as %s where the base tells upper case from lower', async (email, asked) => {
    base.setSwitches({ equalsCaseSensitive: 'yes' });
    const id = base.createPerson({ name: 'Ганна', email });
    const outcome = await carriedOut({ kind: 'find-person', ...buyer('Ганна', null, asked) });
    base.setSwitches({ equalsCaseSensitive: 'no' });
    expect(outcome.result).toMatchObject({ person: email === 'Hanna@Example.com' ? null : { id } });
  });
});

describe('registers', () => {
  it('give goods without groups and marked ones', async () => {
    base.createGood({ name: 'Група', isGroup: true });
    base.mark({ id: base.createGood({ name: 'Старий', productNum: 'OLD' }) });
    expect(await carriedOut({ kind: 'read-goods', articles: null })).toMatchObject({ outcome: 'done', result: { rows: [{ id: belt, article: 'BRYBPB', unit: predefined.piece }] } });
    expect(await carriedOut({ kind: 'read-goods', articles: ['OLD', 'BRYBPB'] })).toMatchObject({ result: { rows: [{ id: belt }] } });
  });

  it('give balances with their cost, those of just now included', async () => {
    const mat = base.createGood({ name: 'Килимок', productNum: 'MAT' });
    base.receive({ good: mat, qty: '3', cost: '10' });
    const outcome = await carriedOut({ kind: 'read-balances', storages: [predefined.mainStorage] });
    expect(outcome).toMatchObject({ outcome: 'done', result: { atomic: true } });
    const { good, storage, qty, amount } = (outcome.result as ResultOf['read-balances']).columns;
    const at = good.indexOf(mat);
    expect([storage[at], qty[at], amount[at]]).toEqual([predefined.mainStorage, '3', '30']);
    expect(JSON.stringify(outcome.result)).not.toContain(secondStorage);
  });

  it('B10: give the history of the stock register, services left out', async () => {
    const service = base.createGood({ name: 'Доставка', productNum: 'DELIVERY' });
    const { result } = await carriedOut({ kind: 'read-stock-history' });
    const { goods } = result as ResultOf['read-stock-history'];
    expect([goods.includes(belt), goods.includes(service)]).toEqual([true, false]);
  });

  it('B11: count on no receipt that is dated for later, and on nothing that a shipment dated for later takes', async () => {
    const [ball, rope] = ['BALL', 'ROPE'].map((productNum) => base.createGood({ name: productNum, productNum }));
    if (ball === undefined || rope === undefined) throw new Error('two goods were made');
    const tomorrow = `${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)} 10:00:00`;
    for (const good of [ball, rope]) base.receive({ good, qty: '4', cost: '10' });
    base.receive({ good: ball, qty: '5', cost: '10', date: tomorrow });
    base.writeOff({ good: rope, qty: '1', date: tomorrow });
    const { result } = await carriedOut({ kind: 'read-balances', storages: [predefined.mainStorage], goods: [ball, rope] });
    const { good, qty, amount } = (result as ResultOf['read-balances']).columns;
    const rows = good.map((id, at) => [id, qty[at], amount[at]]);
    expect(rows.sort()).toEqual([[ball, '4', '40'], [rope, '3', '30']].sort());
  });

  it('A18 B10: give currencies with their codes', async () => {
    const rows = expect.arrayContaining([{ id: predefined.hryvnia, code: 'UAH' }, { id: '1101200000001002', code: 'USD' }]);
    expect(await carriedOut({ kind: 'read-currencies' })).toMatchObject({ outcome: 'done', result: { rows } });
  });

  it('give prices', async () => {
    base.setPrice({ good: belt, price: '149.90' });
    expect(await carriedOut({ kind: 'read-prices', priceType: predefined.priceType })).toMatchObject({ outcome: 'done', result: { columns: { good: [belt], price: ['149.9'], currency: [predefined.hryvnia] } } });
  });
});

describe('limits', () => {
  it('does not start what comes too late, nor for a tenant that is not there', async () => {
    const before = base.requests().length;
    expect(await carriedOut({ kind: 'read-goods', articles: null }, { startBefore: '2026-01-01T00:00:00.000Z' })).toMatchObject({ outcome: 'expired', called: false });
    expect(await carriedOut({ kind: 'read-goods', articles: null }, { tenant: 'nobody' })).toMatchObject({ outcome: 'failed', called: false, failure: { code: 'tenant-not-ready' } });
    expect(base.requests()).toHaveLength(before);
  });

  it('ends in time when Dilovod does not', async () => {
    base.addFault({ fault: { kind: 'delay', ms: 2_000 }, operation: 'saveObject', times: 1 });
    expect(await carriedOut(saveOrder(), { workingTimeMs: 600 })).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'timeout' } });
    await until(() => ordersOf(orderId).length === 1, { describe: 'the base to finish what it was told' });
  });

  it('E1 E2: passes on that the base is busy, and a wrong key', async () => {
    base.addFault({ fault: { kind: 'vendor', name: 'multithread' }, times: 1 });
    expect(await carriedOut({ kind: 'read-goods', articles: null })).toMatchObject({ outcome: 'failed', retryAfterMs: 1_000, failure: { code: 'concurrent' } });
  });
});

describe('F4: webhooks', () => {
  const packet = JSON.stringify({ action: 'objectChanged', params: { objectName: 'documents.saleOrder', id: '1109100000001234' } });
  const knock = (path: string, text: string | undefined, init: RequestInit = {}) => fetch(`${gateway.url}/webhooks/dilovod/${path}${text === undefined ? '' : `?${new URLSearchParams({ packet: text })}`}`, init);
  const hints = () => heard.filter(({ subject }) => subject === eventSubjects.dilovodHint).map(({ body }) => body as DilovodHint);

  it.each(['GET', 'POST'])('keeps a hint and answers 202 to %s', async (method) => {
    const before = hints().length;
    expect((await knock('yoga-shop/right-token', packet, { method })).status).toBe(202);
    await until(() => hints().length === before + 1, { describe: 'the hint on the bus' });
    expect(hints().at(-1)).toEqual({ tenant: 'yoga-shop', objectName: 'documents.saleOrder', objectId: '1109100000001234', receivedAt: expect.any(String) });
  });

  it('answers an unknown tenant and a wrong token alike', async () => {
    const answers = await Promise.all(['yoga-shop/wrong-token', 'nobody/right-token'].map((path) => knock(path, packet)));
    const seen = await Promise.all(answers.map(async (answer) => ({ status: answer.status, body: await answer.text() })));
    expect(seen).toEqual(Array(2).fill({ status: 404, body: '{"message":"Not Found","statusCode":404}' }));
  });

  it('answers 400 to what is no packet, 413 above 256 KiB, and takes other notices', async () => {
    expect((await knock('yoga-shop/right-token', undefined)).status).toBe(400);
    expect((await knock('yoga-shop/right-token', '{')).status).toBe(400);
    expect((await knock('yoga-shop/right-token', '{"action":"objectChanged","params":{}}')).status).toBe(400);
    expect((await knock('yoga-shop/right-token', '{"action":"somethingElse"}')).status).toBe(202);
    expect((await knock('yoga-shop/right-token', packet, { method: 'POST', body: 'x'.repeat(256 * 1024 + 1) })).status).toBe(413);
  });

  it('is told what Dilovod itself sends', async () => {
    base.setWebhooks({ targets: [{ url: `${gateway.url}/webhooks/dilovod/yoga-shop/right-token` }] });
    const id = base.createGood({ name: 'Новий', productNum: 'NEW' });
    await until(() => hints().find((hint) => hint.objectId === id && hint.objectName === 'catalogs.goods'), { describe: 'the hint about the new good' });
  });

  it('answers 503 when the bus stores nothing', async () => {
    await servers.natsServer.stop();
    expect((await knock('yoga-shop/right-token', packet)).status).toBe(503);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    await servers.natsServer.wipe();
    await until(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeoutMs: 20_000, describe: 'the gateway to be ready again' });
    expect((await knock('yoga-shop/right-token', packet)).status).toBe(202);
    const attempt = await send({ kind: 'read-prices', priceType: predefined.priceType });
    expect(await outcomeOf(attempt)).toMatchObject({ outcome: 'done' });
  });
});

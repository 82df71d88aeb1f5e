import { decimal, plus } from '@kds/kernel';
import { known } from '../spec-support/known-person.js';
import fc from 'fast-check';
import { applyDone, applyDoubt, type DocumentFound, type OrderCommandDone } from './apply-command.js';
import { decideOrderSync } from './decide-order-sync.js';
import type { Order, OrderLine } from './order.js';
import { nothingHeld, type OrderBinding, perhapsHeld } from './order-binding.js';
import type { OrderCommand } from './order-command.js';
import type { GoodFact, OrderDecision, OrderFacts, Released } from './order-facts.js';
import type { OrderMapping, Stage } from './order-mapping.js';
import { isReturned } from './order-rules.js';

const mapping: OrderMapping = {
  mode: 'live',
  pilotSkus: [],
  since: '2026-11-01T00:00:00.000Z',
  stages: { ordered: [12], shipped: [15], completed: [18], cancelled: [19, 20], returned: [21] },
  states: { ordered: 'S2', shipped: 'S8', completed: 'S6', cancelled: 'S7', returned: null },
  firm: 'F',
  business: null,
  currency: 'UAH', currencies: {},
  author: null,
  tradeChanel: null,
  paymentForm: null,
  warehouses: [
    { keycrm: 1, dilovod: 'W1' },
    { keycrm: 2, dilovod: 'W2' },
  ],
  defaultWarehouse: 1,
  person: 'match',
  endConsumer: null,
  unmappedLine: 'hold',
  cancelAfterShipment: 'reverse',
  reserve: false,
  writeBack: { documentField: null, problemField: null },
};

const line = (sku: string, quantity: string, warehouseId: number | null = 1): OrderLine => ({
  id: null, name: sku,
  sku,
  quantity: decimal(quantity),
  price: decimal('100'),
  priceSold: null,
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  warehouseId,
});

const order = (statusId: number, lines: readonly OrderLine[]): Order => ({
  id: 9051, sourceId: null,
  statusId,
  statusGroupId: null,
  orderedAt: '2026-11-05T10:00:00.000Z',
  createdAt: '2026-11-05T10:00:00.000Z',
  updatedAt: null,
  statusChangedAt: null,
  buyer: { fullName: 'Олена Зразкова', phone: '067 000 00 01', email: null },
  recipient: null,
  lines,
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  shippingPrice: decimal('85.5'),
  wrapPrice: decimal('0'),
  taxes: decimal('0'),
  grandTotal: plus(decimal('85.5'), ...lines.map((entry) => decimal(Number(entry.quantity) * 100))),
  fields: {},
});

const goods = new Map<string, GoodFact>([
  ['A', { kind: 'known', good: 'GA', unit: 'U' }],
  ['B', { kind: 'known', good: 'GB', unit: 'U' }],
]);

const facts = (shown: Order, binding: OrderBinding, change: Partial<OrderFacts> = {}): OrderFacts => ({
  observation: { kind: 'present', order: shown },
  binding,
  mapping,
  goods,
  person: known('P'),
  currency: { kind: 'own' }, struck: new Set(), unkeyed: { fresh: true, documents: [] },
  goodsRefused: null,
  refusals: [],
  dropped: false,
  released: null,
  articles: new Map(),
  ...change,
});

/** Carries out decisions until nothing is left to do, as an API that never refuses would. */
function settle(shown: Order, start: OrderBinding, change: Partial<OrderFacts> = {}): { binding: OrderBinding; last: OrderDecision; commands: OrderCommand[] } {
  let binding = start;
  const commands: OrderCommand[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    const last = decideOrderSync(facts(shown, binding, change));
    if (last.kind !== 'dispatch') return { binding, last, commands };
    commands.push(last.command);
    binding = applyDone(binding, last.command, carryOut(last.command, binding, turn));
  }
  throw new Error('no end in sight');
}

let serial = 0;
function carryOut(command: OrderCommand, binding: OrderBinding, _turn: number): OrderCommandDone {
  serial += 1;
  if (command.kind === 'mark-document') return { kind: 'marked' };
  if (command.kind === 'find-documents') {
    const shipments = binding.shipments.map((shipment) => ({ ...shipment, type: 'sale' as const, number: null, state: null, baseDoc: shipment.saleOrder, contract: shipment.saleOrder, posted: true, members: null }));
    if (command.type === 'sale') return { kind: 'found', documents: shipments };
    return { kind: 'found', documents: [] };
  }
  return { kind: 'saved', documentId: 'documentId' in command && command.documentId !== null ? command.documentId : `D${serial}` };
}

test('A1: an order that is confirmed gets one posted order document in the mapped state', () => {
  const { binding, commands } = settle(order(12, [line('A', '2')]), nothingHeld);
  expect(commands.map((command) => command.kind)).toEqual(['save-sale-order']);
  expect(binding.saleOrder).toMatchObject({ state: 'S2', rows: [{ good: 'GA', qty: '2', amountCur: '200', storage: 'W1' }] });
});

test('A3 A8: a completed order that was never seen before is made and shipped from each warehouse', () => {
  const { binding, commands } = settle(order(18, [line('A', '2', 1), line('B', '1', 2)]), nothingHeld);
  expect(commands.map((command) => command.kind)).toEqual(['save-sale-order', 'save-sale', 'save-sale', 'set-order-state']);
  expect(binding.shipments.map((shipment) => shipment.storage)).toEqual(['W1', 'W2']);
});

test('A5: a returned order has a return for each shipment, and its order document marked', () => {
  const shipped = settle(order(15, [line('A', '2', 1), line('B', '1', 2)]), nothingHeld).binding;
  const { binding, commands } = settle(order(21, [line('A', '2', 1), line('B', '1', 2)]), shipped);
  expect(commands.map((command) => command.kind)).toEqual(['save-sale-return', 'save-sale-return', 'mark-document']);
  expect(binding.saleOrder).toBeNull();
});

test('A13: lines edited after shipment are held with the difference', () => {
  const shipped = settle(order(15, [line('A', '2')]), nothingHeld).binding;
  const { last } = settle(order(15, [line('A', '3')]), shipped);
  expect(last).toMatchObject({ kind: 'park', reason: 'edited-after-shipment', detail: { money: '100', goods: [{ good: 'GA', qty: '1' }] } });
});

/** What a person lets go of a held order. */
const letGo = (decision: OrderDecision, as: Released['as'] = null): Partial<OrderFacts> => {
  if (decision.kind !== 'park') throw new Error(`not held: ${decision.reason}`);
  return { released: { reason: decision.reason, detail: decision.detail ?? null, as } };
};

const two = (statusId: number, lines = [line('A', '4', 1), line('B', '1', 2)]) => order(statusId, lines);

test('A13: lines reduced and removed after shipment are held with a proposed return, which is made once it is released', () => {
  const shipped = settle(two(18), nothingHeld).binding;
  const edited = order(18, [line('A', '3', 1)]);
  const { last } = settle(edited, shipped, { articles: new Map([['GA', 'BRYBPB'], ['GB', 'BL-45']]) });
  expect(last).toMatchObject({ kind: 'park', reason: 'partial-return', message: expect.stringContaining('BRYBPB: -1 units, -100 in money; BL-45: -1 units, -100 in money') });
  expect(last).toMatchObject({ detail: { money: '-200', returns: [{ rows: [{ good: 'GA', qty: '1', amountCur: '100' }] }, { rows: [{ good: 'GB', qty: '1', amountCur: '100' }] }] } });
  const { binding, commands, last: end } = settle(edited, shipped, letGo(last));
  expect(commands.map(({ kind }) => kind)).toEqual(['save-sale-return', 'save-sale-return']);
  expect(end).toMatchObject({ kind: 'nothing', reason: 'in-step' });
  expect(settle(edited, binding).last).toMatchObject({ kind: 'nothing', reason: 'in-step' });
  const whole = settle(order(21, [line('A', '3', 1)]), binding);
  expect(whole.commands).toMatchObject([{ kind: 'save-sale-return', documentId: binding.shipments[0]?.saleReturn?.id, draft: { rows: [{ good: 'GA', qty: '4' }] } }, { kind: 'mark-document', type: 'saleOrder' }]);
});

test('A13: a release of one return does not let another go', () => {
  const shipped = settle(two(18), nothingHeld).binding;
  const { last } = settle(two(18, [line('A', '3', 1), line('B', '1', 2)]), shipped);
  expect(settle(two(18, [line('A', '2', 1), line('B', '1', 2)]), shipped, letGo(last)).last).toMatchObject({ kind: 'park', reason: 'partial-return' });
});

test('A13: an edit that is undone takes its return back, and one that adds is for a person', () => {
  const shipped = settle(two(18), nothingHeld).binding;
  const less = two(18, [line('A', '3', 1), line('B', '1', 2)]);
  const returned = settle(less, shipped, letGo(settle(less, shipped).last)).binding;
  expect(settle(two(18), returned).commands).toMatchObject([{ kind: 'mark-document', type: 'saleReturn' }]);
  expect(settle(two(18, [line('A', '3', 1), line('B', '2', 2)]), returned).last).toMatchObject({ kind: 'park', reason: 'edited-after-shipment' });
});

test.each(['return', 'reverse'] as const)('A4: an order that is cancelled after shipment and held goes on as a person says (%s)', (as) => {
  const review = { mapping: { ...mapping, cancelAfterShipment: 'review' as const } };
  const shipped = settle(two(15), nothingHeld, review).binding;
  const { last } = settle(two(19), shipped, review);
  expect(last).toMatchObject({ kind: 'park', reason: 'cancelled-after-shipment' });
  const { commands, last: end } = settle(two(19), shipped, { ...review, ...letGo(last, as) });
  expect(end).toMatchObject({ kind: 'nothing', reason: 'in-step' });
  expect(commands.map(({ kind }) => kind)).toEqual(as === 'return' ? ['save-sale-return', 'save-sale-return', 'mark-document'] : ['mark-document', 'mark-document', 'mark-document']);
});

test('A9: an order of which documents may have been made before is looked for whole, and what is found is adopted', () => {
  const before = settle(two(15), nothingHeld).binding;
  const first = decideOrderSync(facts(two(15), perhapsHeld));
  expect(first).toMatchObject({ kind: 'dispatch', command: { kind: 'find-documents', type: 'all' } });
  if (first.kind !== 'dispatch' || before.saleOrder === null) throw new Error('expected a look');
  const told = { number: null, state: 'S8', posted: true, baseDoc: before.saleOrder.id, contract: before.saleOrder.id, members: before.saleOrder.members };
  const documents = [
    { type: 'saleOrder' as const, ...before.saleOrder, ...told, baseDoc: null, contract: null, storage: 'W1' },
    ...before.shipments.map((shipment) => ({ ...shipment, ...told, type: 'sale' as const })),
  ];
  const adopted = applyDone(perhapsHeld, first.command, { kind: 'found', documents });
  expect(settle(two(15), adopted).commands).toEqual([]);
  const doubled = applyDone(perhapsHeld, first.command, { kind: 'found', documents: [...documents, { ...documents[0], id: 'D0' } as DocumentFound] });
  expect(settle(two(15), doubled).last).toMatchObject({ kind: 'park', reason: 'document-repeated', detail: { type: 'saleOrder' } });
});

test('A2 A9: a shipment that somebody made by hand counts, and is held when it is not what was ordered', () => {
  const ordered = settle(order(12, [line('A', '2')]), nothingHeld).binding;
  const shown = order(15, [line('A', '2')]);
  const ship = decideOrderSync(facts(shown, ordered));
  if (ship.kind !== 'dispatch' || ship.command.kind !== 'save-sale') throw new Error('expected a shipment');
  const byHand: DocumentFound = { type: 'sale', id: 'H1', number: '7', state: null, person: 'P', storage: 'W1', baseDoc: ordered.saleOrder?.id ?? '', contract: ordered.saleOrder?.id ?? '', posted: true, currency: null, members: null, rows: ship.command.draft.rows };
  expect(settle(shown, applyDone(ordered, ship.command, { kind: 'found', documents: [byHand] })).commands).toMatchObject([{ kind: 'set-order-state' }]);
  const short = { ...byHand, rows: byHand.rows.map((row) => ({ ...row, qty: decimal('1'), amountCur: decimal('100') })) };
  expect(settle(shown, applyDone(ordered, ship.command, { kind: 'found', documents: [short] })).last).toMatchObject({ kind: 'park', reason: 'edited-after-shipment', detail: { goods: [{ good: 'GA', qty: '1' }] } });
});

test('A17: an order that is deleted while it is in doubt is looked for before it is called done with', () => {
  const gone = { ...facts(order(12, []), { ...nothingHeld, doubt: 'saleOrder' }), observation: { kind: 'missing' as const, orderId: 9051 } };
  expect(decideOrderSync(gone)).toMatchObject({ kind: 'dispatch', command: { kind: 'find-documents', orderId: 9051, type: 'saleOrder' } });
  expect(decideOrderSync({ ...gone, binding: nothingHeld })).toEqual({ kind: 'nothing', reason: 'deleted-nothing-held' });
});

test('A12: a recipient who changes after export reaches Dilovod, once', () => {
  const ordered = settle(order(12, [line('A', '1')]), nothingHeld).binding;
  const changed = { ...order(12, [line('A', '1')]), recipient: { fullName: 'Ірина Інша', phone: null } };
  const { commands, binding } = settle(changed, ordered);
  expect(commands).toMatchObject([{ kind: 'save-sale-order', documentId: ordered.saleOrder?.id, draft: { remarkFromPerson: 'Отримувач: Ірина Інша' } }]);
  expect(settle(changed, binding).commands).toEqual([]);
});

test('A14: an order whose goods the base did not reserve says so', () => {
  const change = { mapping: { ...mapping, reserve: true } };
  const first = decideOrderSync(facts(order(12, [line('A', '1')]), nothingHeld, change));
  if (first.kind !== 'dispatch') throw new Error('expected a command');
  for (const [reserved, reason] of [[false, 'in-step-not-reserved'], [true, 'in-step']] as const) {
    const binding = applyDone(nothingHeld, first.command, { kind: 'saved', documentId: 'D', reserved });
    expect(decideOrderSync(facts(order(12, [line('A', '1')]), binding, change))).toEqual({ kind: 'nothing', reason });
  }
});

test.each([
  ['no lines', order(12, []), {}, 'no-lines'],
  ['unknown SKU', order(12, [line('X', '1')]), { goods: new Map<string, GoodFact>([['X', { kind: 'absent', asked: true }]]) }, 'sku-unknown'],
  ['repeated SKU', order(12, [line('X', '1')]), { goods: new Map<string, GoodFact>([['X', { kind: 'repeated', goods: ['1', '2'] }]]) }, 'sku-repeated'],
  ['unmapped warehouse', order(12, [line('A', '1', 7)]), {}, 'warehouse-not-mapped'],
  ['totals that disagree', { ...order(12, [line('A', '1')]), grandTotal: decimal('77') }, {}, 'totals-do-not-agree'],
  ['no buyer', { ...order(12, [line('A', '1')]), buyer: null }, {}, 'buyer-not-recognisable'],
])('A10: an order with %s is held', (_name, shown, change, reason) => {
  expect(settle(shown, nothingHeld, change).last).toMatchObject({ kind: 'park', reason });
});

test('A10: an order whose goods cannot be looked for is held with what is wrong', () => {
  const lost = { goods: new Map<string, GoodFact>([['X', { kind: 'absent', asked: false }]]), goodsRefused: { code: 'access-denied', message: 'the API role may not use catalogs.goods' } };
  expect(settle(order(12, [line('X', '1')]), nothingHeld, lost).last).toEqual({ kind: 'park', reason: 'access-denied', message: 'the API role may not use catalogs.goods', detail: { reading: 'goods', skus: ['X'] } });
});

test('A9: after a lost answer it looks before it writes again', () => {
  const first = decideOrderSync(facts(order(12, [line('A', '1')]), nothingHeld));
  if (first.kind !== 'dispatch') throw new Error('expected a command');
  const doubtful = applyDoubt(nothingHeld, first.command);
  expect(decideOrderSync(facts(order(12, [line('A', '1')]), doubtful))).toMatchObject({ kind: 'dispatch', command: { kind: 'find-documents', type: 'saleOrder' } });
});

const statusOf: Record<Stage, number> = { ordered: 12, shipped: 15, completed: 18, cancelled: 19, returned: 21 };
const journey = fc.array(fc.record({ stage: fc.constantFrom<Stage>('ordered', 'shipped', 'completed', 'cancelled', 'returned'), steps: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 8 });

test('A7: whatever the way, the documents are those that the last status asks for, and deciding again changes nothing', () => {
  fc.assert(
    fc.property(journey, (stagesSeen) => {
      const lines = [line('A', '2', 1), line('B', '1', 2)];
      let binding = nothingHeld;
      for (const { stage, steps } of stagesSeen) {
        for (let step = 0; step < steps; step += 1) {
          const decision = decideOrderSync(facts(order(statusOf[stage], lines), binding));
          if (decision.kind === 'dispatch') binding = applyDone(binding, decision.command, carryOut(decision.command, binding, step));
        }
      }
      const last = stagesSeen.at(-1)?.stage ?? 'ordered';
      const end = settle(order(statusOf[last], lines), binding);
      expect(end.last).toEqual({ kind: 'nothing', reason: 'in-step' });
      const shipments = end.binding.shipments.filter((shipment) => !isReturned(shipment));
      expect(end.binding.saleOrder === null).toBe(last === 'cancelled' || last === 'returned');
      expect(shipments.map((shipment) => shipment.storage).sort()).toEqual(last === 'shipped' || last === 'completed' ? ['W1', 'W2'] : []);
      expect(shipments.every((shipment) => shipment.saleOrder === end.binding.saleOrder?.id)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

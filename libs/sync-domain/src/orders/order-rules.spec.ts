import { decimal, times, zero } from '@kds/kernel';
import { known } from '../spec-support/known-person.js';
import fc from 'fast-check';
import { applyDone, applyDoubt, doubting, type DocumentFound, type OrderCommandDone } from './apply-command.js';
import { decideOrderSync } from './decide-order-sync.js';
import type { Order } from './order.js';
import { type DocumentType, nothingHeld, type OrderBinding } from './order-binding.js';
import type { OrderCommand } from './order-command.js';
import type { OrderDecision, UnkeyedDocument } from './order-facts.js';
import type { OrderMapping, Stage } from './order-mapping.js';
import { stages } from './order-mapping.js';
import { type AfterShipment, type Holding, holdingOf, isReturned, orderRules } from './order-rules.js';

const statusOf: Readonly<Record<Stage, number>> = { ordered: 12, shipped: 15, completed: 18, cancelled: 19, returned: 21 };
const policies: readonly AfterShipment[] = ['review', 'return', 'reverse'];

const mappingWith = (cancelAfterShipment: AfterShipment): OrderMapping => ({
  mode: 'live', pilotSkus: [], since: '2026-11-01T00:00:00.000Z', stages: { ordered: [12], shipped: [15], completed: [18], cancelled: [19], returned: [21] }, states: { shipped: 'S8' },
  firm: 'F', business: null, currency: 'UAH', currencies: {}, author: null, tradeChanel: null, paymentForm: null, warehouses: [{ keycrm: 1, dilovod: 'W1' }, { keycrm: 2, dilovod: 'W2' }], defaultWarehouse: 1,
  person: 'match', endConsumer: null, unmappedLine: 'hold', cancelAfterShipment, reserve: false, writeBack: { documentField: null, problemField: null },
});

/** Two lines that leave from two warehouses; the first of the given quantity. */
function orderIn(stage: Stage, quantity = 2): Order {
  const at = '2026-11-05T10:00:00.000Z';
  const line = (warehouseId: number, qty: number) => ({ id: null, name: 'Пояс', sku: 'A', quantity: decimal(qty), price: decimal(100), priceSold: null, discountPercent: null, discountAmount: null, totalDiscount: null, warehouseId });
  return {
    id: 9051, sourceId: null, statusId: statusOf[stage], statusGroupId: null, orderedAt: at, createdAt: at, updatedAt: null, statusChangedAt: null, buyer: { fullName: 'Олена', phone: '0670000001', email: null }, recipient: null,
    lines: [line(1, quantity), line(2, 1)], discountPercent: null, discountAmount: null, totalDiscount: null, shippingPrice: zero, wrapPrice: zero, taxes: zero, grandTotal: times(decimal(100), decimal(quantity + 1)), fields: {},
  };
}

function decide(order: Order, binding: OrderBinding, policy: AfterShipment, unkeyed: readonly UnkeyedDocument[] = []): OrderDecision {
  return decideOrderSync({
    observation: { kind: 'present', order }, binding, mapping: mappingWith(policy), goods: new Map([['A', { kind: 'known', good: 'GA', unit: 'U' }]]), goodsRefused: null, person: known('P'),
    currency: { kind: 'own' }, struck: new Set(), unkeyed: { fresh: true, documents: unkeyed }, refusals: [], released: null, dropped: false, articles: new Map(),
  });
}

/** A base that keeps what it is told, and never refuses. */
class Base {
  private readonly documents: (DocumentFound & { live: boolean })[] = [];

  execute(command: OrderCommand): OrderCommandDone {
    switch (command.kind) {
      case 'find-documents':
        return { kind: 'found', documents: this.live().filter(({ type }) => command.type === 'all' || type === command.type) };
      case 'save-sale-order':
        return this.save('saleOrder', command.documentId, { ...command.draft, baseDoc: null, contract: null });
      case 'save-sale':
        return this.save('sale', null, { ...command.draft, baseDoc: command.draft.saleOrder, contract: command.draft.saleOrder });
      case 'save-sale-return':
        return this.save('saleReturn', command.documentId, { ...command.draft, baseDoc: command.draft.sale, contract: command.draft.saleOrder });
      case 'set-order-state':
        return this.change(command.documentId, { state: command.state });
      case 'relink-sale':
        return this.change(command.documentId, { baseDoc: command.saleOrder, contract: command.saleOrder });
      case 'read-document':
        return { kind: 'read', number: '1' };
      case 'mark-document':
        this.change(command.documentId, { live: false });
        return { kind: 'marked' };
    }
  }

  live(type?: DocumentType): readonly DocumentFound[] {
    return this.documents.filter((document) => document.live && (type === undefined || document.type === type)).map(({ live: _, ...document }) => document);
  }

  /** What there is twice of what there may be once. */
  repeated(): readonly string[] {
    const keys = this.live().map(({ type, storage, baseDoc }) => (type === 'saleOrder' ? type : type === 'sale' ? `${type} ${storage}` : `${type} ${baseDoc}`));
    return keys.filter((key, index) => keys.indexOf(key) !== index);
  }

  private save(type: DocumentType, id: string | null, draft: Pick<DocumentFound, 'person' | 'storage' | 'baseDoc' | 'contract' | 'rows'> & { readonly state?: string | null }): OrderCommandDone {
    const { person, storage, baseDoc, contract, rows } = draft;
    if (id !== null) return this.change(id, { person, storage, baseDoc, contract, rows });
    const documentId = `${type}-${this.documents.length}`;
    this.documents.push({ type, id: documentId, number: null, state: draft.state ?? null, person, storage, baseDoc, contract, posted: true, rows, currency: null, members: null, live: true });
    return { kind: 'saved', documentId };
  }

  private change(documentId: string, change: Partial<DocumentFound & { live: boolean }>): OrderCommandDone {
    const document = this.documents.find(({ id }) => id === documentId);
    if (document !== undefined) Object.assign(document, change);
    return { kind: 'saved', documentId };
  }
}

interface Start {
  readonly base: Base;
  readonly binding: OrderBinding;
  readonly unkeyed?: readonly UnkeyedDocument[];
}

/** Carries decisions out until nothing is left to do. */
function settle(order: Order, start: Start & { readonly policy: AfterShipment }): { readonly binding: OrderBinding; readonly last: OrderDecision } {
  let { binding } = start;
  for (let turn = 0; turn < 40; turn += 1) {
    const last = decide(order, binding, start.policy, start.unkeyed);
    if (last.kind !== 'dispatch') return { binding, last };
    binding = applyDone(binding, last.command, start.base.execute(last.command));
  }
  throw new Error('no end in sight');
}

/** A base that holds what a line of the table is about, and what is known of it. */
function holding(wanted: Holding): Start {
  const base = new Base();
  const reach = (binding: OrderBinding, stage: Stage) => settle(orderIn(stage), { base, binding, policy: 'return' }).binding;
  if (wanted === 'nothing') return { base, binding: nothingHeld };
  if (wanted === 'made-by-hand') return { base, binding: nothingHeld, unkeyed: [{ type: 'saleOrder', id: 'H', number: '7', person: 'P', amount: decimal(300), madeOn: '2026-11-05', mentions: [] }] };
  const ordered = reach(nothingHeld, 'ordered');
  if (wanted === 'order') return { base, binding: ordered };
  if (wanted === 'marked') return { base, binding: reach(ordered, 'cancelled') };
  const shipped = reach(ordered, 'shipped');
  if (wanted === 'part-shipped') return { base, binding: markedByHand(base, shipped, 'sale') };
  if (wanted === 'shipped') return { base, binding: shipped };
  const returned = reach(shipped, 'returned');
  if (wanted === 'returned') return { base, binding: returned };
  return { base, binding: markedByHand(base, returned, 'saleReturn') };
}

/** A person marks the first document of a kind, and it is looked at what is left. */
function markedByHand(base: Base, binding: OrderBinding, type: DocumentType): OrderBinding {
  const [first] = base.live(type);
  base.execute({ kind: 'mark-document', orderId: 9051, documentId: first?.id ?? '', type, state: null });
  return applyDone(binding, { kind: 'find-documents', orderId: 9051, type, saleOrders: [] }, { kind: 'found', documents: base.live(type) });
}

/** In words of its own what each line of the table asks for in the end: live order documents, shipments, and how many of those came back; or who is asked. */
function expected(stage: Stage, held: Holding, policy: AfterShipment): { readonly held: string } | { readonly orders: number; readonly shipments: number; readonly returned: number } {
  const goods = held.includes('shipped') || held.includes('returned');
  const shipments = held === 'part-shipped' ? 1 : 2;
  const allBack = held === 'returned';
  if (held === 'made-by-hand') return stage === 'cancelled' || stage === 'returned' ? { orders: 0, shipments: 0, returned: 0 } : { held: 'made-by-hand' };
  if (stage === 'shipped' || stage === 'completed') return { orders: 1, shipments: 2, returned: 0 };
  if (stage === 'ordered') {
    if (!goods) return { orders: 1, shipments: 0, returned: 0 };
    return policy === 'reverse' ? { orders: 1, shipments: 0, returned: 0 } : { held: 'stepped-back-after-shipment' };
  }
  if (!goods) return { orders: 0, shipments: 0, returned: 0 };
  if (stage === 'returned' || allBack || policy === 'return') return { orders: 0, shipments, returned: shipments };
  return policy === 'reverse' ? { orders: 0, shipments: 0, returned: 0 } : { held: 'cancelled-after-shipment' };
}

const lines = stages.flatMap((stage) => (Object.keys(orderRules[stage]) as Holding[]).flatMap((held) => policies.map((policy) => [stage, held, policy] as const)));

test.each(lines)('A1 A2 A3 A4 A5: the table brings about what it says: %s where Dilovod holds %s (cancelAfterShipment: %s)', (stage, held, policy) => {
  const { base, binding, unkeyed = [] } = holding(held);
  expect(holdingOf(binding, unkeyed.length)).toBe(held);
  const end = settle(orderIn(stage), { base, binding, unkeyed, policy });
  const wanted = expected(stage, held, policy);
  if ('held' in wanted) return expect(end.last).toMatchObject({ kind: 'park', reason: wanted.held });
  expect(end.last).toMatchObject({ kind: 'nothing', reason: 'in-step' });
  expect({ orders: base.live('saleOrder').length, shipments: base.live('sale').length, returned: base.live('saleReturn').length }).toEqual(wanted);
  expect(end.binding.shipments.filter(isReturned)).toHaveLength(wanted.returned);
  expect(decide(orderIn(stage), end.binding, policy, unkeyed)).toEqual(end.last);
});

const happening = fc.record({
  stage: fc.constantFrom<Stage>(...stages),
  quantity: fc.integer({ min: 1, max: 3 }),
  marksByHand: fc.constantFrom<DocumentType | null>(null, null, null, 'saleOrder', 'sale'),
  /** How each request that follows ends. */
  ends: fc.array(fc.constantFrom<'answered' | 'lost before' | 'lost after' | 'twice'>('answered', 'answered', 'lost before', 'lost after', 'twice'), { maxLength: 5 }),
});

test('A7 A9: whatever statuses, edits, marks made by hand, losses and repeats came before, the end is what the last state asks for, and nothing is ever there twice', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 8 }), (history) => {
      const base = new Base();
      let binding = nothingHeld;
      let quantity = 2;
      for (const { stage, quantity: edited, marksByHand, ends } of history) {
        if (marksByHand !== null && base.live('saleReturn').length === 0 && base.live(marksByHand).length > 0) binding = doubting(markedByHand(base, binding, marksByHand), 'all');
        if (base.live('sale').length === 0 && binding.shipments.length === 0) quantity = edited;
        for (const end of ends) {
          const decision = decide(orderIn(stage, quantity), binding, 'reverse');
          if (decision.kind !== 'dispatch') break;
          const { command } = decision;
          // What is found by its key is not made again: only commands that are safe to repeat are executed twice.
          const repeatable = !('draft' in command) || ('documentId' in command && command.documentId !== null);
          const done = end === 'lost before' ? undefined : base.execute(command);
          if (end === 'twice' && repeatable) base.execute(command);
          binding = done === undefined || end === 'lost after' ? applyDoubt(binding, command) : applyDone(binding, command, done);
          expect(base.repeated()).toEqual([]);
        }
      }
      const last = history.at(-1)?.stage ?? 'ordered';
      const end = settle(orderIn(last, quantity), { base, binding, policy: 'reverse' });
      expect(base.repeated()).toEqual([]);
      expect(end.last).toEqual({ kind: 'nothing', reason: 'in-step' });
      const live = last === 'ordered' || last === 'shipped' || last === 'completed';
      expect(base.live('saleOrder')).toHaveLength(live ? 1 : 0);
      expect(end.binding.shipments.filter((shipment) => !isReturned(shipment))).toHaveLength(last === 'shipped' || last === 'completed' ? 2 : 0);
      if (live) expect(base.live('saleOrder')[0]?.rows.map(({ storage, qty }) => `${storage} ${qty}`).sort()).toEqual([`W1 ${quantity}`, 'W2 1']);
    }),
    { numRuns: 400 },
  );
});

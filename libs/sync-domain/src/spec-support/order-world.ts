import { decimal, plus, times, zero } from '@kds/kernel';
import { applyDone, type DocumentFound } from '../orders/apply-command.js';
import { decideOrderSync } from '../orders/decide-order-sync.js';
import type { Order, OrderLine } from '../orders/order.js';
import { nothingHeld, type OrderBinding } from '../orders/order-binding.js';
import type { OrderCommand } from '../orders/order-command.js';
import type { GoodFact, OrderDecision, OrderFacts, Released } from '../orders/order-facts.js';
import type { OrderMapping } from '../orders/order-mapping.js';
import { known } from './known-person.js';

export const status = { ordered: 12, shipped: 15, completed: 18, cancelled: 19, returned: 21 } as const;

export const aMapping = (change: Partial<OrderMapping> = {}): OrderMapping => ({
  mode: 'live',
  pilotSkus: [],
  since: '2026-11-01T00:00:00.000Z',
  stages: { ordered: [12], shipped: [15], completed: [18], cancelled: [19], returned: [21] },
  states: { ordered: 'S2', shipped: 'S8' },
  firm: 'F',
  business: null,
  currency: 'UAH-id',
  currencies: {},
  author: null,
  tradeChanel: null,
  paymentForm: null,
  warehouses: [{ keycrm: 1, dilovod: 'W1' }],
  defaultWarehouse: 1,
  person: 'match',
  endConsumer: null,
  unmappedLine: 'hold',
  cancelAfterShipment: 'review',
  reserve: false,
  writeBack: { documentField: null, problemField: null },
  ...change,
});

/** A line at 100.00 for one. */
export const aLine = (sku: string, quantity = 1, change: Partial<OrderLine> = {}): OrderLine => ({
  id: null,
  name: `Товар ${sku}`,
  sku,
  quantity: decimal(quantity),
  price: decimal(100),
  priceSold: null,
  discountPercent: null,
  discountAmount: null,
  totalDiscount: null,
  warehouseId: 1,
  ...change,
});

export function anOrder(statusId: number, lines: readonly OrderLine[], change: Partial<Order> = {}): Order {
  const at = '2026-11-05T10:00:00.000Z';
  return {
    id: 9051,
    sourceId: null,
    statusId,
    statusGroupId: null,
    orderedAt: at,
    createdAt: at,
    updatedAt: null,
    statusChangedAt: null,
    buyer: { fullName: 'Олена Зразкова', phone: '0670000001', email: null },
    recipient: null,
    lines,
    discountPercent: null,
    discountAmount: null,
    totalDiscount: null,
    shippingPrice: zero,
    wrapPrice: zero,
    taxes: zero,
    grandTotal: plus(zero, ...lines.map((line) => times(line.price, line.quantity))),
    fields: {},
    ...change,
  };
}

export const knownGood = (good: string): GoodFact => ({ kind: 'known', good, unit: 'U' });
export const absentGood: GoodFact = { kind: 'absent', asked: true };

/** One order's documents in a base that keeps what it is told, and what people make of them there. */
export class OrderWorld {
  binding: OrderBinding = nothingHeld;
  readonly commands: OrderCommand[] = [];
  private serial = 0;

  constructor(public facts: Partial<OrderFacts> = {}) {}

  decide(order: Order): OrderDecision {
    return decideOrderSync({
      observation: { kind: 'present', order },
      binding: this.binding,
      mapping: aMapping(),
      goods: new Map([['A', knownGood('GA')], ['B', knownGood('GB')]]),
      goodsRefused: null,
      person: known('P', 'Олена Зразкова'),
      currency: { kind: 'own' },
      struck: new Set(),
      unkeyed: { fresh: true, documents: [] },
      refusals: [],
      released: null,
      dropped: false,
      articles: new Map(),
      ...this.facts,
    });
  }

  /** Carries decisions out until nothing is left to do; the last one. */
  settle(order: Order): OrderDecision {
    this.commands.length = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      const decision = this.decide(order);
      if (decision.kind !== 'dispatch') return decision;
      this.commands.push(decision.command);
      this.binding = applyDone(this.binding, decision.command, this.execute(decision.command));
    }
    throw new Error('no end in sight');
  }

  /** A person lets go what holds the order. */
  release(decision: OrderDecision, as: Released['as'] = null): void {
    if (decision.kind !== 'park') throw new Error(`not held: ${decision.reason}`);
    this.facts = { ...this.facts, released: { reason: decision.reason, detail: decision.detail ?? null, as } };
  }

  /** A person changes the order document in Dilovod, and it is looked at. */
  changeInDilovod(change: Partial<DocumentFound>): void {
    const document = { ...this.document(), ...change };
    this.binding = applyDone(this.binding, { kind: 'find-documents', orderId: 9051, type: 'saleOrder', saleOrders: [] }, { kind: 'found', documents: [document] });
  }

  document(): DocumentFound {
    const held = this.binding.saleOrder;
    if (held === null) throw new Error('there is no order document');
    const { id, number, state, person, rows, members, currency } = held;
    return { type: 'saleOrder', id, number, state, person, storage: 'W1', baseDoc: null, contract: null, posted: true, currency, rows, members };
  }

  private execute(command: OrderCommand): Parameters<typeof applyDone>[2] {
    if (command.kind === 'mark-document') return { kind: 'marked' };
    if (command.kind === 'find-documents') return { kind: 'found', documents: this.binding.saleOrder === null ? [] : [this.document()] };
    this.serial += 1;
    return { kind: 'saved', documentId: 'documentId' in command && command.documentId !== null ? command.documentId : `D${this.serial}` };
  }
}

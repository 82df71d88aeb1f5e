import { canonicalJson } from '@kds/kernel';
import { toPersonWanted } from '../persons/person-key.js';
import { describeDifference, sameRows } from './compare-rows.js';
import type { Order } from './order.js';
import type { DocumentRow, OrderBinding } from './order-binding.js';
import type { OrderCommand, SaleOrderDraft } from './order-command.js';
import type { OrderDecision, OrderFacts } from './order-facts.js';
import { type OrderMapping, type Stage, stageOf } from './order-mapping.js';
import { holdingOf, type Step, stepsFor } from './order-rules.js';
import { type DocumentRows, toDocumentRows } from './to-document-rows.js';

/**
 * What to do about one order now, from everything known about it. Pure and total: the same facts give the same decision, and deciding again after
 * the decision has been carried out leads one step on, until nothing is left to do.
 */
export function decideOrderSync(facts: OrderFacts): OrderDecision {
  const { observation, binding, mapping } = facts;
  if (facts.dropped) return { kind: 'nothing', reason: 'dropped-by-person' };
  if (observation.kind === 'missing') return decideMissing(binding);
  const { order } = observation;
  if (order.orderedAt < mapping.since) return { kind: 'nothing', reason: 'made-before-since' };
  const stage = stageOf(order.statusId, mapping);
  if (stage === undefined) return { kind: 'nothing', reason: 'status-not-mapped' };
  if (mapping.mode === 'pilot' && !isPilot(order, mapping)) return { kind: 'nothing', reason: 'not-in-pilot' };
  if (binding.doubt !== null) return unlessRefused(dispatch('look-after-doubt', { kind: 'find-documents', orderId: order.id, type: binding.doubt }), facts);
  for (const step of stepsFor(stage, holdingOf(binding), mapping.cancelAfterShipment)) {
    const decision = decideStep(step, { ...facts, order, stage });
    if (decision !== undefined) return unlessRefused(decision, facts);
  }
  return { kind: 'nothing', reason: 'in-step' };
}

function decideMissing({ saleOrder, shipments }: OrderBinding): OrderDecision {
  if (saleOrder === null && shipments.length === 0) return { kind: 'nothing', reason: 'deleted-nothing-held' };
  return {
    kind: 'park',
    reason: 'deleted-in-keycrm',
    message: 'KeyCRM has this order no more (deleted or merged), but Dilovod holds documents of it: mark them by hand, or restore the order.',
    detail: { saleOrder: saleOrder?.id, shipments: shipments.map((shipment) => shipment.id) },
  };
}

function isPilot(order: Order, { pilotSkus }: OrderMapping): boolean {
  return order.lines.length > 0 && order.lines.every((line) => line.sku !== null && pilotSkus.includes(line.sku));
}

function dispatch(reason: string, command: OrderCommand): OrderDecision {
  return { kind: 'dispatch', reason, command };
}

function unlessRefused(decision: OrderDecision, { refusals }: OrderFacts): OrderDecision {
  if (decision.kind !== 'dispatch') return decision;
  const refusal = refusals.find((entry) => entry.command === canonicalJson(decision.command));
  return refusal ? { kind: 'park', reason: refusal.code, message: refusal.message, detail: refusal.detail } : decision;
}

interface StepFacts extends OrderFacts {
  readonly order: Order;
  readonly stage: Stage;
}

/** What a step still asks for; `undefined` when it is already so. */
function decideStep(step: Step, facts: StepFacts): OrderDecision | undefined {
  switch (step) {
    case 'order-saved':
      return decideOrderSaved(facts);
    case 'all-shipped':
      return decideShipments(facts);
    case 'state-set':
      return decideState(facts);
    case 'shipments-returned':
      return decideReturns(facts);
    case 'shipments-reversed':
      return markFirst(facts, facts.binding.shipments.map((shipment) => ({ type: 'sale' as const, id: shipment.id })));
    case 'returns-reversed':
      return markFirst(facts, facts.binding.shipments.flatMap((shipment) => (shipment.saleReturn === null ? [] : [{ type: 'saleReturn' as const, id: shipment.saleReturn }])));
    case 'shipments-linked':
      return decideLinks(facts);
    case 'order-marked':
      return decideMarked(facts);
    case 'hold-step-back':
      return hold('stepped-back-after-shipment', 'The order went back to an earlier status after its goods were shipped: reverse the shipment in Dilovod, or move the order on.', facts);
    case 'hold-cancelled-after-shipment':
      return hold('cancelled-after-shipment', 'The order was cancelled after its goods were shipped: decide whether they come back (return) or never left (reverse).', facts);
  }
}

function hold(reason: string, message: string, { binding }: StepFacts): OrderDecision {
  return { kind: 'park', reason, message, detail: { shipments: binding.shipments.map((shipment) => shipment.id) } };
}

function decideOrderSaved(facts: StepFacts): OrderDecision | undefined {
  const { binding, order, mapping, stage } = facts;
  const held = binding.saleOrder;
  const wanted = toDocumentRows(order, facts);
  if (!wanted.ok) {
    const { lookFor = [], ...problem } = wanted.error;
    if (lookFor.length > 0) return { kind: 'find-goods', reason: 'sku-not-read-yet', skus: lookFor };
    return { kind: 'park', ...problem };
  }
  const difference = held && !sameRows(held.rows, wanted.value.rows);
  if (binding.shipments.length > 0 && held !== null) return difference ? holdEdited(held.rows, wanted.value, facts) : undefined;
  const buyer = decideBuyer(facts);
  if (buyer.kind !== 'known') return buyer;
  if (held !== null && !difference && held.person === buyer.id) return undefined;
  const state = held === null ? (mapping.states[firstStage(stage)] ?? null) : held.state;
  const draft = toSaleOrderDraft({ facts, person: buyer.id, wanted: wanted.value, state });
  return dispatch(held === null ? 'order-missing' : 'order-edited', {
    kind: 'save-sale-order',
    orderId: order.id,
    documentId: held?.id ?? null,
    reserve: held === null && mapping.reserve,
    draft,
  });
}

/** An order that still has to be shipped starts in the state of an ordered one; its own state follows the shipment. */
function firstStage(stage: Stage): Stage {
  return stage === 'shipped' || stage === 'completed' ? 'ordered' : stage;
}

function holdEdited(held: readonly DocumentRow[], wanted: DocumentRows, { order }: StepFacts): OrderDecision {
  const difference = describeDifference(held, wanted.rows, order.lines);
  return {
    kind: 'park',
    reason: 'edited-after-shipment',
    message: `The order was edited in KeyCRM after its goods were shipped: ${difference.text}. Correct the shipment in Dilovod, or undo the edit.`,
    detail: difference,
  };
}

function decideBuyer({ order, mapping, person }: StepFacts): OrderDecision | { readonly kind: 'known'; readonly id: string } {
  const wanted = mapping.person === 'match' ? toPersonWanted(order.buyer) : undefined;
  if (wanted === undefined) {
    if (mapping.endConsumer !== null) return { kind: 'known', id: mapping.endConsumer };
    return { kind: 'park', reason: 'buyer-not-recognisable', message: 'The order names no buyer with a phone or an e-mail: add one in KeyCRM, or set orders.endConsumer.' };
  }
  if (person.kind === 'known') return person;
  if (person.kind === 'refused') return { kind: 'park', reason: person.code, message: person.message };
  if (person.kind === 'absent') return { kind: 'create-person', reason: 'buyer-not-in-dilovod', person: wanted };
  return { kind: 'find-person', reason: 'buyer-not-looked-up', person: wanted };
}

interface Drafting {
  readonly facts: StepFacts;
  readonly person: string;
  readonly wanted: DocumentRows;
  readonly state: string | null;
}

function toSaleOrderDraft({ facts: { order, mapping }, person, wanted, state }: Drafting): SaleOrderDraft {
  const contact = [order.buyer?.fullName, order.buyer?.phone, order.buyer?.email].filter(Boolean).join(', ');
  const recipient = [order.recipient?.fullName, order.recipient?.phone].filter(Boolean).join(', ');
  return {
    orderId: order.id,
    orderedAt: order.orderedAt,
    firm: mapping.firm,
    business: mapping.business,
    currency: mapping.currency,
    author: mapping.author,
    tradeChanel: mapping.tradeChanel,
    paymentForm: mapping.paymentForm,
    person,
    storage: wanted.rows[0]?.storage ?? '',
    state,
    details: person === mapping.endConsumer && contact !== '' ? contact : null,
    remarkFromPerson: recipient === '' ? null : `Отримувач: ${recipient}`,
    note: wanted.skipped.length === 0 ? null : `Без рядків: ${wanted.skipped.join(', ')}`,
    rows: wanted.rows,
  };
}

function decideShipments({ binding: { saleOrder, shipments }, order, mapping }: StepFacts): OrderDecision | undefined {
  if (saleOrder === null) return undefined;
  const storages = [...new Set(saleOrder.rows.map((row) => row.storage))];
  const storage = storages.find((candidate) => !shipments.some((shipment) => shipment.storage === candidate));
  if (storage === undefined) return undefined;
  const rows = saleOrder.rows.filter((row) => row.storage === storage);
  const { firm, business, currency } = mapping;
  return dispatch('shipment-missing', {
    kind: 'save-sale',
    orderId: order.id,
    draft: { orderId: order.id, firm, business, currency, person: saleOrder.person, storage, saleOrder: saleOrder.id, rows },
  });
}

function decideState({ binding: { saleOrder }, mapping, order, stage }: StepFacts): OrderDecision | undefined {
  const state = mapping.states[stage] ?? null;
  if (saleOrder === null || state === null || saleOrder.state === state) return undefined;
  return dispatch('state-differs', { kind: 'set-order-state', orderId: order.id, documentId: saleOrder.id, state });
}

function decideReturns({ binding: { shipments, saleOrder }, mapping, order }: StepFacts): OrderDecision | undefined {
  const sold = shipments.find((shipment) => shipment.saleReturn === null);
  if (sold === undefined) return undefined;
  const { firm, business, currency } = mapping;
  return dispatch('return-missing', {
    kind: 'save-sale-return',
    orderId: order.id,
    draft: { orderId: order.id, firm, business, currency, person: sold.person, storage: sold.storage, sale: sold.id, saleOrder: saleOrder?.id ?? sold.saleOrder, rows: sold.rows },
  });
}

function markFirst({ order }: StepFacts, documents: readonly { readonly type: 'sale' | 'saleReturn'; readonly id: string }[]): OrderDecision | undefined {
  const [first] = documents;
  return first && dispatch(`${first.type === 'sale' ? 'shipment' : 'return'}-no-longer-true`, { kind: 'mark-document', orderId: order.id, documentId: first.id, type: first.type, state: null });
}

function decideLinks({ binding: { shipments, saleOrder }, order }: StepFacts): OrderDecision | undefined {
  const astray = shipments.find((shipment) => saleOrder !== null && shipment.saleOrder !== saleOrder.id);
  if (astray === undefined || saleOrder === null) return undefined;
  return dispatch('shipment-based-on-marked-order', { kind: 'relink-sale', orderId: order.id, documentId: astray.id, saleOrder: saleOrder.id });
}

function decideMarked({ binding: { saleOrder }, mapping, order, stage }: StepFacts): OrderDecision | undefined {
  if (saleOrder === null) return undefined;
  return dispatch(`order-${stage}`, { kind: 'mark-document', orderId: order.id, documentId: saleOrder.id, type: 'saleOrder', state: mapping.states[stage] ?? null });
}

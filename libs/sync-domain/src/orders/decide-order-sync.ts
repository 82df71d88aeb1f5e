import { canonicalJson } from '@kds/kernel';
import { toPersonWanted } from '../persons/person-key.js';
import { sameRows } from './compare-rows.js';
import { decideReturns, decideReturnsFit, markFirst, markReturns } from './decide-returns.js';
import type { Order } from './order.js';
import { type DocumentScope, type OrderBinding, type SaleOrderHeld, saleOrdersOf } from './order-binding.js';
import type { SaleOrderDraft } from './order-command.js';
import type { OrderDecision, OrderFacts } from './order-facts.js';
import { type OrderMapping, type Stage, stageOf } from './order-mapping.js';
import { decideMadeByHand, documentsAlike } from './made-by-hand.js';
import { holdingOf, type Step, stepsFor } from './order-rules.js';
import { dispatch, notShipped, shippedRows, type StepFacts, wantedRows } from './step-facts.js';
import type { DocumentRows } from './to-document-rows.js';

/**
 * What to do about one order now, from everything known about it. Pure and total: the same facts give the same decision, and deciding again after
 * the decision has been carried out leads one step on, until nothing is left to do.
 */
export function decideOrderSync(facts: OrderFacts): OrderDecision {
  const { observation, binding, mapping } = facts;
  if (facts.dropped) return { kind: 'nothing', reason: 'dropped-by-person' };
  if (observation.kind === 'missing') return binding.doubt === null ? decideMissing(binding) : unlessRefused(look(observation.orderId, binding, binding.doubt), facts);
  const { order } = observation;
  if (order.orderedAt < mapping.since) return { kind: 'nothing', reason: 'made-before-since' };
  const stage = stageOf(order.statusId, mapping);
  if (stage === undefined) return { kind: 'nothing', reason: 'status-not-mapped' };
  if (mapping.mode === 'pilot' && !isPilot(order, mapping)) return { kind: 'nothing', reason: 'not-in-pilot' };
  if (binding.doubt !== null) return unlessRefused(look(order.id, binding, binding.doubt), facts);
  if (binding.repeated !== null) return holdRepeated(binding.repeated);
  for (const step of stepsFor(stage, holdingOf(binding, documentsAlike(order, facts).length), facts.released?.as ?? mapping.cancelAfterShipment)) {
    const decision = decideStep(step, { ...facts, order, stage });
    if (decision !== undefined) return unlessRefused(decision, facts);
  }
  return { kind: 'nothing', reason: binding.saleOrder?.reserved === false ? 'in-step-not-reserved' : 'in-step' };
}

function look(orderId: number, binding: OrderBinding, type: DocumentScope): OrderDecision {
  return dispatch('look-after-doubt', { kind: 'find-documents', orderId, type, saleOrders: saleOrdersOf(binding) });
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

function holdRepeated({ type, ids }: NonNullable<OrderBinding['repeated']>): OrderDecision {
  const message = `Dilovod holds ${ids.length} live documents where one ${type} belongs to this order (${ids.join(', ')}): mark the wrong ones for deletion there, then release the order.`;
  return { kind: 'park', reason: 'document-repeated', message, detail: { type, ids } };
}

function isPilot(order: Order, { pilotSkus }: OrderMapping): boolean {
  return order.lines.length > 0 && order.lines.every((line) => line.sku !== null && pilotSkus.includes(line.sku));
}

function unlessRefused(decision: OrderDecision, { refusals }: OrderFacts): OrderDecision {
  if (decision.kind !== 'dispatch') return decision;
  const refusal = refusals.find((entry) => entry.command === canonicalJson(decision.command));
  return refusal ? { kind: 'park', reason: refusal.code, message: refusal.message, detail: refusal.detail } : decision;
}

/** What a step still asks for; `undefined` when it is already so. */
function decideStep(step: Step, facts: StepFacts): OrderDecision | undefined {
  switch (step) {
    case 'hold-made-by-hand':
      return decideMadeByHand(facts);
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
      return markReturns(facts, facts.binding.shipments);
    case 'returns-fit':
      return decideReturnsFit(facts);
    case 'shipments-linked':
      return decideLinks(facts);
    case 'order-marked':
      return decideMarked(facts);
    case 'hold-step-back':
      return hold('stepped-back-after-shipment', 'The order went back to an earlier status after its goods were shipped: move the order on, or reverse the shipment (mark it in Dilovod and release the order, or release it as «reverse»).', facts);
    case 'hold-cancelled-after-shipment':
      return hold('cancelled-after-shipment', 'The order was cancelled after its goods were shipped: release it as «return» if they come back, as «reverse» if they never left.', facts);
  }
}

function hold(reason: string, message: string, { binding }: StepFacts): OrderDecision {
  return { kind: 'park', reason, message, detail: { shipments: binding.shipments.map((shipment) => shipment.id) } };
}

function decideOrderSaved(facts: StepFacts): OrderDecision | undefined {
  const { binding, order, mapping, stage } = facts;
  const held = binding.saleOrder;
  if (binding.shipments.length > 0 && held !== null) return undefined;
  const wanted = wantedRows(facts);
  if (wanted.kind !== 'rows') return wanted;
  const buyer = decideBuyer(facts);
  if (buyer.kind !== 'known') return buyer;
  const state = held === null ? (mapping.states[firstStage(stage)] ?? null) : held.state;
  const draft = toSaleOrderDraft({ facts, person: buyer.id, wanted: { ...wanted, rows: [...shippedRows(binding), ...notShipped(wanted.rows, binding)] }, state });
  if (held !== null && sameRows(held.rows, draft.rows) && held.person === draft.person && sameContacts(held, draft)) return undefined;
  if (held === null && binding.shipments.length === 0 && !facts.unkeyed.fresh) return { kind: 'list-documents', reason: 'perhaps-made-by-hand-meanwhile' };
  return dispatch(held === null ? missingBecause(binding) : 'order-edited', {
    kind: 'save-sale-order',
    orderId: order.id,
    documentId: held?.id ?? null,
    reserve: held === null && mapping.reserve,
    draft,
  });
}

function missingBecause({ marked }: OrderBinding): string {
  return marked === null ? 'order-missing' : 'order-was-marked';
}

/** What an order that was found says is not known, and left as it is. */
function sameContacts({ contacts }: SaleOrderHeld, { details, remarkFromPerson }: SaleOrderDraft): boolean {
  return contacts === null || (contacts.details === details && contacts.remarkFromPerson === remarkFromPerson);
}

/** An order that still has to be shipped starts in the state of an ordered one; its own state follows the shipment. */
function firstStage(stage: Stage): Stage {
  return stage === 'shipped' || stage === 'completed' ? 'ordered' : stage;
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
    known: shipments.map(({ id }) => id),
    draft: { orderId: order.id, firm, business, currency, person: saleOrder.person, storage, saleOrder: saleOrder.id, rows },
  });
}

function decideState({ binding: { saleOrder }, mapping, order, stage }: StepFacts): OrderDecision | undefined {
  const state = mapping.states[stage] ?? null;
  if (saleOrder === null || state === null || saleOrder.state === state) return undefined;
  return dispatch('state-differs', { kind: 'set-order-state', orderId: order.id, documentId: saleOrder.id, state });
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

import { canonicalJson } from '@kds/kernel';
import { decideCurrency, decideOrderSaved } from './decide-order-saved.js';
import { decideReturns, decideReturnsFit, markFirst, markReturns } from './decide-returns.js';
import type { Order } from './order.js';
import { type DocumentScope, type OrderBinding, saleOrdersOf } from './order-binding.js';
import type { OrderCommand } from './order-command.js';
import type { OrderDecision, OrderFacts } from './order-facts.js';
import { type OrderMapping, stageOf } from './order-mapping.js';
import { decideMadeByHand, documentsAlike } from './made-by-hand.js';
import { holdingOf, type Step, stepsFor } from './order-rules.js';
import { dispatch, type StepFacts } from './step-facts.js';
import { liveLines } from './to-document-rows.js';

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
  const lines = liveLines(order);
  return lines.length > 0 && lines.every((line) => line.sku !== null && pilotSkus.includes(line.sku));
}

function unlessRefused(decision: OrderDecision, { refusals }: OrderFacts): OrderDecision {
  if (decision.kind !== 'dispatch') return decision;
  const refusal = refusals.find((entry) => entry.command === refusalKey(decision.command));
  return refusal ? { kind: 'park', reason: refusal.code, message: refusal.message, detail: refusal.detail } : decision;
}

/** By what a refusal of a command is known again: what it asks for, whenever its person was looked for. */
export function refusalKey(command: OrderCommand): string {
  return canonicalJson('personSeenAt' in command ? { ...command, personSeenAt: null } : command);
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

function decideShipments(facts: StepFacts): OrderDecision | undefined {
  const { binding, order, mapping, struck } = facts;
  const { saleOrder, shipments } = binding;
  if (saleOrder === null) return undefined;
  const storages = [...new Set(saleOrder.rows.map((row) => row.storage))];
  const storage = storages.find((candidate) => !shipments.some((shipment) => shipment.storage === candidate));
  if (storage === undefined) return undefined;
  const rows = saleOrder.rows.filter((row) => row.storage === storage);
  const gone = rows.filter((row) => struck.has(row.good));
  if (gone.length > 0) return holdStruck(facts, gone.map((row) => row.good));
  const currency = saleOrder.currency ?? decideCurrency(facts);
  if (typeof currency !== 'string') return currency;
  const { firm, business } = mapping;
  return dispatch('shipment-missing', {
    kind: 'save-sale',
    orderId: order.id,
    known: shipments.map(({ id }) => id),
    draft: { orderId: order.id, firm, business, currency, person: saleOrder.person, storage, saleOrder: saleOrder.id, rows },
  });
}

/** A shipment is still to be made, and Dilovod's catalogue has its goods no more. */
function holdStruck({ binding }: StepFacts, goods: readonly string[]): OrderDecision {
  const named = goods.map((good) => binding.booked.find((line) => line.good === good)?.sku ?? `good ${good}`);
  const message = `The goods ${named.join(', ')} of the order document are struck off in Dilovod: restore them there, or correct the order in KeyCRM.`;
  return { kind: 'park', reason: 'sku-unknown', message, detail: { goods } };
}

/** A state that a person has set since we last set one stays, until the order reaches another stage. */
function decideState({ binding: { saleOrder }, mapping, order, stage }: StepFacts): OrderDecision | undefined {
  const state = mapping.states[stage] ?? null;
  if (saleOrder === null || state === null || saleOrder.state === state || saleOrder.written?.state === state) return undefined;
  return dispatch('state-differs', { kind: 'set-order-state', orderId: order.id, documentId: saleOrder.id, state }, { from: saleOrder.state });
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

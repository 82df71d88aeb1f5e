import { canonicalJson } from '@kds/kernel';
import { describeDifference, lessTotals, type RowsDifference, sameTotals, totalsOf } from './compare-rows.js';
import type { DocumentRow, ShipmentHeld } from './order-binding.js';
import type { OrderDecision } from './order-facts.js';
import { isReturned } from './order-rules.js';
import { proposeReturns, type ReturnProposal } from './propose-returns.js';
import { dispatch, notShipped, shippedRows, type StepFacts, wantedRows } from './step-facts.js';

/**
 * A shipment is a fact in the books: what KeyCRM's lines say after it must be what was shipped less what came back. Lines that were removed or reduced are a
 * return, made once a person has let it go; any other difference is for a person to put right.
 */
export function decideReturnsFit(facts: StepFacts): OrderDecision | undefined {
  const { binding, released } = facts;
  const wanted = wantedRows(facts);
  if (wanted.kind !== 'rows') return wanted;
  const unshipped = notShipped(wanted.rows, binding);
  if (binding.saleOrder !== null && !sameTotals(notShipped(binding.saleOrder.rows, binding), unshipped)) return holdEdited(facts, wanted.rows);
  const shown = wanted.rows.filter((row) => !unshipped.includes(row));
  const shipped = shippedRows(binding);
  const back = binding.shipments.flatMap(({ saleReturn }) => saleReturn?.rows ?? []);
  if (lessTotals(lessTotals(totalsOf(shipped), totalsOf(back)), totalsOf(shown)).length === 0) return undefined;
  if (sameTotals(shipped, shown)) return markReturns(facts, binding.shipments);
  const returns = proposeReturns(binding.shipments, shown);
  if (returns === undefined) return holdEdited(facts, wanted.rows);
  const isReleased = released?.reason === partialReturn && canonicalJson((released.detail as { returns?: unknown } | null)?.returns ?? null) === canonicalJson(returns);
  return isReleased ? makeReturns(facts, returns) : holdPartialReturn(facts, { rows: wanted.rows, returns });
}

const partialReturn = 'partial-return';

function makeReturns(facts: StepFacts, returns: readonly ReturnProposal[]): OrderDecision | undefined {
  const proposalOf = (shipment: ShipmentHeld) => returns.find(({ sale }) => sale === shipment.id);
  const due = facts.binding.shipments.find((shipment) => !sameTotals(shipment.saleReturn?.rows ?? [], proposalOf(shipment)?.rows ?? []));
  if (due === undefined) return undefined;
  const rows = proposalOf(due)?.rows;
  return rows === undefined ? markReturns(facts, [due]) : saveReturn(facts, due, rows);
}

function holdPartialReturn(facts: StepFacts, { rows, returns }: { readonly rows: readonly DocumentRow[]; readonly returns: readonly ReturnProposal[] }): OrderDecision {
  const difference = differenceTo(rows, facts);
  return {
    kind: 'park',
    reason: partialReturn,
    message: `Lines were removed or reduced in KeyCRM after shipment: ${difference.text}. Release the order to make the return in Dilovod, or undo the edit.`,
    detail: { ...difference, returns },
  };
}

function holdEdited(facts: StepFacts, rows: readonly DocumentRow[]): OrderDecision {
  const difference = differenceTo(rows, facts);
  return {
    kind: 'park',
    reason: 'edited-after-shipment',
    message: `KeyCRM's lines are not what was shipped: ${difference.text}. Correct the shipment in Dilovod and release the order, or undo the edit.`,
    detail: difference,
  };
}

/** What KeyCRM shows against what Dilovod holds: shipments less returns, and what the order document has for storages that have shipped nothing. */
function differenceTo(rows: readonly DocumentRow[], { binding, articles }: StepFacts): RowsDifference {
  const back = binding.shipments.flatMap(({ saleReturn }) => saleReturn?.rows ?? []);
  const held = lessTotals(totalsOf([...shippedRows(binding), ...notShipped(binding.saleOrder?.rows ?? [], binding)]), totalsOf(back));
  return describeDifference(lessTotals(totalsOf(rows), held), (good) => articles.get(good) ?? `good ${good}`);
}

/** Whatever had come back before, now everything does. */
export function decideReturns(facts: StepFacts): OrderDecision | undefined {
  const sold = facts.binding.shipments.find((shipment) => !isReturned(shipment));
  return sold && saveReturn(facts, sold, sold.rows);
}

function saveReturn({ binding, mapping, order }: StepFacts, sold: ShipmentHeld, rows: readonly DocumentRow[]): OrderDecision {
  const { saleOrder, shipments } = binding;
  const { firm, business } = mapping;
  const currency = sold.currency ?? saleOrder?.currency ?? mapping.currency;
  return dispatch('return-missing', {
    kind: 'save-sale-return',
    orderId: order.id,
    documentId: sold.saleReturn?.id ?? null,
    known: shipments.flatMap(({ saleReturn }) => (saleReturn === null ? [] : [saleReturn.id])),
    draft: { orderId: order.id, firm, business, currency, person: sold.person, storage: sold.storage, sale: sold.id, saleOrder: saleOrder?.id ?? sold.saleOrder, rows },
  });
}

export function markReturns(facts: StepFacts, shipments: readonly ShipmentHeld[]): OrderDecision | undefined {
  return markFirst(facts, shipments.flatMap(({ saleReturn }) => (saleReturn === null ? [] : [{ type: 'saleReturn' as const, id: saleReturn.id }])));
}

export function markFirst({ order }: StepFacts, documents: readonly { readonly type: 'sale' | 'saleReturn'; readonly id: string }[]): OrderDecision | undefined {
  const [first] = documents;
  return first && dispatch(`${first.type === 'sale' ? 'shipment' : 'return'}-no-longer-true`, { kind: 'mark-document', orderId: order.id, documentId: first.id, type: first.type, state: null });
}

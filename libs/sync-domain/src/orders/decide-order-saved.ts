import { canonicalJson } from '@kds/kernel';
import { toPersonWanted } from '../persons/person-key.js';
import { isCalledLike } from '../persons/same-name.js';
import { describeDifference, lessTotals, sameRows, totalsOf } from './compare-rows.js';
import { type FollowedMembers, followMembers, heldMember, isShown, leftOutNote, memberNames, type MemberConflict, pickMembers } from './follow-members.js';
import type { DocumentRow, OrderBinding, SaleOrderHeld } from './order-binding.js';
import type { SaleOrderDraft } from './order-command.js';
import type { OrderDecision, PersonFact } from './order-facts.js';
import type { Stage } from './order-mapping.js';
import { dispatch, lookForGoods, notShipped, shippedRows, type StepFacts, wantedRows } from './step-facts.js';
import type { DocumentRows } from './to-document-rows.js';

/** The order document: made where there is none, brought to what KeyCRM says where there is one that has not been shipped. */
export function decideOrderSaved(facts: StepFacts): OrderDecision | undefined {
  const { binding } = facts;
  const held = binding.saleOrder;
  if (binding.shipments.length > 0 && held !== null) return undefined;
  const wanted = wantedRows(facts);
  if (wanted.kind !== 'rows') return wanted;
  const currency = held?.currency ?? decideCurrency(facts);
  if (typeof currency !== 'string') return currency;
  const buyer = decideBuyer(facts);
  if (buyer.kind !== 'known') return buyer;
  const rows = [...shippedRows(binding), ...notShipped(wanted.rows, binding)];
  const draft = toSaleOrderDraft({ facts, buyer, currency, wanted: { ...wanted, rows } });
  return held === null ? decideCreation(facts, draft, buyer) : decideUpdate(facts, draft, held);
}

function decideCreation(facts: StepFacts, draft: SaleOrderDraft, buyer: Buyer): OrderDecision {
  const { binding, order, mapping } = facts;
  const stale = [...new Set(order.lines.flatMap(({ sku }) => (isStale(facts, sku) ? [sku as string] : [])))];
  if (stale.length > 0) return lookForGoods(facts, 'goods-not-read-lately', stale);
  if (binding.shipments.length === 0 && !facts.unkeyed.fresh) {
    return { kind: 'list-documents', reason: 'perhaps-made-by-hand-meanwhile' };
  }
  const reason = binding.marked === null ? 'order-missing' : 'order-was-marked';
  const command = {
    kind: 'save-sale-order',
    orderId: order.id,
    documentId: null,
    reserve: mapping.reserve,
    personSeenAt: buyer.seenAt,
    draft,
  } as const;
  return dispatch(reason, command, { person: { id: buyer.id, ...buyer.choice } });
}

function isStale({ goods }: StepFacts, sku: string | null): boolean {
  const fact = goods.get(sku ?? '');
  return fact?.kind === 'known' && fact.stale === true;
}

function decideUpdate(facts: StepFacts, wanted: SaleOrderDraft, held: SaleOrderHeld): OrderDecision | undefined {
  const { order, released } = facts;
  const { members, conflicts } = followMembers(pickMembers(wanted), held);
  const detail = { conflicts };
  const isReleased = released?.reason === bothChanged && canonicalJson(released.detail) === canonicalJson(detail);
  if (conflicts.length > 0 && !isReleased) return holdConflicts(conflicts);
  const rowsDiffer = !sameRows(held.rows, wanted.rows);
  // What the base did not show is left as it is.
  const differing = memberNames.filter((member) => isShown(held, member) && heldMember(held, member) !== members[member]);
  if (!rowsDiffer && differing.length === 0) return undefined;
  const command = {
    kind: 'save-sale-order',
    orderId: order.id,
    documentId: held.id,
    expected: { person: held.person, members: held.members, rows: held.rows },
    wanted: pickMembers(wanted),
    draft: { ...wanted, ...members },
  } as const;
  return dispatch('order-edited', command, {
    ...(differing.length === 0 ? {} : { changed: differing }),
    ...(rowsDiffer ? { rows: rowsChange(facts, held.rows, wanted.rows) } : {}),
  });
}

/** What KeyCRM's rows change of those that stand: KeyCRM decides, but never without a word. */
function rowsChange({ articles }: StepFacts, held: readonly DocumentRow[], wanted: readonly DocumentRow[]): string {
  return describeDifference(lessTotals(totalsOf(wanted), totalsOf(held)), (good) => articles.get(good) ?? `good ${good}`).text;
}

const bothChanged = 'changed-on-both-sides';

const memberWords: Readonly<Record<keyof FollowedMembers, string>> = {
  person: 'the buyer',
  business: 'the business',
  author: 'the author',
  tradeChanel: 'the trade channel',
  paymentForm: 'the payment form',
  details: 'the contact details',
  remarkFromPerson: 'the recipient',
  note: 'the remark',
};

function holdConflicts(conflicts: readonly MemberConflict[]): OrderDecision {
  const each = conflicts.map(({ member, dilovod, keycrm }) => `${memberWords[member]} (Dilovod: ${dilovod ?? 'nothing'}; KeyCRM: ${keycrm ?? 'nothing'})`);
  const message = `KeyCRM and Dilovod were both changed: ${each.join('; ')}. Put the right value into KeyCRM or the same into Dilovod; or release the order to have KeyCRM's written.`;
  return { kind: 'park', reason: bothChanged, message, detail: { conflicts } };
}

/** Dilovod's id of the currency in which the order is booked, or why it cannot be. */
export function decideCurrency({ currency, mapping }: StepFacts): string | OrderDecision {
  switch (currency.kind) {
    case 'own':
      return mapping.currency;
    case 'unread':
      return { kind: 'read-currencies', reason: 'currency-not-read-yet' };
    case 'refused':
      return { kind: 'park', reason: currency.code, message: currency.message };
    case 'unknown':
      return { kind: 'park', reason: 'currency-unknown', message: currency.message };
    case 'other':
      return mapping.currencies[currency.code] ?? holdForeign(currency.code);
  }
}

function holdForeign(code: string): OrderDecision {
  const message = `The order is in ${code}, which is not the shop's currency in Dilovod: name Dilovod's currency for it in dilovod.currencies, or correct the currency of the order's source in KeyCRM.`;
  return { kind: 'park', reason: 'currency-foreign', message, detail: { currency: code } };
}

type Known = Extract<PersonFact, { readonly kind: 'known' }>;

interface Buyer extends Pick<Known, 'id' | 'choice'> {
  readonly kind: 'known';
  /** `null`: the end consumer, who is nobody's to look for. */
  readonly seenAt: string | null;
  /** Dilovod calls the person otherwise, so that the buyer has to be named on the order. */
  readonly calledOtherwise: boolean;
}

function decideBuyer({ order, mapping, person }: StepFacts): OrderDecision | Buyer {
  const wanted = mapping.person === 'match' ? toPersonWanted(order.buyer) : undefined;
  if (wanted === undefined) {
    if (mapping.endConsumer !== null) return { kind: 'known', id: mapping.endConsumer, seenAt: null, choice: null, calledOtherwise: true };
    return { kind: 'park', reason: 'buyer-not-recognisable', message: 'The order names no buyer with a phone or an e-mail: add one in KeyCRM, or set orders.endConsumer.' };
  }
  if (person.kind === 'known') {
    const { id, seenAt, choice, name } = person;
    return { kind: 'known', id, seenAt, choice, calledOtherwise: name !== null && !isCalledLike(name, wanted.name) };
  }
  if (person.kind === 'refused') return { kind: 'park', reason: person.code, message: person.message };
  // In shadow it is only looked; else whoever is to be created is looked for in the same turn.
  if (person.kind === 'unknown' && mapping.mode === 'shadow') return { kind: 'find-person', reason: 'buyer-not-looked-up', person: wanted };
  return { kind: 'create-person', reason: 'buyer-not-known', person: wanted };
}

interface Drafting {
  readonly facts: StepFacts;
  readonly buyer: Buyer;
  readonly currency: string;
  readonly wanted: DocumentRows;
}

function toSaleOrderDraft({ facts, buyer, currency, wanted }: Drafting): SaleOrderDraft {
  const { order, mapping, binding, stage } = facts;
  const contact = [order.buyer?.fullName, order.buyer?.phone, order.buyer?.email].filter(Boolean).join(', ');
  const recipient = [order.recipient?.fullName, order.recipient?.phone].filter(Boolean).join(', ');
  return {
    orderId: order.id,
    orderedAt: order.orderedAt,
    firm: mapping.firm,
    business: mapping.business,
    currency,
    author: mapping.author,
    tradeChanel: mapping.tradeChanel,
    paymentForm: mapping.paymentForm,
    person: buyer.id,
    storage: wanted.rows[0]?.storage ?? '',
    state: stateOf(binding, mapping.states[firstStage(stage)] ?? null),
    details: buyer.calledOtherwise && contact !== '' ? contact : null,
    remarkFromPerson: recipient === '' ? null : `Отримувач: ${recipient}`,
    note: leftOutNote(wanted.skipped),
    rows: wanted.rows,
    booked: wanted.booked,
  };
}

function stateOf({ saleOrder }: OrderBinding, first: string | null): string | null {
  return saleOrder === null ? first : saleOrder.state;
}

/** An order that still has to be shipped starts in the state of an ordered one; its own state follows the shipment. */
function firstStage(stage: Stage): Stage {
  return stage === 'shipped' || stage === 'completed' ? 'ordered' : stage;
}

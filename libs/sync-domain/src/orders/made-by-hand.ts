import { canonicalJson, compare, dayBefore, type Decimal, minus, plus } from '@kds/kernel';
import type { Order } from './order.js';
import type { OrderDecision, OrderFacts, UnkeyedDocument } from './order-facts.js';
import type { StepFacts } from './step-facts.js';

const reason = 'made-by-hand';

/**
 * The documents without a key that are taken for this order's own: of three signs (the buyer, the sum, the order's number in the remark) two are there. One
 * alone is often chance: people buy again, and numbers stand for many things.
 */
export function documentsAlike(order: Order, { unkeyed, person, mapping }: Pick<OrderFacts, 'unkeyed' | 'person' | 'mapping'>): readonly UnkeyedDocument[] {
  const buyer = person.kind === 'known' && person.id !== mapping.endConsumer ? person.id : undefined;
  const sums = [order.grandTotal, minus(order.grandTotal, plus(order.shippingPrice, order.wrapPrice, order.taxes))];
  const earliest = dayBefore(order.orderedAt);
  return unkeyed.documents.filter((document) => {
    const signs = [buyer !== undefined && document.person === buyer, isAmong(document.amount, sums), document.mentions.includes(order.id)];
    return signs.filter(Boolean).length > 1 && (document.madeOn === null || document.madeOn >= earliest);
  });
}

function isAmong(amount: Decimal | null, sums: readonly Decimal[]): boolean {
  return amount !== null && sums.some((sum) => compare(sum, amount) === 0);
}

/** Whether they are the order's is for a person to say, once for what was shown. */
export function decideMadeByHand({ released, ...facts }: StepFacts): OrderDecision | undefined {
  const { order } = facts;
  const documents = documentsAlike(order, facts).map(({ type, id, number, amount }) => ({ type, id, number, amount }));
  if (released?.reason === reason && canonicalJson(released.detail) === canonicalJson({ documents })) return undefined;
  const named = documents.map(({ type, id, number, amount }) => `${type} ${number ?? id}${amount === null ? '' : ` of ${amount}`}`).join(', ');
  const message = `Dilovod holds what looks like this order's, made by hand or by another program: ${named}. If it is, begin its remark with «KeyCRM #${order.id}» there; if it is not, change nothing. Then release the order.`;
  return { kind: 'park', reason, message, detail: { documents } };
}

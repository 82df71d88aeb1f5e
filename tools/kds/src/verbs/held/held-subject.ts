import { InvalidArgumentError } from 'commander';

export type RunFlow = 'stock' | 'prices';

/** What of a tenant may be held: one order, a whole run, or the rows of stock and prices that KeyCRM refuses. */
export type HeldSubject = { readonly kind: 'order'; readonly orderId: string } | { readonly kind: 'run'; readonly flow: RunFlow } | { readonly kind: 'rows' };

/** Reads `905`, `stock`, `prices` or `rows`, as the list shows them. */
export function parseHeldSubject(text: string): HeldSubject {
  if (text === 'rows') return { kind: 'rows' };
  if (text === 'stock' || text === 'prices') return { kind: 'run', flow: text };
  return { kind: 'order', orderId: parseOrderId(text) };
}

export function parseOrderId(text: string): string {
  const [, digits] = /^#?0*([1-9]\d{0,17})$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('write the number of a KeyCRM order; where others may be held, also stock, prices or rows.');
  return digits;
}

export function nameOf(subject: HeldSubject): string {
  if (subject.kind === 'rows') return 'what KeyCRM refuses';
  return subject.kind === 'order' ? `order ${subject.orderId}` : `the ${subject.flow} run`;
}

/** As the list shows it and the verbs take it. */
export function textOf(subject: HeldSubject): string {
  if (subject.kind === 'rows') return 'rows';
  return subject.kind === 'order' ? subject.orderId : subject.flow;
}

export type RunFlow = 'stock' | 'prices';

/** What of a tenant may be held: one order, a whole run, or the rows of stock and prices that KeyCRM refuses. */
export type HeldSubject = { readonly kind: 'order'; readonly orderId: string } | { readonly kind: 'run'; readonly flow: RunFlow } | { readonly kind: 'rows' };

/** Reads `905`, `stock`, `prices` or `rows`, as lists show them; `undefined` for anything else. */
export function readHeldSubject(text: string): HeldSubject | undefined {
  if (text === 'rows') return { kind: 'rows' };
  if (text === 'stock' || text === 'prices') return { kind: 'run', flow: text };
  const orderId = readOrderId(text);
  return orderId === undefined ? undefined : { kind: 'order', orderId };
}

/** Digits of the number of a KeyCRM order. */
export function readOrderId(text: string): string | undefined {
  return /^#?0*([1-9]\d{0,17})$/.exec(text)?.[1];
}

export function nameOfHeld(subject: HeldSubject): string {
  if (subject.kind === 'rows') return 'what KeyCRM refuses';
  return subject.kind === 'order' ? `order ${subject.orderId}` : `the ${subject.flow} run`;
}

/** As lists show it and the verbs take it. */
export function textOfHeld(subject: HeldSubject): string {
  if (subject.kind === 'rows') return 'rows';
  return subject.kind === 'order' ? subject.orderId : subject.flow;
}

export type RunFlow = 'stock' | 'prices';

/** What of a tenant may be held: one order, or a whole run. */
export type HeldSubject = { readonly kind: 'order'; readonly orderId: string } | { readonly kind: 'run'; readonly flow: RunFlow };

/** Reads `905`, `stock` or `prices`, as lists show them; `undefined` for anything else. */
export function readHeldSubject(text: string): HeldSubject | undefined {
  if (text === 'stock' || text === 'prices') return { kind: 'run', flow: text };
  const orderId = readOrderId(text);
  return orderId === undefined ? undefined : { kind: 'order', orderId };
}

/** Digits of the number of a KeyCRM order. */
export function readOrderId(text: string): string | undefined {
  return /^#?0*([1-9]\d{0,17})$/.exec(text)?.[1];
}

export function nameOfHeld(subject: HeldSubject): string {
  return subject.kind === 'order' ? `order ${subject.orderId}` : `the ${subject.flow} run`;
}

import { InvalidArgumentError } from 'commander';

export type RunFlow = 'stock' | 'prices';

/** What of a tenant may be held: one order, or a whole run. */
export type HeldSubject = { readonly kind: 'order'; readonly orderId: string } | { readonly kind: 'run'; readonly flow: RunFlow };

/** Reads `905`, `stock` or `prices`, as the list shows them. */
export function parseHeldSubject(text: string): HeldSubject {
  if (text === 'stock' || text === 'prices') return { kind: 'run', flow: text };
  return { kind: 'order', orderId: parseOrderId(text) };
}

export function parseOrderId(text: string): string {
  const [, digits] = /^#?0*([1-9]\d{0,17})$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('write the number of a KeyCRM order; where a run may be held, also stock or prices.');
  return digits;
}

export function nameOf(subject: HeldSubject): string {
  return subject.kind === 'order' ? `order ${subject.orderId}` : `the ${subject.flow} run`;
}

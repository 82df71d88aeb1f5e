/** What the body of a webhook is about: an order, something that orders do not care for (stock, leads), or nothing that can be made out. */
export type OrderEvent = { readonly kind: 'order'; readonly orderId: number } | { readonly kind: 'something-else' } | { readonly kind: 'unusable' };

/** Reads KeyCRM's `{"event": "order.…", "context": {"id": …}}`. Lists are stock notices; an event that names no subject is taken for an order's. */
export function readOrderEvent(json: unknown): OrderEvent {
  if (Array.isArray(json)) return { kind: 'something-else' };
  const event = memberOf(json, 'event');
  if (typeof event === 'string' && !event.startsWith('order.')) return { kind: 'something-else' };
  const orderId = toOrderId(memberOf(memberOf(json, 'context'), 'id'));
  return orderId === undefined ? { kind: 'unusable' } : { kind: 'order', orderId };
}

function memberOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined;
}

function toOrderId(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

import type { PersonFact } from '../orders/order-facts.js';

/** A buyer whom Dilovod is known to hold. */
export function known(id: string, name: string | null = null): PersonFact {
  return { kind: 'known', id, name, seenAt: '2026-11-05T10:00:00.000Z', choice: null };
}

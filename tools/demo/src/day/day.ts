import { awkwardOrders } from './awkward-orders.js';
import { bookkeeping } from './bookkeeping.js';
import { changesOfMind } from './changes-of-mind.js';
import { lostMessages } from './lost-messages.js';
import { plainOrders } from './plain-orders.js';
import { passingOrders } from './passing-orders.js';
import type { Story } from './story.js';

export const opening = '09:00';
export const closing = '19:00';

/** Everything that happens on the day, by what it shows. */
export function storiesOf(seed: number): readonly Story[] {
  return [...plainOrders, ...awkwardOrders, ...changesOfMind, ...bookkeeping, ...lostMessages, ...passingOrders(seed, opening)];
}

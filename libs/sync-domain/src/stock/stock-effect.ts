import type { Observation } from '../orders/order.js';
import { type OrderMapping, type Stage, stageOf } from '../orders/order-mapping.js';

/** The stage at which a KeyCRM account takes goods off its own stock. */
export type WritesOffAt = 'shipped' | 'completed' | 'never';

/**
 * What KeyCRM does to its own stock for an order: it has `taken` the goods off; it is `due` to take them off at a later status; `none`: it has not and
 * will not, or has given them back, so that Dilovod's balance alone counts; `unclear`: the status says nothing, what was known before stands.
 */
export type StockEffect = 'taken' | 'due' | 'none' | 'unclear';

export interface StockEffectFacts {
  readonly observation: Observation;
  readonly mapping: Pick<OrderMapping, 'stages' | 'since'>;
  readonly writesOffAt: WritesOffAt;
  /** A person decided to leave the order alone, and with it what Dilovod shall hold for it. */
  readonly dropped: boolean;
}

/** KeyCRM's group of cancelled statuses: goods taken off for such an order are back in stock at once. */
const cancelledGroup = 6;

const effects: Readonly<Record<Stage, Readonly<Record<WritesOffAt, StockEffect>>>> = {
  ordered: { shipped: 'due', completed: 'due', never: 'none' },
  shipped: { shipped: 'taken', completed: 'due', never: 'none' },
  completed: { shipped: 'taken', completed: 'taken', never: 'none' },
  cancelled: { shipped: 'none', completed: 'none', never: 'none' },
  returned: { shipped: 'none', completed: 'none', never: 'none' },
};

export function stockEffectOf({ observation, mapping, writesOffAt, dropped }: StockEffectFacts): StockEffect {
  if (dropped || observation.kind === 'missing') return 'none';
  const { order } = observation;
  if (order.statusGroupId === cancelledGroup || order.orderedAt < mapping.since) return 'none';
  const stage = stageOf(order.statusId, mapping);
  if (stage === undefined) return writesOffAt === 'never' ? 'none' : 'unclear';
  return effects[stage][writesOffAt];
}

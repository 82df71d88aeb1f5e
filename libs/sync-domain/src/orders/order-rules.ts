import { sameUnits } from './compare-rows.js';
import type { OrderBinding, ShipmentHeld } from './order-binding.js';
import type { OrderMapping, Stage } from './order-mapping.js';

/** What Dilovod holds for an order, as far as the rules tell cases apart. */
export type Holding = 'nothing' | 'order' | 'shipped' | 'part-returned' | 'returned';

/** What to bring about, one after the other; the first that is not so yet is what is done now. */
export type Step =
  | 'order-saved'
  | 'all-shipped'
  | 'state-set'
  | 'shipments-returned'
  | 'shipments-reversed'
  | 'returns-reversed'
  | 'returns-fit'
  | 'shipments-linked'
  | 'order-marked'
  | 'hold-step-back'
  | 'hold-cancelled-after-shipment';

export type AfterShipment = OrderMapping['cancelAfterShipment'];

/** The business table: the stage that an order is in, by what Dilovod holds for it. Policies stand where a client may choose. */
export type Rule = readonly Step[] | Readonly<Record<AfterShipment, readonly Step[]>>;

const kept: readonly Step[] = ['order-saved', 'all-shipped', 'state-set'];
const resumed: readonly Step[] = ['returns-fit', 'order-saved', 'shipments-linked', 'all-shipped', 'state-set'];
const steppedBack: Rule = {
  review: ['hold-step-back'],
  return: ['hold-step-back'],
  reverse: ['returns-reversed', 'shipments-reversed', 'order-saved', 'state-set'],
};
const cancelledLate: Rule = {
  review: ['hold-cancelled-after-shipment'],
  return: ['shipments-returned', 'order-marked'],
  reverse: ['returns-reversed', 'shipments-reversed', 'order-marked'],
};

export const orderRules: Readonly<Record<Stage, Readonly<Record<Holding, Rule>>>> = {
  ordered: {
    nothing: ['order-saved'],
    order: ['order-saved', 'state-set'],
    shipped: steppedBack,
    'part-returned': steppedBack,
    returned: steppedBack,
  },
  shipped: { nothing: kept, order: kept, shipped: resumed, 'part-returned': resumed, returned: resumed },
  completed: { nothing: kept, order: kept, shipped: resumed, 'part-returned': resumed, returned: resumed },
  cancelled: { nothing: [], order: ['order-marked'], shipped: cancelledLate, 'part-returned': cancelledLate, returned: ['order-marked'] },
  returned: {
    nothing: [],
    order: ['order-marked'],
    shipped: ['shipments-returned', 'order-marked'],
    'part-returned': ['shipments-returned', 'order-marked'],
    returned: ['order-marked'],
  },
};

/** Which row of the table an order's documents put it in. */
export function holdingOf(binding: OrderBinding): Holding {
  const { shipments } = binding;
  if (shipments.length === 0) return binding.saleOrder === null ? 'nothing' : 'order';
  if (shipments.every((shipment) => shipment.saleReturn === null)) return 'shipped';
  return shipments.every(isReturned) ? 'returned' : 'part-returned';
}

/** All of a shipment has come back. */
export function isReturned({ rows, saleReturn }: ShipmentHeld): boolean {
  return saleReturn !== null && sameUnits(rows, saleReturn.rows);
}

export function stepsFor(stage: Stage, holding: Holding, policy: AfterShipment): readonly Step[] {
  const rule = orderRules[stage][holding];
  return isPolicy(rule) ? rule[policy] : rule;
}

function isPolicy(rule: Rule): rule is Readonly<Record<AfterShipment, readonly Step[]>> {
  return !Array.isArray(rule);
}

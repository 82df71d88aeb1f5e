import { sameUnits } from './compare-rows.js';
import type { DocumentRow, OrderBinding, ShipmentHeld } from './order-binding.js';
import type { OrderMapping, Stage } from './order-mapping.js';

/** What Dilovod holds for an order, as far as the rules tell cases apart. */
export type Holding = 'nothing' | 'made-by-hand' | 'marked' | 'order' | 'part-shipped' | 'shipped' | 'part-returned' | 'returned';

/** What to bring about, one after the other; the first that is not so yet is what is done now. */
export type Step =
  | 'hold-made-by-hand'
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
const madeByHand: readonly Step[] = ['hold-made-by-hand', ...kept];
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
    'made-by-hand': ['hold-made-by-hand', 'order-saved'],
    marked: ['order-saved'],
    order: ['order-saved', 'state-set'],
    'part-shipped': steppedBack,
    shipped: steppedBack,
    'part-returned': steppedBack,
    returned: steppedBack,
  },
  shipped: { nothing: kept, 'made-by-hand': madeByHand, marked: kept, order: kept, 'part-shipped': resumed, shipped: resumed, 'part-returned': resumed, returned: resumed },
  completed: { nothing: kept, 'made-by-hand': madeByHand, marked: kept, order: kept, 'part-shipped': resumed, shipped: resumed, 'part-returned': resumed, returned: resumed },
  cancelled: {
    nothing: [],
    'made-by-hand': [],
    marked: [],
    order: ['order-marked'],
    'part-shipped': cancelledLate,
    shipped: cancelledLate,
    'part-returned': cancelledLate,
    returned: ['order-marked'],
  },
  returned: {
    nothing: [],
    'made-by-hand': [],
    marked: [],
    order: ['order-marked'],
    'part-shipped': ['shipments-returned', 'order-marked'],
    shipped: ['shipments-returned', 'order-marked'],
    'part-returned': ['shipments-returned', 'order-marked'],
    returned: ['order-marked'],
  },
};

/** Which row of the table an order's documents put it in; `alike`: how many documents without its key look as if they were its own. */
export function holdingOf({ saleOrder, shipments, marked }: OrderBinding, alike: number): Holding {
  if (shipments.length > 0) return shippedAs(shipments, saleOrder?.rows ?? []);
  if (saleOrder !== null) return 'order';
  if (alike > 0) return 'made-by-hand';
  return marked === null ? 'nothing' : 'marked';
}

function shippedAs(shipments: readonly ShipmentHeld[], ordered: readonly DocumentRow[]): Holding {
  if (shipments.every(isReturned)) return 'returned';
  if (shipments.some((shipment) => shipment.saleReturn !== null)) return 'part-returned';
  return ordered.every((row) => shipments.some(({ storage }) => storage === row.storage)) ? 'shipped' : 'part-shipped';
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

import type { Holding, Stage, Step } from '@kds/sync-domain';
import type { AfterShipment } from './rule-lines.js';

/** What each step brings about: as a phrase in the table, and what it means. */
export const stepWords: Readonly<Record<Step, { readonly phrase: string; readonly meaning: string }>> = {
  'hold-made-by-hand': { phrase: 'hold for a person to say whose the documents are', meaning: 'A live document without any order’s key has two of three signs of this order: its buyer, its sum, its number in the remark. A person who begins its remark with the order’s key has it taken over; one who only releases the order has documents of its own made.' },
  'order-saved': { phrase: 'save the order', meaning: 'The order document exists, posted, with the buyer and the rows that KeyCRM shows. It is created, or corrected while nothing is shipped.' },
  'all-shipped': { phrase: 'ship', meaning: 'For every warehouse that the order’s rows leave from there is one posted shipment based on the order.' },
  'state-set': { phrase: 'set the state', meaning: 'The order document is in the state that the manifest maps to the stage (orders.dilovodStates); none mapped: it is left alone.' },
  'shipments-returned': { phrase: 'return the shipments', meaning: 'Every shipment has a posted return based on it, with the same rows.' },
  'shipments-reversed': { phrase: 'reverse the shipments', meaning: 'Every shipment is marked for deletion, as if it had never left.' },
  'returns-reversed': { phrase: 'reverse the returns', meaning: 'Every return is marked for deletion, so that its shipment counts again.' },
  'returns-fit': { phrase: 'fit the returns', meaning: 'Shipments less returns have what KeyCRM shows. Returns that no longer hold are marked for deletion; lines removed or reduced after a shipment are held with a proposed return, which is made when the order is released; any other edit holds the order.' },
  'shipments-linked': { phrase: 'link the shipments', meaning: 'Shipments that are based on an order document marked for deletion are based on the live one.' },
  'order-marked': { phrase: 'mark the order for deletion', meaning: 'The order document is marked for deletion, in the state that the manifest maps to the stage.' },
  'hold-step-back': { phrase: 'hold for a person', meaning: 'The order went back to an earlier stage after a shipment: a person reverses the shipment (in Dilovod, or by releasing the order as «reverse»), or moves the order on.' },
  'hold-cancelled-after-shipment': { phrase: 'hold for a person to say whether the goods come back', meaning: 'The order was cancelled after a shipment: a person releases the order as «return» if the goods come back, as «reverse» if they never left.' },
};

export const stageWords: Readonly<Record<Stage, string>> = {
  ordered: 'confirmed',
  shipped: 'handed to the carrier',
  completed: 'done',
  cancelled: 'cancelled',
  returned: 'given back by the buyer',
};

export const holdingWords: Readonly<Record<Holding, string>> = {
  nothing: 'nothing',
  'made-by-hand': 'nothing of ours, but documents made by hand or by a predecessor, without a key, that look like the order’s',
  marked: 'the order, marked for deletion',
  order: 'the order',
  'part-shipped': 'the order and some of its shipments',
  shipped: 'all shipments, none returned',
  'part-returned': 'shipments, some or in part returned',
  returned: 'shipments, all returned',
};

export const policyWords: Readonly<Record<AfterShipment, string>> = {
  review: 'a person decides each time (the default)',
  return: 'the goods come back: a return is made for every shipment',
  reverse: 'the goods never left: shipments are marked for deletion',
};

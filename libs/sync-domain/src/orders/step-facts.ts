import type { Order } from './order.js';
import type { DocumentRow, OrderBinding } from './order-binding.js';
import type { OrderCommand } from './order-command.js';
import type { OrderDecision, OrderFacts } from './order-facts.js';
import type { Stage } from './order-mapping.js';
import { type DocumentRows, toDocumentRows } from './to-document-rows.js';

/** What a step of the business table is decided from. */
export interface StepFacts extends OrderFacts {
  readonly order: Order;
  readonly stage: Stage;
}

export function dispatch(reason: string, command: OrderCommand, detail?: unknown): OrderDecision {
  return { kind: 'dispatch', reason, command, ...(detail === undefined ? {} : { detail }) };
}

/** The rows that KeyCRM's lines ask for, or what has to happen before they can be known. */
export function wantedRows(facts: StepFacts): ({ readonly kind: 'rows' } & DocumentRows) | OrderDecision {
  const wanted = toDocumentRows(facts.order, facts);
  if (wanted.ok) return { kind: 'rows', ...wanted.value };
  const { lookFor = [], ...problem } = wanted.error;
  if (lookFor.length === 0) return { kind: 'park', ...problem };
  return lookForGoods(facts, 'sku-not-read-yet', lookFor);
}

/** Has goods read by article, unless the base does not let them be read: then the order is held. */
export function lookForGoods(facts: Pick<StepFacts, 'goodsRefused'>, reason: string, skus: readonly string[]): OrderDecision {
  if (facts.goodsRefused === null) return { kind: 'find-goods', reason, skus };
  return { kind: 'park', reason: facts.goodsRefused.code, message: facts.goodsRefused.message, detail: { reading: 'goods', skus } };
}

export function shippedRows({ shipments }: OrderBinding): readonly DocumentRow[] {
  return shipments.flatMap((shipment) => shipment.rows);
}

/** Those that leave from storages from which nothing has been shipped yet. */
export function notShipped(rows: readonly DocumentRow[], { shipments }: OrderBinding): readonly DocumentRow[] {
  return rows.filter((row) => !shipments.some((shipment) => shipment.storage === row.storage));
}

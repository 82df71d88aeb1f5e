import { compare, failure, ok, type Result, times, zero } from '@kds/kernel';
import type { Order, OrderLine } from './order.js';
import type { DocumentRow } from './order-binding.js';
import type { GoodFact, OrderFacts } from './order-facts.js';
import type { OrderMapping } from './order-mapping.js';
import { type PricedLine, priceOrder, type TotalsMismatch } from './price-order.js';

/** Why an order cannot become a document; `lookFor` names SKUs that may only be missing from what was last read. */
export interface NoRows {
  readonly reason: string;
  readonly message: string;
  readonly detail?: unknown;
  readonly lookFor?: readonly string[];
}

/** The rows of a document and the SKUs that the client's policy leaves out of it. */
export interface DocumentRows {
  readonly rows: readonly DocumentRow[];
  readonly skipped: readonly string[];
}

/** The rows that Dilovod's documents of this order have, line by line; or everything that keeps a person busy first. */
export function toDocumentRows(order: Order, { mapping, goods }: Pick<OrderFacts, 'mapping' | 'goods'>): Result<DocumentRows, NoRows> {
  if (order.lines.length === 0) return failure({ reason: 'no-lines', message: 'The order has no lines: add the goods in KeyCRM.' });
  const bad = order.lines.find((line) => compare(line.quantity, zero) <= 0);
  if (bad) return failure({ reason: 'bad-quantity', message: `The line «${bad.name}» has the quantity ${bad.quantity}: correct it in KeyCRM.` });
  const negative = order.lines.find((line) => compare(line.price, zero) < 0);
  if (negative) return failure({ reason: 'bad-price', message: `The line «${negative.name}» has the price ${negative.price}: give what is taken off as a discount in KeyCRM.` });
  const unmatched = matchProblem(order.lines, goods);
  const matched = order.lines.filter((line) => goods.get(line.sku ?? '')?.kind === 'known');
  const skips = mapping.unmappedLine === 'skip' && matched.length > 0 && (unmatched?.lookFor ?? []).length === 0;
  if (unmatched && !skips) return failure(unmatched);
  const homeless = matched.find((line) => storageOf(line, mapping) === undefined);
  if (homeless) return failure(warehouseProblem(homeless));
  const priced = priceOrder(order);
  if (!priced.ok) return failure(totalsProblem(order, priced.error));
  const rows = order.lines.flatMap((line, index) => toRow(line, priced.value[index], { mapping, goods }) ?? []);
  const skipped = order.lines.filter((line) => !matched.includes(line)).map((line) => line.sku || line.name);
  return ok({ rows, skipped });
}

function toRow(line: OrderLine, money: PricedLine | undefined, { mapping, goods }: Pick<OrderFacts, 'mapping' | 'goods'>): DocumentRow | undefined {
  const match = goods.get(line.sku ?? '');
  const storage = storageOf(line, mapping);
  if (match?.kind !== 'known' || money === undefined || storage === undefined) return undefined;
  return {
    good: match.good,
    unit: match.unit,
    qty: line.quantity,
    price: line.price,
    priceAmount: money.priceAmount,
    discount: money.discount,
    amountCur: money.amount,
    storage,
  };
}

function totalsProblem({ lines }: Order, detail: TotalsMismatch): NoRows {
  const { goodsTotal, linesTotal } = detail;
  const overdone = lines.find((line) => line.totalDiscount !== null && compare(line.totalDiscount, times(line.price, line.quantity)) > 0);
  const message = overdone
    ? `The line «${overdone.name}» costs ${times(overdone.price, overdone.quantity)} and has a discount of ${overdone.totalDiscount}, of which nobody can say what it was taken off: correct it in KeyCRM.`
    : `The lines add up to ${linesTotal} after discounts, but the order's total leaves ${goodsTotal} for goods: correct prices or discounts in KeyCRM.`;
  return { reason: 'totals-do-not-agree', message, detail };
}

function matchProblem(lines: readonly OrderLine[], goods: ReadonlyMap<string, GoodFact>): NoRows | undefined {
  const nameless = lines.find((line) => line.sku === null || line.sku === '');
  if (nameless) return { reason: 'line-without-sku', message: `The line «${nameless.name}» has no SKU: choose a catalogue item for it in KeyCRM.` };
  const skus = [...new Set(lines.map((line) => line.sku ?? ''))];
  const repeated = skus.find((sku) => goods.get(sku)?.kind === 'repeated');
  if (repeated !== undefined) {
    return { reason: 'sku-repeated', message: `Several goods in Dilovod have the article ${repeated}: leave one, or name the right one in catalog.overrides.`, detail: goods.get(repeated) };
  }
  const absent = skus.filter((sku) => goods.get(sku)?.kind !== 'known');
  if (absent.length === 0) return undefined;
  const lookFor = absent.filter((sku) => {
    const fact = goods.get(sku);
    return fact === undefined || (fact.kind === 'absent' && !fact.asked);
  });
  return { reason: 'sku-unknown', message: `No goods in Dilovod with the article ${absent.join(', ')}: create them there, or add them to catalog.overrides.`, detail: { skus: absent }, lookFor };
}

function warehouseProblem(line: OrderLine): NoRows {
  return line.warehouseId === null
    ? { reason: 'line-without-warehouse', message: `The line «${line.name}» names no warehouse: choose one in KeyCRM, or set defaultWarehouse.` }
    : { reason: 'warehouse-not-mapped', message: `The line «${line.name}» leaves from KeyCRM warehouse ${line.warehouseId}, which is not in warehouses: map it.` };
}

/** The Dilovod storage that a line leaves from. */
export function storageOf(line: OrderLine, mapping: OrderMapping): string | undefined {
  const warehouse = line.warehouseId ?? mapping.defaultWarehouse;
  return mapping.warehouses.find((pair) => pair.keycrm === warehouse)?.dilovod;
}

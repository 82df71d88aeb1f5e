import { compare, failure, isZero, minus, ok, plus, type Result, times, zero } from '@kds/kernel';
import { counterpartsOf, type CounterpartFacts, type LineCounterpart } from './line-counterpart.js';
import type { Order } from './order.js';
import type { BookedLine, DocumentRow } from './order-binding.js';
import type { GoodFact } from './order-facts.js';
import type { OrderMapping } from './order-mapping.js';
import { type PricedLine, priceOrder, type TotalsMismatch } from './price-order.js';

/** Why an order cannot become a document; `lookFor` names SKUs that may only be missing from what was last read. */
export interface NoRows {
  readonly reason: string;
  readonly message: string;
  readonly detail?: unknown;
  readonly lookFor?: readonly string[];
}

/** The rows of a document, the SKUs that the client's policy leaves out of it, and what each line is booked as. */
export interface DocumentRows {
  readonly rows: readonly DocumentRow[];
  readonly skipped: readonly string[];
  readonly booked: readonly BookedLine[];
}

export interface RowFacts extends CounterpartFacts {
  readonly mapping: OrderMapping;
}

/** The rows that Dilovod's documents of this order have, line by line; or everything that keeps a person busy first. */
export function toDocumentRows(order: Order, facts: RowFacts): Result<DocumentRows, NoRows> {
  const lines = liveLines(order);
  const problem = lineProblem(order, facts);
  if (problem !== undefined) return failure(problem);
  const counterparts = counterpartsOf(lines, facts);
  const unmatched = matchProblem(counterparts, facts.goods);
  const matched = counterparts.filter(({ good }) => typeof good === 'string');
  const skips = facts.mapping.unmappedLine === 'skip' && matched.length > 0 && (unmatched?.lookFor ?? []).length === 0;
  if (unmatched && !skips) return failure(unmatched);
  const homeless = matched.find(({ storage }) => storage === undefined);
  if (homeless) return failure(warehouseProblem(homeless.line));
  const priced = lines.length === 0 ? ok([]) : priceOrder({ ...order, lines });
  if (!priced.ok) return failure(totalsProblem(lines, priced.error));
  const rows = counterparts.flatMap((entry, index) => toRow(entry, priced.value[index]) ?? []);
  const skipped = counterparts.filter((entry) => !matched.includes(entry)).map(({ line }) => line.sku || line.name);
  return ok({ rows, skipped, booked: counterparts.map(toBooked) });
}

/** A line with the quantity 0 is a removed line. */
export function liveLines({ lines }: Pick<Order, 'lines'>): Order['lines'] {
  return lines.filter(({ quantity }) => !isZero(quantity));
}

function lineProblem(order: Order, { binding }: RowFacts): NoRows | undefined {
  const lines = liveLines(order);
  if (lines.length === 0) return binding.shipments.length === 0 ? noLines : nothingLeftProblem(order);
  const bad = lines.find((line) => compare(line.quantity, zero) < 0);
  if (bad) return { reason: 'bad-quantity', message: `The line «${bad.name}» has the quantity ${bad.quantity}: correct it in KeyCRM.` };
  const negative = lines.find((line) => compare(line.price, zero) < 0);
  if (negative === undefined) return undefined;
  const message = `The line «${negative.name}» has the price ${negative.price}: give what is taken off as a discount in KeyCRM.`;
  return { reason: 'bad-price', message };
}

const noLines: NoRows = { reason: 'no-lines', message: 'The order has no lines: add the goods in KeyCRM.' };

/** After shipment every line may have been taken back; then nothing is left to be paid for goods. */
function nothingLeftProblem({ grandTotal, shippingPrice, wrapPrice, taxes }: Order): NoRows | undefined {
  const goodsTotal = minus(grandTotal, plus(shippingPrice, wrapPrice, taxes));
  return isZero(goodsTotal) ? undefined : totalsProblem([], { goodsTotal, linesTotal: zero });
}

function toRow({ line, good, unit, storage }: LineCounterpart, money: PricedLine | undefined): DocumentRow | undefined {
  if (typeof good !== 'string' || money === undefined || storage === undefined) return undefined;
  return {
    good,
    unit,
    qty: line.quantity,
    price: line.price,
    priceAmount: money.priceAmount,
    discount: money.discount,
    amountCur: money.amount,
    storage,
  };
}

function toBooked({ line, good, unit, storage }: LineCounterpart): BookedLine {
  return { line: line.id, sku: line.sku, good: good ?? null, unit, storage: storage ?? '' };
}

function totalsProblem(lines: Order['lines'], detail: TotalsMismatch): NoRows {
  const { goodsTotal, linesTotal } = detail;
  const overdone = lines.find((line) => line.totalDiscount !== null && compare(line.totalDiscount, times(line.price, line.quantity)) > 0);
  const message = overdone
    ? `The line «${overdone.name}» costs ${times(overdone.price, overdone.quantity)} and has a discount of ${overdone.totalDiscount}, of which nobody can say what it was taken off: correct it in KeyCRM.`
    : `The lines add up to ${linesTotal} after discounts, but the order's total leaves ${goodsTotal} for goods: correct prices or discounts in KeyCRM.`;
  return { reason: 'totals-do-not-agree', message, detail };
}

function matchProblem(counterparts: readonly LineCounterpart[], goods: ReadonlyMap<string, GoodFact>): NoRows | undefined {
  const unmatched = counterparts.filter(({ good }) => good === undefined).map(({ line }) => line);
  const nameless = unmatched.find((line) => line.sku === null || line.sku === '');
  if (nameless) return { reason: 'line-without-sku', message: `The line «${nameless.name}» has no SKU: choose a catalogue item for it in KeyCRM.` };
  const skus = [...new Set(unmatched.map((line) => line.sku ?? ''))];
  const repeated = skus.find((sku) => goods.get(sku)?.kind === 'repeated');
  if (repeated !== undefined) {
    return { reason: 'sku-repeated', message: `Several goods in Dilovod have the article ${repeated}: leave one, or name the right one in catalog.overrides.`, detail: goods.get(repeated) };
  }
  if (skus.length === 0) return undefined;
  const lookFor = skus.filter((sku) => {
    const fact = goods.get(sku);
    return fact === undefined || (fact.kind === 'absent' && !fact.asked);
  });
  return { reason: 'sku-unknown', message: `No goods in Dilovod with the article ${skus.join(', ')}: create them there, or add them to catalog.overrides.`, detail: { skus }, lookFor };
}

function warehouseProblem(line: Order['lines'][number]): NoRows {
  return line.warehouseId === null
    ? { reason: 'line-without-warehouse', message: `The line «${line.name}» names no warehouse: choose one in KeyCRM, or set defaultWarehouse.` }
    : { reason: 'warehouse-not-mapped', message: `The line «${line.name}» leaves from KeyCRM warehouse ${line.warehouseId}, which is not in warehouses: map it.` };
}

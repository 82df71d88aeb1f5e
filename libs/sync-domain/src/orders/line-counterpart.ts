import { compare } from '@kds/kernel';
import type { Order, OrderLine } from './order.js';
import type { BookedLine, DocumentRow, OrderBinding } from './order-binding.js';
import type { GoodFact } from './order-facts.js';
import { type OrderMapping, storageOf } from './order-mapping.js';

/** What a line stands for in Dilovod, as far as it is known; `good` is null where the line is left out of the documents. */
export interface LineCounterpart {
  readonly line: OrderLine;
  readonly good: string | null | undefined;
  readonly unit: string;
  readonly storage: string | undefined;
}

export interface CounterpartFacts {
  readonly mapping: Pick<OrderMapping, 'warehouses' | 'defaultWarehouse'>;
  readonly goods: ReadonlyMap<string, GoodFact>;
  readonly binding: Pick<OrderBinding, 'saleOrder' | 'shipments' | 'booked'>;
}

/**
 * The counterpart of each line. Documents that are still to be made go by today's catalogue and mapping; what has been shipped goes by what it was booked as,
 * for books are not judged by what became of a good since. An order document that stands falls back on that.
 */
export function counterpartsOf(lines: Order['lines'], facts: CounterpartFacts): readonly LineCounterpart[] {
  const bookedFor = bookedLines(lines, facts.binding);
  const isShipped = facts.binding.shipments.length > 0;
  const found = lines.map((line) => {
    const today = todayOf(line, facts);
    const then = bookedFor.get(line);
    if (then === undefined) return today;
    if (isShipped) return { line, good: then.good, unit: then.unit, storage: then.storage };
    const stands = today.good === undefined && then.good !== null ? { good: then.good, unit: then.unit } : {};
    return { ...today, ...stands, storage: today.storage ?? then.storage };
  });
  return byElimination(found, facts);
}

function todayOf(line: OrderLine, { goods, mapping }: CounterpartFacts): LineCounterpart {
  const fact = goods.get(line.sku ?? '');
  const known = fact?.kind === 'known' ? fact : undefined;
  return { line, good: known?.good, unit: known?.unit ?? '', storage: storageOf(line, mapping) };
}

/** By KeyCRM's id of the line; where it shows none, by SKU, each booked line once. */
function bookedLines(lines: Order['lines'], { booked, saleOrder, shipments }: CounterpartFacts['binding']): ReadonlyMap<OrderLine, BookedLine> {
  const found = new Map<OrderLine, BookedLine>();
  if (saleOrder === null && shipments.length === 0) return found;
  const left = new Set(booked);
  const take = (line: OrderLine, fits: (entry: BookedLine) => boolean) => {
    const entry = [...left].find(fits);
    if (entry === undefined) return;
    left.delete(entry);
    found.set(line, entry);
  };
  for (const line of lines) if (line.id !== null) take(line, (entry) => entry.line === line.id);
  for (const line of lines) if (!found.has(line)) take(line, (entry) => (entry.line === null || line.id === null) && entry.sku === line.sku);
  return found;
}

/**
 * Of shipments that this ledger did not make, or made before it kept what was booked: a line that nothing else explains is the row of the same quantity and
 * price that no other line explains. Of several goods with the line's article it can only be one of them.
 */
function byElimination(found: readonly LineCounterpart[], { goods, binding }: CounterpartFacts): readonly LineCounterpart[] {
  const rows = binding.shipments.flatMap((shipment) => shipment.rows);
  if (rows.length === 0) return found;
  // Where lines are known by their ids, one that was not booked is a new line.
  const isNew = ({ id }: OrderLine) => id !== null && binding.booked.some(({ line }) => line !== null);
  const explained = new Set(found.map(({ good }) => good));
  return found.map((entry) => {
    if (entry.good !== undefined || isNew(entry.line)) return entry;
    const fact = goods.get(entry.line.sku ?? '');
    const mayBe = (good: string) => fact?.kind !== 'repeated' || fact.goods.includes(good);
    const alike = rows.filter((row) => !explained.has(row.good) && mayBe(row.good) && isAlike(row, entry.line));
    const [row] = alike;
    if (row === undefined || new Set(alike.map(({ good }) => good)).size > 1) return entry;
    return { ...entry, good: row.good, unit: row.unit, storage: entry.storage ?? row.storage };
  });
}

function isAlike(row: DocumentRow, line: OrderLine): boolean {
  return compare(row.qty, line.quantity) === 0 && compare(row.price, line.price) === 0;
}

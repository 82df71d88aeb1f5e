import { compare, type Decimal, isZero, kopecksAround, minus, percentOf, plus, toKopeck, zero } from '@kds/kernel';
import type { Order } from './order.js';

/** Sums over the lines: before and after their own discounts. */
export interface LineSums {
  readonly full: Decimal;
  readonly net: Decimal;
}

/**
 * How an order's discount is known, best first: it is what its percentage and fixed amount say (nothing, where it names none); it is all that its
 * `total_discount` says; it is what `total_discount` says beyond the lines' own discounts; or the lines add up without it.
 */
export const evidences = ['stated', 'total-discount', 'total-discount-less-lines', 'none-needed'] as const;

export type Evidence = (typeof evidences)[number];

/** `residue` is what rounding otherwise than book-keepers do must have made: zero, or a few kopecks. */
export interface Explanation {
  readonly evidence: Evidence;
  readonly residue: Decimal;
}

interface Candidate {
  readonly evidence: Evidence;
  readonly discountOf: (sums: LineSums) => Decimal;
}

/** Both ends and the likeliest value of what the lines add up to. */
export interface SumsRange {
  readonly likely: LineSums;
  readonly least: LineSums;
  readonly most: LineSums;
}

/** The best explanation of what the order's own discount takes off the lines to leave `goodsTotal`; `undefined` when there is none. */
export function explainOrderDiscount(order: Order, sums: SumsRange, goodsTotal: Decimal): Explanation | undefined {
  const found = candidates(order).flatMap((candidate): Explanation[] => {
    const residue = residueOf(candidate, sums, goodsTotal);
    return residue === undefined ? [] : [{ evidence: candidate.evidence, residue }];
  });
  return found.sort(byStrength)[0];
}

/** The better explanation first; equal ones stay in their order. */
export function byStrength(a: Explanation, b: Explanation): number {
  return evidences.indexOf(a.evidence) - evidences.indexOf(b.evidence) || Number(!isZero(a.residue)) - Number(!isZero(b.residue));
}

/** What lines of these sums come to, to the kopeck, after the discount that the order itself states. */
export function afterStatedDiscount(order: Order, sums: LineSums): Decimal {
  return minus(sums.net, toKopeck(statedDiscounts(order)[0]?.(sums) ?? zero));
}

function candidates(order: Order): readonly Candidate[] {
  const total = order.totalDiscount ?? zero;
  return [
    ...statedDiscounts(order).map((discountOf): Candidate => ({ evidence: 'stated', discountOf })),
    { evidence: 'total-discount', discountOf: () => total },
    { evidence: 'total-discount-less-lines', discountOf: ({ full, net }) => minus(total, minus(full, net)) },
    { evidence: 'none-needed', discountOf: () => zero },
  ];
}

/** A percentage may be taken before or after the lines' own discounts, and with or without a fixed amount beside it. */
function statedDiscounts({ discountPercent, discountAmount }: Order): readonly ((sums: LineSums) => Decimal)[] {
  const fixed = discountAmount ?? zero;
  const percent = (base: Decimal) => percentOf(base, discountPercent ?? zero);
  const addUp = [(sums: LineSums) => plus(fixed, percent(sums.net)), (sums: LineSums) => plus(fixed, percent(sums.full))];
  if (discountPercent === null || discountAmount === null) return addUp;
  return [...addUp, ({ net }) => plus(fixed, percent(minus(net, fixed))), ({ net }) => percent(net), ({ full }) => percent(full), () => fixed];
}

function residueOf({ evidence, discountOf }: Candidate, sums: SumsRange, goodsTotal: Decimal): Decimal | undefined {
  const ends = [discountOf(sums.least), discountOf(sums.most)].map(kopecksAround);
  const lowest = ends.reduce((low, { below }) => (compare(below, low) < 0 ? below : low), ends[0]?.below ?? zero);
  const highest = ends.reduce((high, { above }) => (compare(above, high) > 0 ? above : high), ends[0]?.above ?? zero);
  if (evidence !== 'stated' && compare(highest, zero) < 0) return undefined;
  const fits = compare(minus(sums.least.net, highest), goodsTotal) <= 0 && compare(goodsTotal, minus(sums.most.net, lowest)) <= 0;
  return fits ? minus(minus(sums.likely.net, toKopeck(discountOf(sums.likely))), goodsTotal) : undefined;
}

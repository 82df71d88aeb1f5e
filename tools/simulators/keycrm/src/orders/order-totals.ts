import { Big, nought, roundMoney, sum } from '../decimals.js';
import type { Switches } from '../switches.js';
import type { Order, OrderLine } from './order.js';

export type TotalSwitches = Pick<
  Switches,
  'lineDiscountAmount' | 'bothDiscounts' | 'orderTotalDiscount' | 'percentBase' | 'rounding' | 'roundingPlace' | 'priceSold'
>;

type PricedLine = Pick<OrderLine, 'price' | 'quantity' | 'discountPercent' | 'discountAmount'>;

type PricedOrder = Pick<Order, 'discountPercent' | 'discountAmount' | 'shippingPrice' | 'wrapPrice' | 'taxes'> & { readonly lines: readonly PricedLine[] };

export interface LineTotals {
  readonly gross: Big;
  readonly discount: Big;
  readonly net: Big;
}

/** One line as a whole: price × quantity, what the discount takes off it, what is left. */
export function lineTotals(line: PricedLine, switches: TotalSwitches): LineTotals {
  const gross = roundMoney(line.price.times(line.quantity), switches);
  const discount = lineDiscount(line, switches);
  return { gross, discount, net: gross.minus(discount) };
}

/** Nothing is taken off a line of no pieces. */
function lineDiscount(line: PricedLine, switches: TotalSwitches): Big {
  if (line.quantity.eq(0)) return nought;
  const amountTimes = switches.lineDiscountAmount === 'per-unit' ? line.quantity : new Big(1);
  if (switches.roundingPlace === 'unit') {
    const percent = roundMoney(percentOf(line.price, line.discountPercent), switches).times(line.quantity);
    return roundMoney(combined(percent, amount(line).times(amountTimes), line, switches), switches);
  }
  const percent = percentOf(line.price.times(line.quantity), line.discountPercent);
  return roundMoney(combined(percent, amount(line).times(amountTimes), line, switches), switches);
}

export interface OrderTotals {
  /** Lines before any discount. */
  readonly products: Big;
  readonly lineDiscounts: Big;
  readonly orderDiscount: Big;
  /** What the API calls `total_discount` of the order. */
  readonly totalDiscount: Big;
  readonly grandTotal: Big;
}

export function orderTotals(order: PricedOrder, switches: TotalSwitches): OrderTotals {
  const lines = order.lines.map((line) => lineTotals(line, switches));
  const products = sum(lines.map((line) => line.gross));
  const lineDiscounts = sum(lines.map((line) => line.discount));
  const base = switches.percentBase === 'before' ? products : products.minus(lineDiscounts);
  const orderDiscount = roundMoney(combined(percentOf(base, order.discountPercent), amount(order), order, switches), switches);
  const extras = sum([order.shippingPrice, order.wrapPrice, order.taxes].map((extra) => extra ?? nought));
  return {
    products,
    lineDiscounts,
    orderDiscount,
    totalDiscount: switches.orderTotalDiscount === 'order-only' ? orderDiscount : orderDiscount.plus(lineDiscounts),
    grandTotal: products.minus(lineDiscounts).minus(orderDiscount).plus(extras),
  };
}

/** The unit price of sale, to the kopeck: times the quantity it need not give the line back. */
export function priceSold(line: PricedLine, totals: OrderTotals, switches: TotalSwitches): Big {
  if (line.quantity.eq(0)) return line.price;
  const { net } = lineTotals(line, switches);
  const lines = totals.products.minus(totals.lineDiscounts);
  const share = switches.priceSold === 'all-discounts' && !lines.eq(0) ? totals.orderDiscount.times(net).div(lines) : nought;
  return roundMoney(net.minus(share).div(line.quantity), switches);
}

interface Discounted {
  readonly discountPercent: Big | null;
  readonly discountAmount: Big | null;
}

function amount(discounted: Discounted): Big {
  return discounted.discountAmount ?? nought;
}

function percentOf(base: Big, percent: Big | null): Big {
  return percent === null ? nought : base.times(percent).div(100);
}

function combined(percent: Big, fixed: Big, given: Discounted, switches: TotalSwitches): Big {
  const both = given.discountPercent !== null && given.discountAmount !== null;
  if (both && switches.bothDiscounts === 'percent-wins') return percent;
  if (both && switches.bothDiscounts === 'amount-wins') return fixed;
  return percent.plus(fixed);
}

/** Paid payments, and what they make of the order. */
export function paymentTotals(order: Pick<Order, 'payments'>, grandTotal: Big): { readonly paid: Big; readonly status: 'not_paid' | 'part_paid' | 'paid' | 'overpaid' } {
  const paid = sum(order.payments.filter((payment) => payment.status === 'paid').map((payment) => payment.amount));
  if (paid.lte(0)) return { paid, status: 'not_paid' };
  if (paid.lt(grandTotal)) return { paid, status: 'part_paid' };
  return { paid, status: paid.eq(grandTotal) ? 'paid' : 'overpaid' };
}

/** What was spent on an order; a cancelled expense was not. */
export function expensesSum(order: Pick<Order, 'expenses'>): Big {
  return sum(order.expenses.filter(({ status }) => status === 'paid').map(({ amount }) => amount));
}

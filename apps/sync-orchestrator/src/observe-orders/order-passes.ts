import type { OrdersFilter } from '@kds/contracts';
import type { TenantSpec } from '@kds/tenancy';
import { priorities } from '../command-ledger/enqueue-command.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * How orders are read beside webhooks. No single way of asking finds everything: what was updated misses status changes where `updated_at` stands
 * still, what was created misses edits of old orders. So three passes, from often and narrow to rare and whole.
 */
export interface OrderPass {
  readonly priority: number;
  readonly everyMs: (spec: TenantSpec) => number;
  readonly filter: (moment: { readonly now: Date; readonly since: string; readonly cursor: string | undefined }) => OrdersFilter;
}

/** Re-read before the last pass's start, since rows shift between pages and clocks differ. */
const overlapMs = 15 * minute;
/** KeyCRM's window is closed a day ahead: fresh orders were seen to be missed by one that ends now. */
const aheadMs = day;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

export const orderPasses = {
  'orders-updated': {
    priority: priorities.liveOrder,
    everyMs: (spec) => spec.orders.everyMs,
    filter: ({ now, since, cursor }) => ({ by: 'updated', from: cursor === undefined ? since : later(since, iso(Date.parse(cursor) - overlapMs)), to: iso(now.getTime() + aheadMs), startedAt: now.toISOString() }),
  },
  'orders-recent': {
    priority: priorities.stockAndPrices,
    everyMs: (spec) => 2 * spec.orders.everyMs,
    filter: ({ now, since }) => ({ by: 'created', from: later(since, iso(now.getTime() - 3 * day)), to: iso(now.getTime() + aheadMs), startedAt: now.toISOString() }),
  },
  'orders-deep': {
    priority: priorities.backFill,
    everyMs: (spec) => 12 * spec.orders.everyMs,
    filter: ({ now, since }) => ({ by: 'created', from: since, to: iso(now.getTime() + aheadMs), startedAt: now.toISOString() }),
  },
} as const satisfies Record<string, OrderPass>;

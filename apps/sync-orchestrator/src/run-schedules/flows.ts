import type { Command, System } from '@kds/contracts';
import { priorities } from '../command-ledger/enqueue-command.js';
import { listDocuments } from '../list-documents/documents-flow.js';
import { orderPasses } from '../observe-orders/order-passes.js';
import type { TenantSpec } from '@kds/tenancy';

/** Something that is done for a tenant again and again: how often, and the commands that begin it. */
export interface Flow {
  readonly everyMs: (spec: TenantSpec) => number | undefined;
  readonly start: (moment: { readonly spec: TenantSpec; readonly now: Date; readonly cursor: Readonly<Record<string, unknown>>; readonly proved: boolean }) => readonly FlowStart[];
}

export interface FlowStart {
  readonly system: System;
  readonly subject: string;
  readonly priority: number;
  readonly command: Command;
}

const minute = 60_000;
const hour = 60 * minute;

function orderPassFlow(name: keyof typeof orderPasses): Flow {
  const pass = orderPasses[name];
  return {
    everyMs: pass.everyMs,
    start: ({ spec, now, cursor }) => [
      {
        system: 'keycrm',
        subject: name,
        priority: pass.priority,
        command: { kind: 'list-orders', page: 1, filter: pass.filter({ now, since: spec.orders.since, cursor: typeof cursor.from === 'string' ? cursor.from : undefined }) },
      },
    ],
  };
}

function firstBeforeOrders(proved: boolean): number {
  return proved ? priorities.readBack : priorities.beforeOrders;
}

function readBalances(spec: TenantSpec): FlowStart {
  const storages = spec.warehouses.flatMap((warehouse) => [warehouse.dilovod, ...warehouse.alsoCount]);
  return { system: 'dilovod', subject: 'balances', priority: priorities.stockAndPrices, command: { kind: 'read-balances', storages } };
}

export const flows: Readonly<Record<string, Flow>> = {
  'orders-updated': orderPassFlow('orders-updated'),
  'orders-recent': orderPassFlow('orders-recent'),
  'orders-deep': orderPassFlow('orders-deep'),
  documents: {
    everyMs: () => 2 * 60 * minute,
    /** The first time before any order: until it is known which have documents already, none is decided. */
    start: ({ spec, now, proved }) => [{ ...listDocuments({ spec, now: proved ? now : undefined }), priority: proved ? priorities.readBack : priorities.beforeOrders }],
  },
  goods: {
    everyMs: () => 30 * minute,
    /** The first time before any order, which would otherwise have its goods looked for one by one. */
    start: ({ proved }) => [{ system: 'dilovod', subject: 'goods', priority: proved ? priorities.stockAndPrices : priorities.beforeOrders, command: { kind: 'read-goods', articles: null } }],
  },
  /** Balances carry the cost, too: they are read as often as the more frequent of the two asks. */
  stock: { everyMs: (spec) => (spec.prices.cost === 'balance' ? Math.min(spec.stock.everyMs, spec.prices.everyMs) : spec.stock.everyMs), start: ({ spec }) => [readBalances(spec)] },
  /** Which goods are kept in stock at all: before the first write, then for what has been new. */
  'stock-history': {
    everyMs: () => 24 * hour,
    start: ({ proved }) => {
      const priority = proved ? priorities.readBack : priorities.stockAndPrices;
      return [{ system: 'dilovod', subject: 'stock-history', priority, command: { kind: 'read-stock-history' } }];
    },
  },
  prices: {
    everyMs: (spec) => (spec.prices.retail === null ? undefined : spec.prices.everyMs),
    start: ({ spec }) => (spec.prices.retail === null ? [] : [{ system: 'dilovod', subject: 'prices', priority: priorities.stockAndPrices, command: { kind: 'read-prices', priceType: spec.prices.retail.priceType } }]),
  },
  /**
   * What the ids of the base's currencies stand for, and in which currency orders of a source come: without these no
   * order or card is compared.
   */
  currencies: {
    everyMs: () => 6 * hour,
    start: ({ proved }) => {
      const priority = firstBeforeOrders(proved);
      return [{ system: 'dilovod', subject: 'currencies', priority, command: { kind: 'read-currencies' } }];
    },
  },
  sources: {
    everyMs: () => 30 * minute,
    start: ({ proved }) => {
      const priority = firstBeforeOrders(proved);
      return [{ system: 'keycrm', subject: 'sources', priority, command: { kind: 'read-sources', page: 1 } }];
    },
  },
  /** The whole of KeyCRM's catalogue, read continuously with what the request budget leaves. */
  catalogue: {
    everyMs: (spec) => Math.max(minute, spec.stock.everyMs),
    start: () => [{ system: 'keycrm', subject: 'catalogue', priority: priorities.readBack, command: { kind: 'list-stocks', page: 1, skus: null } }],
  },
};

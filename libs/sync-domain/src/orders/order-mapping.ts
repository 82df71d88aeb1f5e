import type { OrderLine } from './order.js';

/** What an order's status means. */
export type Stage = 'ordered' | 'shipped' | 'completed' | 'cancelled' | 'returned';

export const stages: readonly Stage[] = ['ordered', 'shipped', 'completed', 'cancelled', 'returned'];

/** The part of a client's mapping that decisions about orders need; written by people, in the Tenant manifest. */
export interface OrderMapping {
  readonly mode: 'shadow' | 'pilot' | 'live';
  readonly pilotSkus: readonly string[];
  /** ISO instant: orders made before are never exported. */
  readonly since: string;
  readonly stages: Readonly<Partial<Record<Stage, readonly number[]>>>;
  /** Dilovod state to set at a stage; null leaves it alone. */
  readonly states: Readonly<Partial<Record<Stage, string | null>>>;
  readonly firm: string;
  readonly business: string | null;
  readonly currency: string;
  /** Dilovod's currencies by the ISO code of KeyCRM's sources, for orders that are booked in another than the client's. */
  readonly currencies: Readonly<Record<string, string>>;
  readonly author: string | null;
  readonly tradeChanel: string | null;
  readonly paymentForm: string | null;
  readonly warehouses: readonly { readonly keycrm: number; readonly dilovod: string }[];
  readonly defaultWarehouse: number | null;
  readonly person: 'match' | 'endConsumer';
  readonly endConsumer: string | null;
  readonly unmappedLine: 'hold' | 'skip';
  readonly cancelAfterShipment: 'review' | 'return' | 'reverse';
  readonly reserve: boolean;
  readonly writeBack: { readonly documentField: string | null; readonly problemField: string | null };
}

/** The stage that a KeyCRM status means to this client; `undefined` when the status is not mapped. */
export function stageOf(statusId: number, mapping: Pick<OrderMapping, 'stages'>): Stage | undefined {
  return stages.find((stage) => mapping.stages[stage]?.includes(statusId));
}

/** The Dilovod storage that a line leaves from. */
export function storageOf(line: Pick<OrderLine, 'warehouseId'>, mapping: Pick<OrderMapping, 'warehouses' | 'defaultWarehouse'>): string | undefined {
  const warehouse = line.warehouseId ?? mapping.defaultWarehouse;
  return mapping.warehouses.find((pair) => pair.keycrm === warehouse)?.dilovod;
}

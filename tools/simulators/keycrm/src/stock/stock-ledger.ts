import { type Big, nought, sum } from '../decimals.js';

export interface Balance {
  readonly quantity: Big;
  /** Part of the quantity that open orders hold; not subtracted from it. */
  readonly reserve: Big;
}

export type MovementReason = 'set' | 'receipt' | 'inventory' | 'reserve' | 'write-off' | 'give-back';

/** One change of one balance: what was added to it (negative: taken), and what it became. */
export interface StockMovement {
  readonly seq: number;
  readonly at: Date;
  readonly offerId: number;
  readonly warehouseId: number;
  readonly quantityChange: Big;
  readonly reserveChange: Big;
  readonly quantity: Big;
  readonly reserve: Big;
  readonly reason: MovementReason;
  readonly orderId: number | null;
}

export interface StockChange {
  readonly at: Date;
  readonly offerId: number;
  readonly warehouseId: number;
  readonly quantity: Big;
  readonly reserve: Big;
  readonly reason: MovementReason;
  readonly orderId?: number;
}

const empty: Balance = { quantity: nought, reserve: nought };

/** What lies where, and every movement that made it so. */
export class StockLedger {
  private readonly balances = new Map<number, Map<number, Balance>>();
  private readonly log: StockMovement[] = [];
  private changed = new Set<number>();

  balance(offerId: number, warehouseId: number): Balance {
    return this.balances.get(offerId)?.get(warehouseId) ?? empty;
  }

  /** Balances of one offer by warehouse; warehouses it never met are missing. */
  balancesOf(offerId: number): ReadonlyMap<number, Balance> {
    return this.balances.get(offerId) ?? new Map();
  }

  /** Sums of one offer, over some warehouses or all. */
  total(offerId: number, warehouses?: readonly number[]): Balance {
    const counted = [...this.balancesOf(offerId)].filter(([id]) => !warehouses || warehouses.includes(id)).map(([, balance]) => balance);
    return { quantity: sum(counted.map((one) => one.quantity)), reserve: sum(counted.map((one) => one.reserve)) };
  }

  /** Adds to a balance and writes the movement. */
  move(change: StockChange): void {
    const before = this.balance(change.offerId, change.warehouseId);
    const after: Balance = { quantity: before.quantity.plus(change.quantity), reserve: before.reserve.plus(change.reserve) };
    const ofOffer = this.balances.get(change.offerId) ?? new Map<number, Balance>();
    this.balances.set(change.offerId, ofOffer.set(change.warehouseId, after));
    this.changed.add(change.offerId);
    this.log.push({
      seq: this.log.length + 1,
      at: change.at,
      offerId: change.offerId,
      warehouseId: change.warehouseId,
      quantityChange: change.quantity,
      reserveChange: change.reserve,
      ...after,
      reason: change.reason,
      orderId: change.orderId ?? null,
    });
  }

  /** Movements after `since` (a `seq`), oldest first. */
  movements(since = 0): readonly StockMovement[] {
    return this.log.slice(since);
  }

  /** Offers whose stock changed since this was last asked. */
  takeChanged(): readonly number[] {
    const taken = [...this.changed];
    this.changed = new Set();
    return taken;
  }
}

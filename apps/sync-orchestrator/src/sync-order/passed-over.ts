import type { OrderRecord } from '../orders/orders.repository.js';

/** Orders that this instance leaves alone for a while, since the database does not even take that they are to wait. */
export class PassedOver {
  private readonly until = new Map<string, number>();

  add({ tenant, order_id }: Pick<OrderRecord, 'tenant' | 'order_id'>, forMs: number): void {
    this.until.set(`${tenant}/${order_id}`, Date.now() + forMs);
  }

  /** As `tenant/number`. */
  now(): readonly string[] {
    for (const [order, until] of this.until) if (until <= Date.now()) this.until.delete(order);
    return [...this.until.keys()];
  }
}

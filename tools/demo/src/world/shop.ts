import type { DilovodSimulator, DocumentState } from '@kds/dilovod-simulator';
import type { ControlOrder, KeycrmSimulator, OrderState } from '@kds/keycrm-simulator';
import { orderFields, SimulatedShop, statusIds } from '@kds/simulated-shop';
import { assortment, latecomer } from './assortment.js';
import type { Customer } from './customers.js';

export type Status = keyof typeof statusIds;
export type DocumentKind = 'saleOrder' | 'sale' | 'saleReturn';

/** An order that was taken, and its lines in the order in which they were given. */
export interface TakenOrder {
  readonly id: number;
  readonly lineIds: readonly number[];
}

export interface WantedOrder extends Omit<ControlOrder, 'buyer' | 'statusId'> {
  readonly buyer: Customer;
  /** Left as a new order when absent. */
  readonly status?: Status;
}

/** KeyCRM's requests a minute, for an account that pays for more than the usual 60. */
export const requestsPerMinute = 120;

/** How often the demo's shop is looked at. A real one: stock every 10 min, prices every 2, orders every 5. */
export const intervals = { stock: '4s', prices: '4s', orders: '5s' } as const;

/** The shop of the demo: its people's moves in KeyCRM and Dilovod, in their words. */
export class YogaShop {
  readonly title = 'Йога-крамниця';

  private constructor(readonly worlds: SimulatedShop) {}

  static open(simulators: { readonly keycrm: KeycrmSimulator; readonly dilovod: DilovodSimulator }, seed: number): YogaShop {
    const worlds = SimulatedShop.open(simulators, { name: 'yoga-shop', goods: assortment, requestsPerMinute, latencyMs: { keycrm: 40, dilovod: 60 }, seed });
    const { sku, name, price } = latecomer;
    worlds.keycrm.createGoods({ goods: [{ sku, name, price }] });
    return new YogaShop(worlds);
  }

  manifest(): string {
    const { stock, prices, orders } = this.worlds.spec();
    return this.worlds.manifest({ stock: { ...stock, every: intervals.stock }, prices: { ...prices, every: intervals.prices }, orders: { ...orders, every: intervals.orders } });
  }

  take({ buyer: { fullName, phone, email }, status, ...rest }: WantedOrder): TakenOrder {
    return this.worlds.keycrm.createOrder({ ...rest, buyer: { fullName, phone, email }, statusId: status && statusIds[status] });
  }

  /** A manager sets the order's status; `silently`: KeyCRM's webhook about it never arrives. */
  move({ id }: TakenOrder, status: Status, { silently = false }: { readonly silently?: boolean } = {}): void {
    this.worlds.keycrm.moveStatus({ orderId: id, statusId: statusIds[status], silently });
  }

  /** The order as KeyCRM holds it. Throws when there is none. */
  order({ id }: Pick<TakenOrder, 'id'>): OrderState {
    const found = this.worlds.keycrm.state().orders.find((order) => order.id === id);
    if (!found) throw new Error(`KeyCRM has no order ${id}`);
    return found;
  }

  /** Live documents of one kind that Dilovod holds for an order. */
  documents({ id }: Pick<TakenOrder, 'id'>, kind: DocumentKind): readonly DocumentState[] {
    return this.worlds.dilovod.documents({ type: `documents.${kind}` }).filter((document) => orderIdOf(document) === id && !document.delMark);
  }

  /** What KeyCRM's managers read on the order when it is held; empty otherwise. */
  problem(order: TakenOrder): string {
    return String(this.order(order).customFields[orderFields.problem] ?? '');
  }

  /** What KeyCRM shows of an article in a warehouse. */
  shown(sku: string, warehouseId = 1): number {
    const stocks = this.worlds.keycrm.state().offers.find((offer) => offer.sku === sku)?.stocks;
    return Number(stocks?.find((stock) => stock.warehouseId === warehouseId)?.quantity ?? 0);
  }

  /** Retail price and cost of an article as KeyCRM shows them. */
  prices(sku: string): { readonly price: number; readonly cost: number } {
    const offer = this.worlds.keycrm.state().offers.find((entry) => entry.sku === sku);
    return { price: Number(offer?.price ?? 0), cost: Number(offer?.purchasedPrice ?? 0) };
  }
}

/** The KeyCRM order that a document was made for; 0 for one made by hand. */
export function orderIdOf({ remark }: Pick<DocumentState, 'remark'>): number {
  return Number(/^KeyCRM #(\d+)(\s|$)/.exec(remark)?.[1] ?? 0);
}

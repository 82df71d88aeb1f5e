import { balanceMembers, type BalanceRow, type CommandMessage, type DilovodCommand, type GoodRow, type KeycrmCommand, retailPriceMembers, type RetailPriceRow, type StockRow, toColumns } from '@kds/contracts';
import { decimal } from '@kds/kernel';
import type { TestLedger } from './test-ledger.js';

export interface TestOffer {
  readonly sku: string | null;
  price: string;
  cost: string;
  /** In warehouse 1. */
  stock: string;
  /** Of that, for orders. */
  reserve?: string;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

type Write = Extract<KeycrmCommand, { kind: 'write-stocks' | 'write-prices' }>;

export const storage = '1100700000001001';
export const hryvnia = '1101200000001001';

/** One warehouse of a KeyCRM account and of a Dilovod base, and the gateways between them and a ledger; everything is as a test sets it. */
export class TestCatalogue {
  offers: TestOffer[] = [];
  goods: GoodRow[] = [];
  balances: BalanceRow[] = [];
  prices: RetailPriceRow[] = [];
  /** Of what is here, goods by id and offers by number, a gateway cannot read the rows. */
  readonly unreadable = { goods: [] as string[], balances: [] as string[], offers: [] as number[] };
  /** What KeyCRM answers to a write instead of doing it. */
  refuse: (write: Write) => Refusal | undefined = () => undefined;
  /** What KeyCRM does with a write that it accepted. */
  apply: (write: Write) => void = (write) => this.carryOut(write);
  readonly writes: Write[] = [];

  constructor(
    readonly ledger: TestLedger,
    readonly tenant = 'shop',
  ) {}

  /** Goods that both systems have, with so many pieces in Dilovod and in KeyCRM. */
  fill(skus: readonly string[], { stock = '5', held = stock, price = '100', cost = '60' }: { readonly stock?: string; readonly held?: string; readonly price?: string; readonly cost?: string } = {}): void {
    this.offers = skus.map((sku) => ({ sku, price, cost, stock }));
    this.goods = skus.map((sku) => ({ id: goodOf(sku), article: sku, name: sku, unit: null }));
    this.balances = skus.map((sku) => this.balance(sku, held, cost));
    this.prices = skus.map((sku) => ({ good: goodOf(sku), price: decimal(price), currency: hryvnia }));
  }

  balance(sku: string, qty: string, cost = '60'): BalanceRow {
    return { good: goodOf(sku), storage, qty: decimal(qty), amount: decimal(Number(qty) * Number(cost)) };
  }

  offer(sku: string): TestOffer {
    const found = this.offers.find((offer) => offer.sku === sku);
    if (found === undefined) throw new Error(`no offer ${sku}`);
    return found;
  }

  /** Both systems are read whole, once, and what follows is done. */
  async readAll(): Promise<void> {
    await this.read('goods', 'catalogue', 'balances', 'prices');
  }

  async read(...what: readonly ('goods' | 'catalogue' | 'balances' | 'prices')[]): Promise<void> {
    for (const each of what) {
      await this.ledger.enqueue({ tenant: this.tenant, priority: 10, ...readings[each] });
      await this.work();
    }
  }

  /** Dispatches and answers until nothing more may leave. */
  async work(): Promise<void> {
    for (;;) {
      const messages = await this.ledger.dispatch();
      if (messages.length === 0) return;
      for (const message of messages) await this.answer(message);
    }
  }

  private async answer(message: CommandMessage): Promise<void> {
    const command = message.command as KeycrmCommand | DilovodCommand;
    if (command.kind !== 'write-stocks' && command.kind !== 'write-prices') return void (await this.ledger.settle(message, { outcome: 'done', result: this.show(command) }));
    this.writes.push(command);
    const failure = this.refuse(command);
    if (failure === undefined) this.apply(command);
    await this.ledger.settle(message, failure === undefined ? { outcome: 'done', result: null } : { outcome: 'rejected', failure });
  }

  private show(command: KeycrmCommand | DilovodCommand): unknown {
    switch (command.kind) {
      case 'list-stocks':
        return { rows: this.offers.flatMap((offer, index) => (command.skus === null || command.skus.includes(offer.sku ?? '') ? [toStockRow(offer, index + 1)] : [])).filter(({ offerId }) => !this.unreadable.offers.includes(offerId)), page: 1, lastPage: 1, unreadable: this.unreadable.offers };
      case 'read-goods':
        return { rows: this.goods.filter(({ id }) => !this.unreadable.goods.includes(id)), unreadable: this.unreadable.goods };
      case 'read-balances':
        return { columns: toColumns(this.balances.filter(({ good }) => !this.unreadable.balances.includes(good)), balanceMembers), atomic: true, unreadable: this.unreadable.balances };
      case 'read-prices':
        return { columns: toColumns(this.prices, retailPriceMembers) };
      case 'list-orders':
        return { orders: [], unreadable: [], page: 1, lastPage: 1 };
      default:
        throw new Error(`${command.kind} is not asked here`);
    }
  }

  private carryOut(write: Write): void {
    for (const row of write.rows) {
      const offer = this.offer(row.sku);
      if ('quantity' in row) offer.stock = row.quantity;
      else Object.assign(offer, row.price === undefined ? {} : { price: row.price }, row.purchasedPrice === undefined ? {} : { cost: row.purchasedPrice });
    }
  }
}

const readings = {
  goods: { system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null } },
  catalogue: { system: 'keycrm', subject: 'catalogue', command: { kind: 'list-stocks', page: 1, skus: null } },
  balances: { system: 'dilovod', subject: 'balances', command: { kind: 'read-balances', storages: [storage] } },
  prices: { system: 'dilovod', subject: 'prices', command: { kind: 'read-prices', priceType: '1101300000001001' } },
} as const;

export function goodOf(sku: string): string {
  return `11003${BigInt(`0x${Buffer.from(sku).toString('hex')}`) % 10n ** 11n}`;
}

function toStockRow({ sku, price, cost, stock, reserve = '0' }: TestOffer, offerId: number): StockRow {
  return { offerId, sku, price: decimal(price), purchasedPrice: decimal(cost), quantity: decimal(stock), warehouses: [{ id: 1, name: '', quantity: decimal(stock), reserve: decimal(reserve) }] };
}

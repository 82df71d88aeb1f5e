import { balanceMembers, type BalanceRow, type CommandMessage, type DilovodCommand, type GoodRow, type KeycrmCommand, retailPriceMembers, type RetailPriceRow, type StockRow, toColumns } from '@kds/contracts';
import { decimal } from '@kds/kernel';
import { foldSku } from '@kds/sync-domain';
import type { TestLedger } from './test-ledger.js';

export interface TestOffer {
  readonly sku: string | null;
  price: string;
  cost: string;
  /** In warehouse 1. */
  stock: string;
  /** Of that, for orders. */
  reserve?: string;
  /** Of its card; the hryvnia unless told. */
  currency?: string | null;
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
  /** Articles that the stock register of Dilovod ever moved; null: all that there are. */
  stocked: readonly string[] | null = null;
  /** Lists of everything come in pages, and these SKUs, or goods' articles, fall out of them. */
  missed: readonly string[] | null = null;
  /** The systems see no difference between upper and lower case, nor blanks around a text. */
  folds: readonly ('keycrm' | 'dilovod')[] = [];
  /** What KeyCRM answers to a write instead of doing it. */
  refuse: (write: Write) => Refusal | undefined = () => undefined;
  /** What KeyCRM does with a write that it accepted. */
  apply: (write: Write) => void = (write) => this.carryOut(write);
  /** What is not let be read. */
  refuseReading: (command: KeycrmCommand | DilovodCommand) => Refusal | undefined = () => undefined;
  readonly writes: Write[] = [];
  /** Requests other than writes. */
  readonly asked: (KeycrmCommand | DilovodCommand)[] = [];

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
    await this.read('goods', 'catalogue', 'history', 'balances', 'prices');
  }

  async read(...what: readonly (keyof typeof readings)[]): Promise<void> {
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
    if (command.kind !== 'write-stocks' && command.kind !== 'write-prices') {
      this.asked.push(command);
      const failure = this.refuseReading(command);
      return void (await this.ledger.settle(message, failure === undefined ? { outcome: 'done', result: this.show(command) } : { outcome: 'rejected', failure }));
    }
    this.writes.push(command);
    const failure = this.refuse(command);
    if (failure === undefined) this.apply(command);
    await this.ledger.settle(message, failure === undefined ? { outcome: 'done', result: null } : { outcome: 'rejected', failure });
  }

  private show(command: KeycrmCommand | DilovodCommand): unknown {
    switch (command.kind) {
      case 'list-stocks':
        return { rows: this.offers.flatMap((offer, index) => (this.isShown('keycrm', command.skus, offer.sku) ? [toStockRow(offer, index + 1)] : [])).filter(({ offerId }) => !this.unreadable.offers.includes(offerId)), page: 1, lastPage: 1, whole: this.unreadable.offers.length === 0, unreadable: this.unreadable.offers };
      case 'list-cards':
        return { rows: this.offers.flatMap(({ currency = 'UAH' }, index) => (command.offers?.includes(index + 1) === false ? [] : [{ offerId: index + 1, currency }])), page: 1, lastPage: 1 };
      case 'read-goods':
        return { rows: this.goods.filter(({ id, article }) => this.isShown('dilovod', command.articles, article) && !this.unreadable.goods.includes(id)), atomic: command.articles !== null || this.missed === null, unreadable: this.unreadable.goods };
      case 'read-balances': {
        const rows = this.balances.filter(({ good }) => (command.goods === undefined ? this.missed?.some((sku) => goodOf(sku) === good) !== true : command.goods.includes(good)));
        const legible = rows.filter(({ good }) => !this.unreadable.balances.includes(good));
        return { columns: toColumns(legible, balanceMembers), unreadable: this.unreadable.balances, atomic: command.goods !== undefined || this.missed === null };
      }
      case 'read-stock-history':
        return { goods: this.stocked === null ? this.goods.map(({ id }) => id) : this.stocked.map(goodOf) };
      case 'read-prices':
        return { columns: toColumns(this.prices, retailPriceMembers), atomic: true };
      case 'list-orders':
        return { orders: [], unreadable: [], page: 1, lastPage: 1 };
      default:
        throw new Error(`${command.kind} is not asked here`);
    }
  }

  private isShown(system: 'keycrm' | 'dilovod', asked: readonly string[] | null, sku: string | null): boolean {
    if (asked === null) return this.missed?.includes(sku ?? '') !== true;
    if (this.folds.includes(system)) return asked.some((name) => foldSku(name) === foldSku(sku ?? ''));
    return asked.includes(sku ?? '');
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
  history: { system: 'dilovod', subject: 'stock-history', command: { kind: 'read-stock-history' } },
  balances: { system: 'dilovod', subject: 'balances', command: { kind: 'read-balances', storages: [storage] } },
  prices: { system: 'dilovod', subject: 'prices', command: { kind: 'read-prices', priceType: '1101300000001001' } },
} as const;

export function goodOf(sku: string): string {
  return `11003${BigInt(`0x${Buffer.from(sku).toString('hex')}`) % 10n ** 11n}`;
}

function toStockRow({ sku, price, cost, stock, reserve = '0' }: TestOffer, offerId: number): StockRow {
  return { offerId, sku, price: decimal(price), purchasedPrice: decimal(cost), quantity: decimal(stock), warehouses: [{ id: 1, name: '', quantity: decimal(stock), reserve: decimal(reserve) }] };
}

import { balanceMembers, type BalanceRow, type CommandMessage, type DilovodCommand, type KeycrmCommand, type StockRow, toColumns } from '@kds/contracts';
import { decimal } from '@kds/kernel';
import type { DocumentFound, DocumentRow, Order, OrderCommand } from '@kds/sync-domain';
import { testOrder, testSpec } from './test-order.js';

export const status = { fresh: 1, ordered: 20, shipped: 21, completed: 22, cancelled: 19, returned: 23, returnedAtOnce: 24 } as const;
export type Status = keyof typeof status;

/** In KeyCRM's order of statuses; group 6 is «cancelled». */
const groups: Readonly<Record<Status, number>> = { fresh: 1, ordered: 2, shipped: 4, completed: 5, cancelled: 6, returned: 5, returnedAtOnce: 6 };
const places: readonly Status[] = ['fresh', 'ordered', 'shipped', 'completed', 'returned'];

/** Articles A and B are goods of Dilovod, X is sold in KeyCRM and not known there; «В 2» in KeyCRM is the article C by an exception of the manifest. */
export const skus = ['A', 'B', 'В 2', 'X'] as const;
export const goods = { A: '1100300000001001', B: '1100300000001002', 'В 2': '1100300000001003' } as const;
const articles = { A: 'A', B: 'B', 'В 2': 'C' } as const;
export const storages = ['1100700000000001', '1100700000000002', '1100700000000009'] as const;
/** The third storage only counts for warehouse 1. */
export const warehouseOf: Readonly<Record<string, number>> = { [storages[0]]: 1, [storages[1]]: 2, [storages[2]]: 1 };

export const twoStocksSpec = {
  keycrm: { ...testSpec.keycrm, requestsPerMinute: 60_000 },
  warehouses: [
    { keycrm: 1, dilovod: storages[0], alsoCount: [storages[2]] },
    { keycrm: 2, dilovod: storages[1] },
  ],
  catalog: { overrides: [{ keycrm: 'В 2', dilovod: 'C' }] },
  prices: { retail: null, cost: 'none' },
  guards: { maxZeroedShare: 1, minSnapshotShare: 0 },
  orders: {
    since: '2026-01-01T00:00:00Z',
    stages: { ordered: [status.ordered], shipped: [status.shipped], completed: [status.completed], cancelled: [status.cancelled], returned: [status.returned, status.returnedAtOnce] },
    person: 'endConsumer',
    endConsumer: '1100100000000001',
    cancelAfterShipment: 'review',
  },
};

export interface AccountHabits {
  readonly writesOffAt: 'shipped' | 'completed' | 'never';
  /** Moving past the status that writes off, without entering it, writes off too. */
  readonly catchesUp: boolean;
  /** Moving back gives the goods back. */
  readonly givesBack: boolean;
  /** What a deleted order held comes back. */
  readonly deletionGivesBack: boolean;
  /** A 202 only queues the write. */
  readonly appliesLate: boolean;
  /** Lists of everything come in pages, and now and then a row falls out between two. */
  readonly pages: boolean;
}

interface WorldLine {
  readonly sku: (typeof skus)[number];
  readonly warehouse: number | null;
  quantity: number;
}

export interface WorldOrder {
  readonly id: number;
  status: Status;
  readonly lines: WorldLine[];
  taken: boolean;
  deleted: boolean;
}

interface WorldDocument {
  readonly id: string;
  readonly orderId: number;
  readonly type: 'saleOrder' | 'sale' | 'saleReturn';
  readonly storage: string;
  readonly baseDoc: string | null;
  rows: readonly DocumentRow[];
  live: boolean;
}

/** A KeyCRM account and a Dilovod base in memory, as far as stock goes; they execute the ledger's commands whenever they are told to. */
export class TwoStocks {
  readonly orders: WorldOrder[] = [];
  readonly documents: WorldDocument[] = [];
  /** KeyCRM's, by `sku|warehouse`. */
  readonly shown = new Map<string, number>();
  /** Dilovod's, by `good|storage`. */
  readonly held = new Map<string, number>();
  /** Written to KeyCRM where it held just that. */
  needless: string[] = [];
  private readonly queued: (() => void)[] = [];
  private number = 0;
  private lists = 0;

  constructor(readonly habits: AccountHabits) {}

  sell(lines: readonly WorldLine[], to: Status): WorldOrder {
    const order: WorldOrder = { id: 9001 + this.orders.length, status: 'fresh', lines: lines.map((line) => ({ ...line })), taken: false, deleted: false };
    this.orders.push(order);
    this.move(order, to);
    return order;
  }

  move(order: WorldOrder, to: Status): void {
    const { writesOffAt, catchesUp, givesBack } = this.habits;
    const before = order.status;
    order.status = to;
    if (groups[to] === 6) return this.take(order, false);
    if (writesOffAt === 'never' || before === to) return;
    if (to === writesOffAt) return this.take(order, true);
    const past = places.indexOf(to) > places.indexOf(writesOffAt);
    if (past && catchesUp) this.take(order, true);
    if (!past && givesBack) this.take(order, false);
  }

  edit(order: WorldOrder, quantity: number): void {
    const [line] = order.lines;
    if (line === undefined) return;
    if (order.taken) this.addShown(line, line.quantity - quantity);
    line.quantity = quantity;
  }

  delete(order: WorldOrder): void {
    order.deleted = true;
    if (this.habits.deletionGivesBack) this.take(order, false);
  }

  /** Books something by hand in Dilovod. */
  book(sku: keyof typeof goods, storage: string, quantity: number): void {
    this.addHeld(goods[sku], storage, quantity);
  }

  /** Edits KeyCRM's stock by hand. */
  set(sku: string, warehouse: number, quantity: number): void {
    this.shown.set(`${sku}|${warehouse}`, quantity);
  }

  /** What KeyCRM accepted and queued happens now. */
  applyQueued(): void {
    for (const apply of this.queued.splice(0)) apply();
  }

  execute({ system, command }: CommandMessage): unknown {
    return system === 'keycrm' ? this.executeKeycrm(command as KeycrmCommand) : this.executeDilovod(command as DilovodCommand);
  }

  /** What KeyCRM should show once it is known what stands in both systems: Dilovod's balance, and what is rightly under way. */
  expected(sku: keyof typeof goods, warehouse: number): number {
    const balance = [...this.held].reduce((sum, [key, quantity]) => (key.startsWith(goods[sku]) && warehouseOf[key.split('|')[1] ?? ''] === warehouse ? sum + quantity : sum), 0);
    const underWay = this.orders.reduce((sum, order) => sum + this.underWay(order, sku, warehouse), 0);
    return Math.max(0, balance + underWay);
  }

  private underWay(order: WorldOrder, sku: keyof typeof goods, warehouse: number): number {
    const { writesOffAt } = this.habits;
    if (order.deleted || writesOffAt === 'never' || groups[order.status] === 6 || order.status === 'returned' || order.status === 'fresh') return 0;
    const quantity = order.lines.reduce((sum, line) => (line.sku === sku && line.warehouse === warehouse ? sum + line.quantity : sum), 0);
    const shipped = this.documents
      .filter((document) => document.live && document.orderId === order.id && document.type !== 'saleOrder')
      .flatMap(({ type, rows }) => rows.filter((row) => row.good === goods[sku] && warehouseOf[row.storage] === warehouse).map((row) => (type === 'sale' ? Number(row.qty) : -Number(row.qty))))
      .reduce((sum, qty) => sum + qty, 0);
    const takes = places.indexOf(order.status) >= places.indexOf(writesOffAt);
    return takes ? -Math.max(0, quantity - shipped) : Math.min(quantity, Math.max(0, shipped));
  }

  private take(order: WorldOrder, taken: boolean): void {
    if (order.taken === taken) return;
    order.taken = taken;
    for (const line of order.lines) this.addShown(line, taken ? -line.quantity : line.quantity);
  }

  private addShown({ sku, warehouse }: WorldLine, quantity: number): void {
    if (warehouse !== null) this.shown.set(`${sku}|${warehouse}`, (this.shown.get(`${sku}|${warehouse}`) ?? 0) + quantity);
  }

  private addHeld(good: string, storage: string, quantity: number): void {
    this.held.set(`${good}|${storage}`, (this.held.get(`${good}|${storage}`) ?? 0) + quantity);
  }

  private executeKeycrm(command: KeycrmCommand): unknown {
    switch (command.kind) {
      case 'read-order': {
        const order = this.orders.find(({ id, deleted }) => id === command.orderId && !deleted);
        return order ? { kind: 'present', order: toOrder(order) } : { kind: 'missing', orderId: command.orderId };
      }
      case 'list-orders':
        return { orders: this.orders.filter(({ deleted }) => !deleted).map(toOrder), unreadable: [], page: 1, lastPage: 1 };
      case 'list-stocks':
        return { rows: this.fallenOut(this.stockRows(command.skus), command.skus === null), page: 1, lastPage: 1, whole: true };
      case 'write-stocks': {
        const apply = () => command.rows.forEach(({ sku, quantity }) => {
          if (this.shown.get(`${sku}|${command.warehouseId}`) === Number(quantity)) this.needless.push(`${sku} in ${command.warehouseId}: ${quantity}`);
          this.set(sku, command.warehouseId, Number(quantity));
        });
        if (this.habits.appliesLate) this.queued.push(apply);
        else apply();
        return null;
      }
      default:
        return null;
    }
  }

  private stockRows(wanted: readonly string[] | null): readonly StockRow[] {
    return skus.flatMap((sku, index) => {
      if (wanted !== null && !wanted.includes(sku)) return [];
      const warehouses = [1, 2].map((id) => ({ id, name: '', quantity: decimal(this.shown.get(`${sku}|${id}`) ?? 0), reserve: decimal(0) }));
      return [{ offerId: index + 1, sku, price: null, purchasedPrice: null, quantity: decimal(warehouses.reduce((sum, { quantity }) => sum + Number(quantity), 0)), warehouses }];
    });
  }

  private executeDilovod(command: DilovodCommand): unknown {
    switch (command.kind) {
      case 'read-balances': {
        const rows = [...this.held].flatMap(([key, qty]) => (qty === 0 ? [] : [{ good: key.split('|')[0] ?? '', storage: key.split('|')[1] ?? '', qty: decimal(qty), amount: decimal(0) }]));
        const wanted = rows.filter(({ good }) => command.goods?.includes(good) !== false);
        return { columns: toColumns<BalanceRow>(this.fallenOut(wanted, command.goods === undefined), balanceMembers), atomic: command.goods !== undefined || !this.habits.pages };
      }
      case 'read-stock-history':
        return { goods: Object.values(goods) };
      case 'read-goods':
        return { rows: Object.entries(goods).map(([sku, id]) => ({ id, article: articles[sku as keyof typeof articles], name: sku, unit: '1103600000000001' })), atomic: true };
      case 'list-documents':
      case 'read-prices':
      case 'read-currencies':
      case 'find-person':
      case 'create-person':
        throw new Error(`${command.kind} is not asked here`);
      default:
        return this.executeOrder(command);
    }
  }

  /** In every second list of everything one row is missing, each time another. */
  private fallenOut<Row>(rows: readonly Row[], everything: boolean): readonly Row[] {
    if (!everything || !this.habits.pages) return rows;
    this.lists += 1;
    return this.lists % 2 === 0 ? rows.filter((_, index) => index !== (this.lists / 2) % rows.length) : rows;
  }

  private executeOrder(command: OrderCommand): unknown {
    switch (command.kind) {
      case 'find-documents':
        return { kind: 'found', documents: this.documents.filter(({ live, orderId, type }) => live && orderId === command.orderId && (command.type === 'all' || type === command.type)).map(toFound) };
      case 'save-sale-order': {
        const known = this.documents.find(({ id }) => id === command.documentId);
        if (known) known.rows = command.draft.rows;
        return { kind: 'saved', documentId: (known ?? this.create({ orderId: command.orderId, type: 'saleOrder', storage: command.draft.storage, baseDoc: null, rows: command.draft.rows })).id };
      }
      case 'save-sale':
        return { kind: 'saved', documentId: this.create({ orderId: command.orderId, type: 'sale', storage: command.draft.storage, baseDoc: command.draft.saleOrder, rows: command.draft.rows }).id };
      case 'save-sale-return':
        return { kind: 'saved', documentId: this.saveReturn(command) };
      case 'mark-document': {
        const document = this.documents.find(({ id, live }) => id === command.documentId && live);
        if (document) this.unpost(document);
        return { kind: 'marked' };
      }
      case 'read-document':
        return { kind: 'read', number: '1' };
      case 'set-order-state':
      case 'relink-sale':
        return { kind: 'saved', documentId: command.documentId };
    }
  }

  /** One that stands gets other rows. */
  private saveReturn({ orderId, documentId, draft }: Extract<OrderCommand, { kind: 'save-sale-return' }>): string {
    const standing = this.documents.find(({ id, live }) => id === documentId && live);
    if (standing === undefined) return this.create({ orderId, type: 'saleReturn', storage: draft.storage, baseDoc: draft.sale, rows: draft.rows }).id;
    this.moveHeld(standing, -1);
    standing.rows = draft.rows;
    this.moveHeld(standing, 1);
    return standing.id;
  }

  private create(document: Omit<WorldDocument, 'id' | 'live'>): WorldDocument {
    this.number += 1;
    const created: WorldDocument = { ...document, id: String(1_109_100_000_000_000 + this.number), live: true };
    this.documents.push(created);
    this.moveHeld(created, 1);
    return created;
  }

  private unpost(document: WorldDocument): void {
    document.live = false;
    this.moveHeld(document, -1);
  }

  private moveHeld({ type, rows }: WorldDocument, direction: 1 | -1): void {
    const sign = { saleOrder: 0, sale: -1, saleReturn: 1 }[type] * direction;
    for (const row of rows) this.addHeld(row.good, row.storage, sign * Number(row.qty));
  }
}

function toOrder({ id, status: name, lines }: WorldOrder): Order {
  const sample = testOrder(id, { statusId: status[name] });
  const [line] = sample.lines;
  if (line === undefined) throw new Error('the sample order has a line');
  return {
    ...sample,
    statusGroupId: groups[name],
    lines: lines.map(({ sku, warehouse, quantity }) => ({ ...line, name: sku, sku, quantity: decimal(quantity), warehouseId: warehouse })),
    grandTotal: decimal(lines.reduce((sum, { quantity }) => sum + 100 * quantity, 0)),
  };
}

function toFound({ id, type, storage, baseDoc, rows }: WorldDocument): DocumentFound {
  return { type, id, contract: null, number: '1', state: null, person: '1100100000000001', storage, baseDoc, posted: true, currency: null, members: null, rows };
}

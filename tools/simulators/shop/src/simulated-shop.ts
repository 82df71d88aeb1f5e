import { type BaseControl, predefined, type Switches as DilovodSwitches } from '@kds/dilovod-simulator';
import type { DilovodSimulator } from '@kds/dilovod-simulator';
import type { AccountControl, KeycrmSimulator, SwitchChanges } from '@kds/keycrm-simulator';
import { stringify } from 'yaml';
import { openBase, type ShopBase } from './open-base.js';

export interface ShopGood {
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly cost: string;
  /** On hand in the main and the second storage, on both sides. */
  readonly stock: readonly [main: number, second: number];
}

export interface ShopOptions {
  readonly name: string;
  readonly goods: readonly ShopGood[];
  readonly requestsPerMinute?: number;
  readonly latencyMs?: { readonly keycrm: number; readonly dilovod: number };
  readonly switches?: { readonly keycrm?: SwitchChanges; readonly dilovod?: Partial<DilovodSwitches> };
  readonly seed?: number;
  /** Without it, the shop has a base of its own. */
  readonly beside?: SharedBase;
}

/** The base of another shop: for the same firm or one of this shop's own, through the same key or one of its own. */
export interface SharedBase {
  readonly shop: SimulatedShop;
  readonly firm: 'same' | 'own';
  readonly key: 'same' | 'own';
}

/** KeyCRM statuses of a simulated shop, by what they mean to it. */
export const statusIds = { fresh: 1, ordered: 20, shipped: 21, completed: 22, cancelled: 19, returned: 23 } as const;

export const orderFields = { document: 'OR_1044', problem: 'OR_1045' } as const;

export interface Simulators {
  readonly keycrm: KeycrmSimulator;
  readonly dilovod: DilovodSimulator;
}

/** One shop with an account in each simulator, set up alike: two warehouses, the same goods, statuses for every stage, webhooks to come. */
export class SimulatedShop {
  readonly name: string;
  readonly keycrm: AccountControl;
  readonly dilovod: BaseControl;
  readonly firm: string;
  readonly dilovodKey: string;
  readonly storages: ShopBase['storages'];
  readonly states: ShopBase['states'];

  private constructor(
    private readonly options: ShopOptions,
    private readonly simulators: Simulators,
  ) {
    const { name, requestsPerMinute = 6_000, latencyMs, switches, seed = 1 } = options;
    this.name = name;
    this.keycrm = simulators.keycrm.createAccount({ name, apiKey: keyOf(name, 'keycrm'), requestsPerMinute, latencyMs: latencyMs?.keycrm ?? 0, switches: switches?.keycrm, seed });
    const { dilovod, firm, dilovodKey, storages, states } = openBase(simulators.dilovod, options);
    this.dilovod = dilovod;
    this.firm = firm;
    this.dilovodKey = dilovodKey;
    this.storages = storages;
    this.states = states;
  }

  static open(simulators: Simulators, options: ShopOptions): SimulatedShop {
    const shop = new SimulatedShop(options, simulators);
    fillAccount(shop.keycrm, options.goods);
    shop.fillBase(options.goods);
    return shop;
  }

  /** What another shop of the base has there already stands; stock belongs to a firm. */
  private fillBase(goods: readonly ShopGood[]): void {
    const known = new Set(this.dilovod.objects({ type: 'catalogs.goods' }).map(({ productNum }) => String(productNum)));
    const added = goods.filter(({ sku }) => !known.has(sku));
    this.dilovod.createGoods({ goods: added.map(({ sku, name }) => ({ productNum: sku, name })) });
    for (const { sku, price } of added) this.dilovod.setPrice({ good: sku, price });
    if (this.options.beside?.firm !== 'same') this.receive(goods);
  }

  private receive(goods: readonly ShopGood[]): void {
    for (const [index, storage] of this.storages.entries()) {
      const rows = goods.flatMap(({ sku, cost, stock }) => ((stock[index] ?? 0) > 0 ? [{ good: sku, qty: stock[index] ?? 0, cost }] : []));
      if (rows.length > 0) this.dilovod.receiveRows({ storage, firm: this.firm, rows });
    }
  }

  /** What this KeyCRM tells of its warehouses: those of order lines, and stock by warehouse. */
  get shows(): { readonly warehousesOfLines: boolean; readonly stockByWarehouse: boolean; readonly emptiedMembers: boolean } {
    const { stockManagement = 'on', stockDetails = 'on' } = this.options.switches?.keycrm ?? {};
    const { headerEmptying = 'taken' } = this.options.switches?.dilovod ?? {};
    return {
      warehousesOfLines: stockManagement === 'on',
      stockByWarehouse: stockManagement === 'on' && stockDetails === 'on',
      emptiedMembers: headerEmptying === 'taken',
    };
  }

  /** At which stage its orders take goods off KeyCRM's stock, as its manifest has to say. */
  get writesOffAt(): 'shipped' | 'never' {
    return this.options.switches?.keycrm?.ordersWriteOff === 'never' ? 'never' : 'shipped';
  }

  get webhookToken(): string {
    return tokenOf(this.name);
  }

  /** Has KeyCRM call its gateway at every change of status, and Dilovod its own at every change of an object. */
  subscribe({ keycrmGateway, dilovodGateway }: { readonly keycrmGateway: string; readonly dilovodGateway: string }): void {
    const path = (system: string) => `/webhooks/${system}/${this.name}/${tokenOf(this.name)}`;
    this.keycrm.setWebhooks({ orders: [`${keycrmGateway}${path('keycrm')}`] });
    const targets = [{ url: `${dilovodGateway}${path('dilovod')}` }];
    if (this.options.beside) this.dilovod.addWebhooks({ targets });
    else this.dilovod.setWebhooks({ targets });
  }

  /** The shop's Tenant and Secret, with members of `spec` replaced. */
  manifest(changes: Readonly<Record<string, unknown>> = {}): string {
    const spec = { ...this.spec(), ...changes };
    const tenant = { apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: this.name }, spec };
    const stringData = { 'keycrm-api-key': keyOf(this.name, 'keycrm'), 'dilovod-api-key': this.dilovodKey, 'webhook-token': tokenOf(this.name) };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: `${this.name}-keys` }, stringData };
    return `${stringify(tenant)}---\n${stringify(secret)}`;
  }

  spec() {
    const ref = (key: string) => ({ name: `${this.name}-keys`, key });
    return {
      mode: 'live',
      keycrm: { baseUrl: this.simulators.keycrm.baseUrl, apiKeyRef: ref('keycrm-api-key'), webhookTokenRef: ref('webhook-token'), requestsPerMinute: this.options.requestsPerMinute ?? 6_000 },
      dilovod: { baseUrl: this.simulators.dilovod.baseUrl, apiKeyRef: ref('dilovod-api-key'), webhookTokenRef: ref('webhook-token'), firm: this.firm, business: predefined.mainBusiness, currency: predefined.hryvnia },
      warehouses: [
        { keycrm: 1, dilovod: this.storages[0] },
        { keycrm: 2, dilovod: this.storages[1] },
      ],
      defaultWarehouse: 1,
      stock: { every: '5s', keycrmWritesOffAt: this.writesOffAt },
      prices: { every: '5s', retail: { priceType: predefined.priceType }, cost: 'balance' },
      orders: {
        since: '2026-01-01T00:00:00Z',
        every: '5s',
        stages: { ordered: [statusIds.ordered], shipped: [statusIds.shipped], completed: [statusIds.completed], cancelled: [statusIds.cancelled], returned: [statusIds.returned] },
        dilovodStates: { ...this.states, returned: null },
        person: 'match',
        cancelAfterShipment: 'reverse',
        writeBack: { documentField: orderFields.document, problemField: orderFields.problem },
      },
    };
  }
}

function fillAccount(account: AccountControl, goods: readonly ShopGood[]): void {
  account.configure({ settings: { reserveStatusId: statusIds.ordered, writeOffStatusId: statusIds.shipped } });
  account.createWarehouse({ name: 'Основний склад' });
  account.createWarehouse({ name: 'Другий склад' });
  account.createSource({ name: 'Сайт', defaultWarehouseId: 1 });
  account.createStatus({ id: statusIds.ordered, name: 'Замовлення підтверджено', groupId: 2 });
  account.createStatus({ id: statusIds.shipped, name: "Передано кур'єру", groupId: 4 });
  account.createStatus({ id: statusIds.completed, name: 'Виконано', groupId: 5 });
  account.createStatus({ id: statusIds.returned, name: 'Повернено', groupId: 6 });
  account.createCustomField({ name: 'Документ Dilovod', uuid: orderFields.document });
  account.createCustomField({ name: 'Проблема', uuid: orderFields.problem });
  account.createGoods({
    goods: goods.map(({ sku, name, price, cost, stock }) => ({
      name,
      sku,
      price,
      purchasedPrice: cost,
      weight: 430,
      length: 12,
      width: 9,
      height: 10,
      stock: stock.map((quantity, index) => ({ warehouseId: index + 1, quantity })),
    })),
  });
}

function keyOf(name: string, system: string): string {
  return `${name}-${system}-key`;
}

function tokenOf(name: string): string {
  return `${name}-webhook-token`;
}

import type { PerStage, SecretRef, TenantSpec } from '../tenant-spec.js';
import { durationMs, utcInstant } from './member-rules.js';
import type { SpecManifest } from './tenant-manifest.js';

/** The spec that a manifest without mistakes means. Members are always in the same order, so that equal specs have equal JSON. */
export function toTenantSpec(manifest: SpecManifest): TenantSpec {
  return {
    mode: manifest.mode,
    pilot: { skus: manifest.pilot.skus },
    suspend: manifest.suspend,
    pool: manifest.pool,
    timeZone: manifest.timeZone,
    keycrm: toKeycrm(manifest.keycrm),
    dilovod: toDilovod(manifest.dilovod),
    catalog: { match: manifest.catalog.match, overrides: manifest.catalog.overrides.map(({ keycrm, dilovod }) => ({ keycrm, dilovod })) },
    warehouses: manifest.warehouses.map(({ keycrm, dilovod, alsoCount }) => ({ keycrm, dilovod, alsoCount })),
    defaultWarehouse: manifest.defaultWarehouse,
    stock: { everyMs: checked(durationMs(manifest.stock.every)), keycrmWritesOffAt: manifest.stock.keycrmWritesOffAt },
    prices: toPrices(manifest.prices),
    orders: toOrders(manifest.orders),
    guards: {
      maxZeroedShare: manifest.guards.maxZeroedShare,
      maxPriceChange: manifest.guards.maxPriceChange,
      maxPriceChangedShare: manifest.guards.maxPriceChangedShare,
      minSnapshotShare: manifest.guards.minSnapshotShare,
    },
  };
}

function toKeycrm(keycrm: SpecManifest['keycrm']): TenantSpec['keycrm'] {
  return {
    baseUrl: withoutEndSlash(keycrm.baseUrl),
    apiKeyRef: toSecretRef(keycrm.apiKeyRef),
    webhookTokenRef: keycrm.webhookTokenRef && toSecretRef(keycrm.webhookTokenRef),
    requestsPerMinute: keycrm.requestsPerMinute,
  };
}

function toDilovod(dilovod: SpecManifest['dilovod']): TenantSpec['dilovod'] {
  return {
    baseUrl: withoutEndSlash(dilovod.baseUrl),
    apiKeyRef: toSecretRef(dilovod.apiKeyRef),
    webhookTokenRef: dilovod.webhookTokenRef && toSecretRef(dilovod.webhookTokenRef),
    firm: dilovod.firm,
    business: dilovod.business,
    currency: dilovod.currency,
    currencies: { ...dilovod.currencies },
    author: dilovod.author,
    tradeChanel: dilovod.tradeChanel,
    paymentForm: dilovod.paymentForm,
  };
}

function toPrices({ every, retail, cost }: SpecManifest['prices']): TenantSpec['prices'] {
  return { everyMs: checked(durationMs(every)), retail: retail && { priceType: retail.priceType }, cost };
}

function toOrders(orders: SpecManifest['orders']): TenantSpec['orders'] {
  return {
    since: checked(utcInstant(orders.since)),
    everyMs: checked(durationMs(orders.every)),
    stages: perStage(orders.stages),
    dilovodStates: perStage(orders.dilovodStates),
    reserve: orders.reserve,
    person: orders.person,
    endConsumer: orders.endConsumer,
    unmappedLine: orders.unmappedLine,
    cancelAfterShipment: orders.cancelAfterShipment,
    writeBack: { documentField: orders.writeBack.documentField, problemField: orders.writeBack.problemField },
  };
}

function perStage<T>({ ordered, shipped, completed, cancelled, returned }: PerStage<T>): PerStage<T> {
  return { ordered, shipped, completed, cancelled, returned };
}

function toSecretRef({ name, key }: SecretRef): SecretRef {
  return { name, key };
}

function withoutEndSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** What validation has already passed; anything else is a bug of ours. */
function checked<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('a manifest was translated before it was checked');
  return value;
}

/** One client shop whose manifest was checked: everything in `spec` is present and right, defaults applied. */
export interface Tenant {
  readonly name: string;
  /** Digest of `spec`: two tenants with the same revision behave the same. */
  readonly revision: string;
  /** `metadata.uid` where an API server gives one: a tenant that was deleted and made anew is another object. */
  readonly uid?: string;
  /** Of two manifests of one object the one with the larger number is newer: `metadata.generation`, or when the file came to say what it says. */
  readonly generation?: number;
  readonly spec: TenantSpec;
}

/** Where a secret value stands: the Secret's name and the key inside it. Never the value. */
export interface SecretRef {
  readonly name: string;
  readonly key: string;
}

/** One value for each stage that an order can reach. */
export interface PerStage<T> {
  readonly ordered: T;
  readonly shipped: T;
  readonly completed: T;
  readonly cancelled: T;
  readonly returned: T;
}

/**
 * The manifest's `spec` with defaults applied. Members are called as in the file, except that intervals are milliseconds (`everyMs`).
 * KeyCRM ids are numbers, Dilovod ids 16-digit strings; `null` says that an optional member was left out.
 */
export interface TenantSpec {
  readonly mode: 'shadow' | 'pilot' | 'live';
  readonly pilot: { readonly skus: readonly string[] };
  readonly suspend: boolean;
  readonly pool: string;
  /** IANA name of the zone that the Dilovod base keeps its dates in. */
  readonly timeZone: string;
  readonly keycrm: KeycrmAccount;
  readonly dilovod: DilovodAccount;
  readonly catalog: { readonly match: 'sku'; readonly overrides: readonly SkuOverride[] };
  readonly warehouses: readonly WarehouseMapping[];
  readonly defaultWarehouse: number | null;
  readonly stock: { readonly everyMs: number; readonly keycrmWritesOffAt: 'shipped' | 'completed' | 'never' };
  readonly prices: { readonly everyMs: number; readonly retail: { readonly priceType: string } | null; readonly cost: 'balance' | 'none' };
  readonly orders: OrderRules;
  readonly guards: Guards;
}

export interface KeycrmAccount {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKeyRef: SecretRef;
  /** `null`: this system has no webhook. */
  readonly webhookTokenRef: SecretRef | null;
  readonly requestsPerMinute: number;
}

export interface DilovodAccount {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKeyRef: SecretRef;
  /** `null`: this system has no webhook. */
  readonly webhookTokenRef: SecretRef | null;
  readonly firm: string;
  readonly business: string | null;
  readonly currency: string;
  /** Other currencies of KeyCRM's sources, by ISO code; orders in one that is not named are held. */
  readonly currencies: Readonly<Record<string, string>>;
  readonly author: string | null;
  readonly tradeChanel: string | null;
  readonly paymentForm: string | null;
}

/** An exception to the match by SKU: KeyCRM's `offer.sku` and the `productNum` it stands for. */
export interface SkuOverride {
  readonly keycrm: string;
  readonly dilovod: string;
}

/** The balance shown is the sum of `dilovod` and `alsoCount`; shipments leave `dilovod`. */
export interface WarehouseMapping {
  readonly keycrm: number;
  readonly dilovod: string;
  readonly alsoCount: readonly string[];
}

export interface OrderRules {
  /** ISO instant in UTC: orders made before are never exported. */
  readonly since: string;
  readonly everyMs: number;
  /** KeyCRM status ids; at least one in all. */
  readonly stages: PerStage<readonly number[]>;
  /** State to set on the saleOrder; `null` leaves it alone. */
  readonly dilovodStates: PerStage<string | null>;
  readonly reserve: 'off' | 'auto';
  readonly person: 'match' | 'endConsumer';
  readonly endConsumer: string | null;
  readonly unmappedLine: 'hold' | 'skip';
  readonly cancelAfterShipment: 'review' | 'return' | 'reverse';
  readonly writeBack: { readonly documentField: string | null; readonly problemField: string | null };
}

/** Shares are between 0 and 1; `maxPriceChange` is relative and may exceed 1. */
export interface Guards {
  readonly maxZeroedShare: number;
  readonly maxPriceChange: number;
  readonly maxPriceChangedShare: number;
  readonly minSnapshotShare: number;
}

/** Every reference to a secret that the tenant makes. */
export function secretRefsOf({ spec }: Tenant): readonly SecretRef[] {
  const refs = [spec.keycrm.apiKeyRef, spec.keycrm.webhookTokenRef, spec.dilovod.apiKeyRef, spec.dilovod.webhookTokenRef];
  return refs.filter((ref) => ref !== null);
}

import 'reflect-metadata';
import { Transform } from 'class-transformer';
import { Allow, IsOptional } from 'class-validator';
import * as rule from './member-rules.js';

/** The manifest as people write it; values given here are what a member is when it is left out. */

class SecretRefManifest {
  @rule.SecretName() name!: string;
  @rule.SecretKey() key!: string;
}

/** Findings that a person has accepted. Nothing is judged by them yet. */
class GoLiveManifest {
  @rule.TextList() despite: string[] = [];
}

class PilotManifest {
  @rule.TextList() skus: string[] = [];
}

class KeycrmManifest {
  @rule.Text() baseUrl: string = 'https://openapi.keycrm.app/v1';
  @rule.Section(() => SecretRefManifest) apiKeyRef!: SecretRefManifest;
  @IsOptional() @rule.Section(() => SecretRefManifest) webhookTokenRef: SecretRefManifest | null = null;
  @rule.Count() requestsPerMinute: number = 60;
}

class DilovodManifest {
  @rule.Text() baseUrl: string = 'https://api.dilovod.ua';
  @rule.Section(() => SecretRefManifest) apiKeyRef!: SecretRefManifest;
  @IsOptional() @rule.Section(() => SecretRefManifest) webhookTokenRef: SecretRefManifest | null = null;
  @rule.DilovodId() firm!: string;
  @IsOptional() @rule.DilovodId() business: string | null = null;
  @rule.DilovodId() currency!: string;
  @rule.CurrencyIds() currencies: Record<string, string> = {};
  @IsOptional() @rule.DilovodId() author: string | null = null;
  @IsOptional() @rule.DilovodId() tradeChanel: string | null = null;
  @IsOptional() @rule.DilovodId() paymentForm: string | null = null;
}

class OverrideManifest {
  @rule.Text() keycrm!: string;
  @rule.Text() dilovod!: string;
}

class CatalogManifest {
  @rule.OneOf('sku') match = 'sku' as const;
  /** Goods that appear in Dilovod later are listed, and created by nobody. */
  @rule.OneOf('report') newGoods = 'report' as const;
  @rule.SectionList(() => OverrideManifest) overrides: OverrideManifest[] = [];
}

class WarehouseManifest {
  @rule.KeycrmId() keycrm!: number;
  @rule.DilovodId() dilovod!: string;
  @rule.DilovodIdList() alsoCount: string[] = [];
}

class StockManifest {
  @rule.Duration() every: string = '10m';
  @rule.OneOf('shipped', 'completed', 'never') keycrmWritesOffAt: 'shipped' | 'completed' | 'never' = 'shipped';
}

class RetailManifest {
  @rule.DilovodId() priceType!: string;
}

class PricesManifest {
  @rule.Duration() every: string = '2m';
  @IsOptional() @rule.Section(() => RetailManifest) retail: RetailManifest | null = null;
  @rule.OneOf('balance', 'none') cost: 'balance' | 'none' = 'none';
}

class StagesManifest {
  @rule.KeycrmIdList() ordered: number[] = [];
  @rule.KeycrmIdList() shipped: number[] = [];
  @rule.KeycrmIdList() completed: number[] = [];
  @rule.KeycrmIdList() cancelled: number[] = [];
  @rule.KeycrmIdList() returned: number[] = [];
}

class DilovodStatesManifest {
  @IsOptional() @rule.DilovodId() ordered: string | null = null;
  @IsOptional() @rule.DilovodId() shipped: string | null = null;
  @IsOptional() @rule.DilovodId() completed: string | null = null;
  @IsOptional() @rule.DilovodId() cancelled: string | null = null;
  @IsOptional() @rule.DilovodId() returned: string | null = null;
}

class WriteBackManifest {
  @IsOptional() @rule.OrderField() documentField: string | null = null;
  @IsOptional() @rule.OrderField() problemField: string | null = null;
}

class OrdersManifest {
  @rule.Instant() since!: string;
  @rule.Duration() every: string = '5m';
  @rule.Section(() => StagesManifest) stages = new StagesManifest();
  @rule.Section(() => DilovodStatesManifest) dilovodStates = new DilovodStatesManifest();
  /** A bare `off` reads as `false` in YAML 1.1, which other programs still write. */
  @Transform(({ value }) => (value === false ? 'off' : value))
  @rule.OneOf('off', 'auto')
  reserve: 'off' | 'auto' = 'off';
  @rule.OneOf('match', 'endConsumer') person: 'match' | 'endConsumer' = 'match';
  @IsOptional() @rule.DilovodId() endConsumer: string | null = null;
  @rule.OneOf('hold', 'skip') unmappedLine: 'hold' | 'skip' = 'hold';
  @rule.OneOf('review', 'return', 'reverse') cancelAfterShipment: 'review' | 'return' | 'reverse' = 'review';
  @rule.Section(() => WriteBackManifest) writeBack = new WriteBackManifest();
}

class GuardsManifest {
  @rule.Share() maxZeroedShare: number = 0.3;
  @rule.PositiveNumber() maxPriceChange: number = 0.5;
  @rule.Share() maxPriceChangedShare: number = 0.5;
  @rule.Share() minSnapshotShare: number = 0.5;
}

export class SpecManifest {
  @rule.OneOf('shadow', 'pilot', 'live') mode: 'shadow' | 'pilot' | 'live' = 'shadow';
  @rule.Section(() => PilotManifest) pilot = new PilotManifest();
  @rule.Flag() suspend: boolean = false;
  @rule.DnsLabel() pool: string = 'shared';
  @rule.TimeZone() timeZone: string = 'Europe/Kyiv';
  @rule.Section(() => KeycrmManifest) keycrm = new KeycrmManifest();
  @rule.Section(() => DilovodManifest) dilovod = new DilovodManifest();
  @rule.Section(() => CatalogManifest) catalog = new CatalogManifest();
  @rule.SectionList(() => WarehouseManifest) warehouses: WarehouseManifest[] = [];
  @IsOptional() @rule.KeycrmId() defaultWarehouse: number | null = null;
  @rule.Section(() => StockManifest) stock = new StockManifest();
  @rule.Section(() => PricesManifest) prices = new PricesManifest();
  @rule.Section(() => OrdersManifest) orders = new OrdersManifest();
  @rule.Section(() => GuardsManifest) guards = new GuardsManifest();
  /** What shop managers are to read. All that they are told is English so far. */
  @rule.OneOf('uk', 'en') language: 'uk' | 'en' = 'uk';
  @rule.Section(() => GoLiveManifest) goLive = new GoLiveManifest();
}

/** What an API server adds to an object that is read back from it is accepted and left alone. */
class MetadataManifest {
  @rule.DnsLabel() name!: string;
  @Allow() generation?: number;
  @Allow() namespace?: unknown;
  @Allow() labels?: unknown;
  @Allow() annotations?: unknown;
  @Allow() uid?: unknown;
  @Allow() resourceVersion?: unknown;
  @Allow() creationTimestamp?: unknown;
  @Allow() deletionTimestamp?: unknown;
  @Allow() deletionGracePeriodSeconds?: unknown;
  @Allow() finalizers?: unknown;
  @Allow() ownerReferences?: unknown;
  @Allow() managedFields?: unknown;
  @Allow() selfLink?: unknown;
}

export class TenantManifest {
  @rule.OneOf('kds.io/v1alpha1') apiVersion!: string;
  @rule.OneOf('Tenant') kind!: string;
  @rule.Section(() => MetadataManifest) metadata = new MetadataManifest();
  @rule.Section(() => SpecManifest) spec = new SpecManifest();
  @Allow() status?: unknown;
}

import { type BeforeApplicationShutdown, type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ProbesModule } from '@kds/observability';
import type { GatewayParts } from './gateway-parts.js';

/** What a gateway does when it is told to end, in this order. */
export interface Farewell {
  /** Takes no more commands, and finishes those in hand. */
  readonly finishWork: () => Promise<void>;
  /** Lets go of clients, tenants and the bus; HTTP is closed by then. */
  readonly letGo: () => Promise<void>;
}

class Lifecycle implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(private readonly farewell: Farewell) {}

  beforeApplicationShutdown(): Promise<void> {
    return this.farewell.finishWork();
  }

  onApplicationShutdown(): Promise<void> {
    return this.farewell.letGo();
  }
}

/** A gateway's use cases, with the probes that every service answers. The tenant source has had its first look before Nest starts. */
@Module({})
export class GatewayModule {
  static around(useCases: DynamicModule, { bus, metrics }: GatewayParts, farewell: Farewell): DynamicModule {
    const checks = () => [{ name: 'bus', check: () => bus.healthy() }, { name: 'tenants', check: async () => true }];
    return {
      module: GatewayModule,
      imports: [useCases, ProbesModule.with({ registry: metrics.registry, inject: [], checks })],
      providers: [{ provide: Lifecycle, useFactory: () => new Lifecycle(farewell) }],
    };
  }
}

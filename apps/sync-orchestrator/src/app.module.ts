import { type DynamicModule, Module } from '@nestjs/common';
import { Bus } from '@kds/messaging';
import { ProbesModule } from '@kds/observability';
import type { Logger } from '@kds/observability';
import type { TenantObjects, TenantSource } from '@kds/tenancy';
import { DataSource } from 'typeorm';
import { KeyChangeConsumer } from './follow-tenants/key-change.consumer.js';
import { Jobs } from './jobs.js';
import type { OrchestratorMetrics } from './measure-ledger/orchestrator-metrics.js';
import { HintsConsumer } from './observe-orders/hints.consumer.js';
import { OUTCOME_DEPS, OutcomeConsumer, type OutcomeDeps } from './settle-command/outcome.consumer.js';
import { Wakeups } from './wakeups.js';

export interface OrchestratorParts {
  readonly database: DataSource;
  readonly bus: Bus;
  readonly source: TenantSource;
  /** Where tenants are Kubernetes objects. */
  readonly objects?: TenantObjects;
  readonly logger: Logger;
  readonly metrics: OrchestratorMetrics;
}

/** The orchestrator's table of contents. */
@Module({})
export class AppModule {
  static with({ database, bus, source, objects, logger, metrics }: OrchestratorParts): DynamicModule {
    const wakeups = new Wakeups();
    const ready = () => [
      { name: 'nats', check: () => bus.healthy() },
      { name: 'postgres', check: () => database.query('select 1').then(() => true) },
    ];
    return {
      module: AppModule,
      imports: [ProbesModule.with({ registry: metrics.registry, inject: [], checks: ready })],
      controllers: [OutcomeConsumer, HintsConsumer, KeyChangeConsumer],
      providers: [
        { provide: DataSource, useValue: database },
        { provide: Wakeups, useValue: wakeups },
        { provide: OUTCOME_DEPS, useValue: { database, wakeups, metrics, logger } satisfies OutcomeDeps },
        { provide: Jobs, useFactory: () => new Jobs({ database, bus, source, objects, wakeups, metrics, logger }) },
      ],
    };
  }
}

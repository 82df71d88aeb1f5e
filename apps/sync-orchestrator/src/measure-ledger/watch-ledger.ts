import type { Bus } from '@kds/messaging';
import { keptReading, type Logger, logRecurring, registerReadingGauges } from '@kds/observability';
import { onQueryEnded, poolUse } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { Gauge } from 'prom-client';
import type { DataSource } from 'typeorm';
import { busGauges, loadBusReading } from './bus-reading.js';
import { ledgerGauges } from './ledger-gauges.js';
import { loadLedgerReading } from './ledger-reading.repository.js';
import type { OrchestratorMetrics } from './orchestrator-metrics.js';

export interface WatchDeps {
  readonly metrics: OrchestratorMetrics;
  readonly database: DataSource;
  readonly bus: Pick<Bus, 'consumerStates' | 'deadLetters' | 'healthy'>;
  readonly findTenant: (name: string) => TenantSpec | undefined;
  readonly logger: Logger;
}

const keepMs = 15_000;
/** Prometheus gives up after ten seconds by default, and then even what this process knows by itself would be missing. */
const patienceMs = 4_000;

/** Has the ledger and the bus read when Prometheus asks, at most every fifteen seconds, and shows how both are doing. */
export function watchLedger({ metrics, database, bus, findTenant, logger }: WatchDeps): void {
  const { registry } = metrics;
  const failed = (what: string) => (error: unknown) => logRecurring(logger, { what: `measuring ${what}`, error, message: `${what} could not be measured` });
  const readLedger = keptReading({ load: () => loadLedgerReading(database.manager), keepMs, patienceMs, onFailure: failed('the ledger') });
  const readBus = keptReading({ load: () => loadBusReading(bus), keepMs, patienceMs, onFailure: failed('the bus') });
  registerReadingGauges(registry, ledgerGauges(findTenant), readLedger);
  registerReadingGauges(registry, busGauges, readBus);
  onQueryEnded(database, metrics.queryEnded);
  new Gauge({
    name: 'kds_db_pool_connections',
    help: 'Connections to Postgres: busy, idle, and callers that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(poolUse(database))) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'kds_dependency_available',
    help: 'Whether what this service needs answered just now: postgres, jetstream.',
    labelNames: ['dependency'],
    registers: [registry],
    async collect() {
      this.set({ dependency: 'postgres' }, (await readLedger()) === undefined ? 0 : 1);
      this.set({ dependency: 'jetstream' }, (await bus.healthy()) ? 1 : 0);
    },
  });
}

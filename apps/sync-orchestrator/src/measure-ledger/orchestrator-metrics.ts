import type { CommandKind, OutcomeMessage, System } from '@kds/contracts';
import { ServiceMetrics, type ServiceMetricsOptions } from '@kds/observability';
import type { OrderDecision } from '@kds/sync-domain';
import { Counter, Gauge, Histogram } from 'prom-client';

/** What this process counts; what is read from the ledger and the bus is added by `watchLedger`. */
export class OrchestratorMetrics extends ServiceMetrics {
  private readonly decisions = new Counter({ name: 'kds_decisions_total', help: 'Looks at an order, by what was decided and why.', labelNames: ['kind', 'reason'], registers: [this.registry] });
  private readonly outcomes = new Counter({ name: 'kds_outcomes_total', help: 'Attempts that were settled, by the kind of command and how it ended.', labelNames: ['system', 'kind', 'outcome'], registers: [this.registry] });
  private readonly turns = new Counter({ name: 'kds_job_turns_total', help: 'Looks for work, by job and whether they went through.', labelNames: ['name', 'result'], registers: [this.registry] });
  private readonly turnSeconds = new Histogram({
    name: 'kds_job_turn_seconds',
    help: 'How long a look for work took.',
    labelNames: ['name'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 60],
    registers: [this.registry],
  });
  private readonly lastTurn = new Gauge({ name: 'kds_job_last_turn_timestamp_seconds', help: 'When a job last went through; at first, when it was started.', labelNames: ['name'], registers: [this.registry] });
  private readonly querySeconds = new Histogram({ name: 'kds_db_query_seconds', help: 'How long Postgres took for a query.', buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10], registers: [this.registry] });
  private readonly queriesFailed = new Counter({ name: 'kds_db_queries_failed_total', help: 'Queries that Postgres refused or did not answer.', registers: [this.registry] });

  constructor(options: Omit<ServiceMetricsOptions, 'service'>) {
    super({ ...options, service: 'sync-orchestrator' });
  }

  readonly decided = ({ kind, reason }: Pick<OrderDecision, 'kind' | 'reason'>): void => {
    this.decisions.inc({ kind, reason: reason.startsWith('shadow:') ? 'shadow' : reason });
  };

  readonly settled = ({ system, kind, outcome }: { readonly system: System; readonly kind: CommandKind; readonly outcome: OutcomeMessage['outcome'] }): void => {
    this.outcomes.inc({ system, kind, outcome });
  };

  jobStarted(job: string): void {
    this.lastTurn.set({ name: job }, Date.now() / 1_000);
  }

  jobTurned(job: string, { seconds, failed }: { readonly seconds: number; readonly failed: boolean }): void {
    this.turns.inc({ name: job, result: failed ? 'failed' : 'done' });
    this.turnSeconds.observe({ name: job }, seconds);
    if (!failed) this.lastTurn.set({ name: job }, Date.now() / 1_000);
  }

  readonly queryEnded = ({ ms }: { readonly ms: number | undefined }): void => {
    if (ms === undefined) this.queriesFailed.inc();
    else this.querySeconds.observe(ms / 1_000);
  };
}

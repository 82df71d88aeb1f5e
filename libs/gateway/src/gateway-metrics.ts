import type { OutcomeMessage, System } from '@kds/contracts';
import { ServiceMetrics, type ServiceMetricsOptions } from '@kds/observability';
import { Counter, Histogram } from 'prom-client';

export interface ApiCallMeasured {
  readonly tenant: string;
  readonly operation: string;
  /** `done`, or the code of the failure. */
  readonly result: string;
  readonly latencyMs: number;
}

export interface GatewayMetricsOptions extends ServiceMetricsOptions {
  readonly system: System;
  /** Whether there is such a tenant now. */
  readonly isKnown: (tenant: string) => boolean;
}

/** What a gateway counts, for Prometheus. */
export class GatewayMetrics extends ServiceMetrics {
  private readonly calls = new Counter({
    name: 'kds_api_calls_total',
    help: 'Requests made to an API; the result is `done` or the code of the failure.',
    labelNames: ['system', 'tenant', 'operation', 'result'],
    registers: [this.registry],
  });
  private readonly callSeconds = new Histogram({
    name: 'kds_api_call_seconds',
    help: 'How long a request to an API took.',
    labelNames: ['system', 'operation'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60],
    registers: [this.registry],
  });
  private readonly commands = new Counter({ name: 'kds_commands_total', help: 'Commands taken from the bus, by how they ended.', labelNames: ['system', 'kind', 'outcome'], registers: [this.registry] });
  private readonly webhooks = new Counter({ name: 'kds_webhooks_total', help: 'Webhook requests, by how they were answered.', labelNames: ['system', 'result'], registers: [this.registry] });

  constructor(private readonly options: GatewayMetricsOptions) {
    super(options);
  }

  /** Of a tenant that is gone nothing is counted any more. */
  apiCalled({ tenant, operation, result, latencyMs }: ApiCallMeasured): void {
    const { system, isKnown } = this.options;
    if (isKnown(tenant)) this.calls.inc({ system, tenant, operation, result });
    this.callSeconds.observe({ system, operation }, latencyMs / 1_000);
  }

  commandEnded(kind: string, outcome: OutcomeMessage['outcome']): void {
    this.commands.inc({ system: this.options.system, kind, outcome });
  }

  webhookAnswered(status: number): void {
    this.webhooks.inc({ system: this.options.system, result: webhookResults[status] ?? 'other' });
  }

  /** Removes a tenant's series. */
  async forgetTenant(tenant: string): Promise<void> {
    const { values } = await this.calls.get();
    for (const { labels } of values) if (labels.tenant === tenant) this.calls.remove(labels);
  }
}

const webhookResults: Readonly<Record<number, string>> = { 202: 'accepted', 400: 'malformed', 404: 'refused', 413: 'too-large', 503: 'not-stored' };

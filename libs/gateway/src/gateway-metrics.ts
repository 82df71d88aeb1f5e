import type { OutcomeMessage, System } from '@kds/contracts';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface ApiCallMeasured {
  readonly tenant: string;
  readonly operation: string;
  /** `done`, or the code of the failure. */
  readonly result: string;
  readonly latencyMs: number;
}

/** What a gateway counts, for Prometheus. */
export class GatewayMetrics {
  readonly registry = new Registry();
  private readonly calls = new Counter({ name: 'kds_api_calls_total', help: 'Requests made to an API.', labelNames: ['system', 'tenant', 'operation', 'result'], registers: [this.registry] });
  private readonly callSeconds = new Histogram({
    name: 'kds_api_call_seconds',
    help: 'How long a request to an API took.',
    labelNames: ['system', 'operation'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60],
    registers: [this.registry],
  });
  private readonly commands = new Counter({ name: 'kds_commands_total', help: 'Commands taken from the bus, by how they ended.', labelNames: ['system', 'kind', 'outcome'], registers: [this.registry] });
  private readonly webhooks = new Counter({ name: 'kds_webhooks_total', help: 'Webhook requests, by how they were answered.', labelNames: ['system', 'result'], registers: [this.registry] });

  constructor(private readonly system: System) {
    collectDefaultMetrics({ register: this.registry });
  }

  apiCalled({ tenant, operation, result, latencyMs }: ApiCallMeasured): void {
    this.calls.inc({ system: this.system, tenant, operation, result });
    this.callSeconds.observe({ system: this.system, operation }, latencyMs / 1_000);
  }

  commandEnded(kind: string, outcome: OutcomeMessage['outcome']): void {
    this.commands.inc({ system: this.system, kind, outcome });
  }

  webhookAnswered(status: number): void {
    this.webhooks.inc({ system: this.system, result: webhookResults[status] ?? 'other' });
  }
}

const webhookResults: Readonly<Record<number, string>> = { 202: 'accepted', 400: 'malformed', 404: 'refused', 413: 'too-large', 503: 'not-stored' };

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export interface ServiceMetricsOptions {
  readonly service: string;
  /** What was built: a release or a commit. */
  readonly version: string;
  /** When the tenant source last looked with success. */
  readonly lastTenantLook: () => Date | undefined;
}

/** How a message from the bus ended here: done, given back to be tried again, or moved to the dead letters. */
export type MessageResult = 'done' | 'retried' | 'dead';

/** What every service measures alike. */
export class ServiceMetrics {
  readonly registry = new Registry();
  private readonly messages = new Counter({ name: 'kds_bus_messages_total', help: 'Messages taken from the bus, by how they ended here.', labelNames: ['consumer', 'result'], registers: [this.registry] });
  private readonly redeliveries = new Counter({ name: 'kds_bus_redeliveries_total', help: 'Messages that the bus delivered to another process, or at another time, before.', labelNames: ['consumer'], registers: [this.registry] });

  constructor({ service, version, lastTenantLook }: ServiceMetricsOptions) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({ name: 'kds_build_info', help: 'What runs; always 1.', labelNames: ['component', 'version', 'node'], registers: [this.registry] }).set({ component: service, version, node: process.version }, 1);
    new Gauge({
      name: 'kds_tenant_source_last_look_timestamp_seconds',
      help: 'When the source of tenants was last read with success.',
      registers: [this.registry],
      collect() {
        this.set((lastTenantLook()?.getTime() ?? 0) / 1_000);
      },
    });
  }

  /** For the transport to call. */
  readonly messageSettled = (consumer: string, { result, redelivered }: { readonly result: MessageResult; readonly redelivered: boolean }): void => {
    this.messages.inc({ consumer, result });
    if (redelivered) this.redeliveries.inc({ consumer });
  };
}

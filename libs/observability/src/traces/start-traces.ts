import { settingsGiven } from '../settings/read-settings.js';

export interface TracesOptions {
  readonly service: string;
  readonly version: string;
  /** Where spans go is said by OpenTelemetry's own variables, `OTEL_EXPORTER_OTLP_ENDPOINT` before all. */
  readonly on: boolean;
}

/** Starts sending spans, when that is wanted; else nothing of OpenTelemetry's machinery is even loaded. Returns how to send the last ones and stop. */
export async function startTraces({ on, ...source }: TracesOptions): Promise<() => Promise<void>> {
  if (!on) return async () => undefined;
  const { sendSpans } = await import('./send-spans.js');
  return sendSpans(source);
}

/** Whether the environment asks for traces: `KDS_TRACES=otlp`, or an endpoint for them; `KDS_TRACES=off` is stronger. */
export function wantsTraces(env: Readonly<Record<string, string | undefined>>): boolean {
  const { KDS_TRACES: wanted, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpointForTraces } = settingsGiven(env);
  return wanted === undefined ? endpoint !== undefined || endpointForTraces !== undefined : wanted === 'otlp';
}

import { type Attributes, context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Until somebody starts tracing, the API's tracer makes spans that record nothing and go nowhere. */
const tracer = trace.getTracer('kds');

const kinds = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER } as const;

export interface SpanOptions {
  readonly kind?: keyof typeof kinds;
  /** Where the trace came from, in W3C's form; without it the span belongs to the one that is active. */
  readonly parent?: string | null;
  /** Never anything personal: traces leave the system. */
  readonly attributes?: Attributes;
}

/** Does some work as a span of its own. An error passes through; the span keeps its name alone. */
export function inSpan<T>(name: string, { kind = 'internal', parent, attributes }: SpanOptions, work: () => Promise<T>): Promise<T> {
  const from = parent ? propagation.extract(ROOT_CONTEXT, { traceparent: parent }) : context.active();
  return tracer.startActiveSpan(name, { kind: kinds[kind], attributes }, from, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The active span in W3C's form, to be kept or sent along; null where nothing is traced. */
export function activeTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** For log records. */
export function activeTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

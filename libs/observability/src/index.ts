export { endOnBug } from './logs/end-on-bug.js';
export { createLogger, type Logger, NestLogger } from './logs/logger.js';
export { plainError } from './logs/plain-error.js';
export { keptReading, type KeptReadingOptions } from './metrics/kept-reading.js';
export { type ReadingGauge, registerReadingGauges, type Sample } from './metrics/reading-gauges.js';
export { type MessageResult, ServiceMetrics, type ServiceMetricsOptions } from './metrics/service-metrics.js';
export { ProbesModule, type ReadinessCheck } from './probes.js';
export { activeTraceparent, inSpan, type SpanOptions } from './traces/spans.js';
export { startTraces, wantsTraces } from './traces/start-traces.js';

export { createLogger, type Logger, NestLogger } from './logger.js';
export { ProbesModule, type ReadinessCheck } from './probes.js';

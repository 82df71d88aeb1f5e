export type { EmbeddedServer } from './embedded-server.js';
export { freePort } from './free-port.js';
export { spawnGuarded, type GuardedProcess, type ProcessEnd } from './guarded-process.js';
export { startEmbeddedNats, type EmbeddedNatsOptions } from './nats/start-embedded-nats.js';
export { startEmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres/start-embedded-postgres.js';
export { prometheusPrograms, type PrometheusPrograms } from './prometheus/prometheus-programs.js';
export { startEmbeddedPrometheus, type EmbeddedPrometheusOptions } from './prometheus/start-embedded-prometheus.js';

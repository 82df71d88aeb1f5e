import { matching, matchingOr, oneOf, text, wholeNumber } from './setting.js';

/** What every service is told, beside where its tenants are. */
export const serviceSettings = {
  NATS_URL: matching(/^(nats|tls|ws|wss):\/\/\S+$/, 'write the address of NATS, e.g. nats://nats:4222'),
  KDS_ALLOWED_HOSTS: text(undefined),
  KDS_HTTP_HOST: text('0.0.0.0'),
  KDS_HTTP_PORT: wholeNumber({ from: 0, to: 65_535, fallback: 8080 }),
  KDS_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
  /** Without it OpenTelemetry's own variables decide; see `wantsTraces`. */
  KDS_TRACES: matchingOr(/^(otlp|off)$/, 'write otlp or off', ''),
  KDS_VERSION: text('unversioned'),
} as const;

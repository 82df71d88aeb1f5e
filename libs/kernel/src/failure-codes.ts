/**
 * Every code that a failure may bear, by who gives it. The list is closed: a new code needs a line here, and then in
 * the table of whose fault each is (`@kds/contracts`).
 */
export const failureCodes = [
  // Told by an API, of its key and its limits.
  'bad-key',
  'throttled',
  'concurrent',
  // No usable answer came of an API.
  'unreachable',
  'connection-lost',
  'timeout',
  'deadline',
  'bad-http',
  'http-status',
  'server-error',
  'redirect',
  'html',
  'not-json',
  'bad-json',
  'empty-body',
  'bad-answer',
  'no-id',
  'too-large',
  'oversize',
  // Told by an API, of what it was asked.
  'bad-request',
  'access-denied',
  'not-found',
  'invalid',
  'refused',
  'bad-filter',
  'bad-field',
  'missing-required',
  'locked',
  'shortage',
  'price-exists',
  'closed-period',
  'method-not-allowed',
  'no-order-states',
  // Told by a gateway, of what an API answered.
  'not-marked',
  'cost-not-shown',
  'history-not-shown',
  'person-unreadable',
  'return-amounts-differ',
  // Told by a gateway, of itself.
  'aborted',
  'cancelled',
  'taken-over',
  'too-late',
  'held-too-long',
  'unknown-kind',
  'tenant-not-ready',
  'other-account',
  'bug',
  // Told by the orchestrator, of gateways and the bus.
  'lease-expired',
  'bus-forgot',
  'gateway-silent',
] as const;

export type FailureCode = (typeof failureCodes)[number];

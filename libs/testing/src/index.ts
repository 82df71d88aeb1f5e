export { dockerAnswers } from './docker-engine.js';
export { freshDatabase } from './fresh-database.js';
export { itUnless } from './it-unless.js';
export { kubeMissing, kubeRestartMissing } from './kube/kube-place.js';
export { startTestKube, type TestKube } from './kube/start-test-kube.js';
export { type AnsweredEvent, type AnsweredTenant, TenantNamespace } from './kube/tenant-namespace.js';
export { startTestServers } from './start-test-servers.js';
export type { NatsServerControl, TestServers } from './test-servers.js';
export { until, type Patience } from './until.js';

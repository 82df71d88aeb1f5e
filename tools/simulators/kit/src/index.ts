export { FaultPlan, type Fault, type FaultRule } from './fault-plan.js';
export { RequestLog, type LoggedRequest, type Violation } from './request-log.js';
export { seededRandom } from './seeded-random.js';

export { migrations } from './migrations/index.js';
export { decideStanding, type Standing } from './report-status/decide-standing.js';
export { listTenantFacts } from './report-status/list-tenant-facts.js';
export { type HeldItem, listHeld, loadHeld } from './settle-held/held-item.js';
export { type HeldSubject, nameOfHeld, readHeldSubject, readOrderId } from './settle-held/held-subject.js';
export { RefusedError } from './settle-held/refused-error.js';
export { requireTenant, type TenantState } from './settle-held/require-tenant.js';
export { type AfterShipment, dropHeld, type HeldDecision, releaseHeld } from './settle-held/settle-held.js';

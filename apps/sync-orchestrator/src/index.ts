export { migrations } from './migrations/index.js';
export { findHeld, type HeldItem, listHeld, loadHeld } from './settle-held/held-item.js';
export { type HeldSubject, nameOfHeld, readHeldSubject, readOrderId } from './settle-held/held-subject.js';
export { RefusedError } from './settle-held/refused-error.js';
export { requireTenant, type TenantState } from './settle-held/require-tenant.js';
export { type AfterShipment, dropHeld, type HeldDecision, releaseHeld } from './settle-held/settle-held.js';
export { OrchestratorMetrics } from './measure-ledger/orchestrator-metrics.js';
export { watchLedger } from './measure-ledger/watch-ledger.js';

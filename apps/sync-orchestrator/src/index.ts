export { migrations } from './migrations/index.js';
export { OrchestratorMetrics } from './measure-ledger/orchestrator-metrics.js';
export { watchLedger } from './measure-ledger/watch-ledger.js';

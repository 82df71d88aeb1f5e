export { type AccountSettings, type NewAccount } from './accounts/account.js';
export { keycrmOpenapiPath } from './config.js';
export { type AccountControl } from './control/account-control.js';
export { type NewGood, type NewVariant, type OfferKey } from './control/goods-verbs.js';
export { type ControlOrder, type LineChange, type OrderEdit } from './control/order-verbs.js';
export { type AccountState, type OfferState, type OrderState } from './control/read-state.js';
export { operations } from './http/routes.js';
export { type Big, toDecimal } from './decimals.js';
export { lineTotals, type LineTotals, orderTotals, type OrderTotals, priceSold, type TotalSwitches } from './orders/order-totals.js';
export { type CheckedAnswer, type CheckedRequest, type KeycrmOpenapi, loadKeycrmOpenapi } from './openapi-schema.js';
export { type KeycrmSimulator, type SimulatorOptions, startKeycrmSimulator } from './simulator.js';
export {
  defaultSwitches,
  everySwitchPosition,
  type SwitchChanges,
  type SwitchName,
  switchNames,
  type SwitchRow,
  type Switches,
  switchTable,
} from './switches.js';
export { type Delivery, type StockSubscription } from './webhooks/webhooks.js';

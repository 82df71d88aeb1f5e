export { cardBelievedMs, cardCurrency, type CardFact } from './catalogue/card-currency.js';
export { foldSku, twinsAmong } from './catalogue/fold-sku.js';
export { applyDone, applyDoubt, type DocumentFound, type OrderCommandDone } from './orders/apply-command.js';
export { type GoodTotal, lessTotals, sameRows, totalsOf } from './orders/compare-rows.js';
export { decideOrderSync, refusalKey } from './orders/decide-order-sync.js';
export { type Buyer, essenceOf, type Observation, type Order, type OrderLine, type Recipient } from './orders/order.js';
export { type DocumentRow, type DocumentScope, type DocumentType, nothingHeld, type OrderBinding, type OrderMembers, perhapsHeld, type SaleOrderHeld, type ShipmentHeld } from './orders/order-binding.js';
export { changedMembers, heldMember, isAsExpected, memberNames, writtenMember } from './orders/follow-members.js';
export type { CreateSaleOrder, DocumentHeader, OrderCommand, OrderCommandKind, SaleDraft, SaleOrderDraft, SaleOrderExpected, SaleReturnDraft, UpdateSaleOrder } from './orders/order-command.js';
export type { CurrencyFact, GoodFact, OrderDecision, OrderFacts, PersonFact, Refusal, Released, UnkeyedDocument } from './orders/order-facts.js';
export { type OrderMapping, type Stage, stageOf, stages, storageOf } from './orders/order-mapping.js';
export { type AfterShipment, type Holding, holdingOf, isReturned, orderRules, type Rule, type Step, stepsFor } from './orders/order-rules.js';
export { type PricedLine, priceOrder, type TotalsMismatch, unitCost } from './orders/price-order.js';
export { liveLines, toDocumentRows } from './orders/to-document-rows.js';
export { type PersonChoice, choosePerson, type PersonFound } from './persons/choose-person.js';
export { type PersonKey, type PersonWanted, toPersonWanted } from './persons/person-key.js';
export { normalisePhone, normalisePhones, plainPhone } from './persons/plain-phone.js';
export { foldName, isCalledLike } from './persons/same-name.js';
export {
  decideRun,
  judgePriceRun,
  judgeSnapshot,
  judgeStockRun,
  type PriceRunStats,
  type RunGuards,
  type RunProblem,
  type RunStanding,
  type RunVerdict,
  type SnapshotStats,
  type StockRunStats,
} from './stock/judge-run.js';
export { rowsNamedIn, splitRefused } from './stock/split-refused.js';
export { type StockEffect, type StockEffectFacts, stockEffectOf, type WritesOffAt } from './stock/stock-effect.js';
export { budgetShares, lowerLimit, type RateLimit, raiseLimit, urgentUpTo } from './limits/rate-limit.js';

export { accountAddress } from './account-address.js';
export {
  balanceMembers,
  type BalanceRow,
  type CardRow,
  type Command,
  type CommandKind,
  type CurrencyRow,
  type DilovodCommand,
  type GoodRow,
  type KeycrmCommand,
  type ListedDocument,
  listedDocumentMembers,
  type OrdersFilter,
  type PriceRow,
  type ResultOf,
  retailPriceMembers,
  type RetailPriceRow,
  type SourceRow,
  startWithinMs,
  type StockRow,
  type System,
  workingTimeMs,
  writes,
} from './commands.js';
export { codesWhere, type Fault, failureRule, type FailureRule } from './failure-codes.js';
export { AccountsAnswer, AccountsQuestion, ApiCallRecord, CommandMessage, correlationOf, DilovodHint, InHandAnswer, InHandQuestion, KeyChange, MessagePart, OrderHint, OutcomeFailure, OutcomeMessage } from './messages.js';
export { accountsSubject, commandConsumer, commandSubject, type ConsumerDeclaration, deadSubject, eventConsumer, eventSubjects, inHandSubject, type StreamDeclaration, streams } from './topology.js';
export { type Columns, toColumns } from './columns.js';

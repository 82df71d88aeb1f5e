export { type DilovodMissingField } from './classify-refusal.js';
export { checkWritableFields, writtenFields } from './dictionaries/check-writable-fields.js';
export { type DilovodDictionaryRecord, readOrderStates, readRecords } from './dictionaries/read-records.js';
export { type CallOptions, type DilovodCall, type DilovodUnreadable } from './dilovod-call.js';
export { BaseClock } from './base-clock.js';
export { createDilovodClient, type DilovodClient, type DilovodClientOptions } from './dilovod-client.js';
export {
  type DilovodFilter,
  type DilovodObject,
  type DilovodQuery,
  type DilovodRegister,
  type DilovodSavePacket,
  type DilovodType,
  type DilovodTypeDescription,
} from './dilovod-packets.js';
export { createPlacedSaleOrder, toPlacedSaleOrderArguments } from './documents/create-placed-sale-order.js';
export { type DilovodDocument, type DilovodDocumentHeader, type DilovodDocumentRow } from './documents/dilovod-document.js';
export { type DilovodDocumentDraft, type DilovodRowDraft, type SaleDraft, type SaleOrderDraft, type SaleReturnDraft } from './documents/document-draft.js';
export { type DilovodDocumentType, findDocumentsByContract, findDocumentsByKey } from './documents/find-documents.js';
export { type DocumentList, listDocuments } from './documents/list-documents.js';
export { bearsOrderKey, orderIdIn, orderKey, remarkTailIn } from './documents/order-key.js';
export { isLive, readDocument, readLive } from './documents/read-document.js';
export { toLinkPacket, toMarkPacket, toStatePacket } from './documents/to-header-packets.js';
export { emptiedMembers, toSaleOrderPacket, toSaleOrderUpdatePacket } from './documents/to-sale-order-packet.js';
export { toSalePacket } from './documents/to-sale-packet.js';
export { toSaleReturnPacket } from './documents/to-sale-return-packet.js';
export { type DilovodShortGood } from './from-shortage-text.js';
export { type BalanceScope, type DilovodBalance, type DilovodBalances, readBalances } from './goods/read-balances.js';
export { leastOf, readSureBalances, type SureScope } from './goods/read-sure-balances.js';
export { type DilovodGood, type DilovodGoods, readGoods } from './goods/read-goods.js';
export { type DilovodPrice, type DilovodPrices, readPrices } from './goods/read-prices.js';
export { readStockHistory } from './goods/read-stock-history.js';
export { farAhead, latestLocalMoment, localMoment } from './local-moment.js';
export { createPerson, type PersonDraft, toPersonPacket } from './persons/create-person.js';
export { type DilovodPerson, findPersonsByDigits, findPersonsByEmail, findPersonsByPhone, readPerson } from './persons/find-persons.js';
export { phoneSpellings } from './persons/phone-spellings.js';
export { type DilovodRecord } from './read-json.js';

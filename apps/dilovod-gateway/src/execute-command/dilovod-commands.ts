import type { DilovodCommand } from '@kds/contracts';
import type { CommandTable } from '@kds/gateway';
import type { DilovodDesk } from './dilovod-desk.js';
import { findOrderDocuments } from './find-order-documents.js';
import { listLiveDocuments } from './list-live-documents.js';
import { markDocument } from './mark-document.js';
import { createPersonOnce, findPerson } from './match-person.js';
import { readCurrencies } from './read-currencies.js';
import { readOrderDocument } from './read-order-document.js';
import { readGoodRows, readRegisterHistory, readRetailPrices, readStorageBalances } from './read-register.js';
import { saveSale, saveSaleReturn } from './save-sale.js';
import { saveSaleOrder } from './save-sale-order.js';
import { relinkSale, setOrderState } from './set-header.js';

/** Every command for Dilovod. Its API calls are made one after the other: the base serves one at a time. */
export const dilovodCommands: CommandTable<DilovodCommand, DilovodDesk> = {
  'find-documents': findOrderDocuments,
  'save-sale-order': saveSaleOrder,
  'save-sale': saveSale,
  'save-sale-return': saveSaleReturn,
  'set-order-state': setOrderState,
  'relink-sale': relinkSale,
  'read-document': readOrderDocument,
  'mark-document': markDocument,
  'find-person': findPerson,
  'create-person': createPersonOnce,
  'list-documents': listLiveDocuments,
  'read-goods': readGoodRows,
  'read-balances': readStorageBalances,
  'read-stock-history': readRegisterHistory,
  'read-prices': readRetailPrices,
  'read-currencies': readCurrencies,
};

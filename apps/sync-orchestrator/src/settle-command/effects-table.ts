import { readCurrenciesEffects } from '../currencies/read-currencies-effects.js';
import { readSourcesEffects } from '../currencies/read-sources-effects.js';
import { listDocumentsEffects } from '../list-documents/list-documents-effects.js';
import { goodsEffects } from '../match-goods/goods-effects.js';
import { orderCommandEffects } from '../sync-order/order-command-effects.js';
import { listOrdersEffects, readOrderEffects } from '../observe-orders/observation-effects.js';
import { createPersonEffects, findPersonEffects } from '../match-persons/person-effects.js';
import { listStocksEffects } from '../read-back/list-stocks-effects.js';
import { listCardsEffects } from '../sync-prices/read-cards.js';
import { readPricesEffects } from '../sync-prices/read-prices-effects.js';
import { writePricesEffects } from '../sync-prices/write-prices-effects.js';
import { readBalancesEffects } from '../sync-stock/read-balances-effects.js';
import { readStockHistoryEffects } from '../sync-stock/read-stock-history-effects.js';
import { writeStocksEffects } from '../sync-stock/write-stocks-effects.js';
import { orderFieldsEffects } from '../write-back/order-fields-effects.js';
import type { EffectsTable } from './settled-command.js';

/** What each kind of command means once it has ended. */
export const effectsTable: EffectsTable = {
  'read-order': readOrderEffects,
  'list-orders': listOrdersEffects,
  'list-stocks': listStocksEffects,
  'list-cards': listCardsEffects,
  'read-sources': readSourcesEffects,
  'write-stocks': writeStocksEffects,
  'write-prices': writePricesEffects,
  'write-order-fields': orderFieldsEffects,
  'find-person': findPersonEffects,
  'create-person': createPersonEffects,
  'list-documents': listDocumentsEffects,
  'read-goods': goodsEffects,
  'read-balances': readBalancesEffects,
  'read-stock-history': readStockHistoryEffects,
  'read-prices': readPricesEffects,
  'read-currencies': readCurrenciesEffects,
  'find-documents': orderCommandEffects,
  'save-sale-order': orderCommandEffects,
  'save-sale': orderCommandEffects,
  'save-sale-return': orderCommandEffects,
  'set-order-state': orderCommandEffects,
  'relink-sale': orderCommandEffects,
  'read-document': orderCommandEffects,
  'mark-document': orderCommandEffects,
};

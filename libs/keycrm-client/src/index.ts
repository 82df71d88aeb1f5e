export { createKeycrmClient, type KeycrmCall, type KeycrmClient } from './keycrm-client.js';
export type { KeycrmOffer, KeycrmStockRow, KeycrmWarehouseStock } from './keycrm-catalogue.js';
export type { KeycrmCustomField, KeycrmSource, KeycrmStatus } from './keycrm-dictionary.js';
export type { CallOptions, KeycrmConnection } from './keycrm-http.js';
export type { KeycrmBuyer, KeycrmOrder, KeycrmOrderCustomField, KeycrmOrderLine, KeycrmShipping } from './keycrm-order.js';
export {
  type KeycrmCustomFieldValue,
  type KeycrmPaging,
  type KeycrmPeriod,
  type KeycrmRequest,
  type KeycrmSort,
  type ListOffers,
  type ListOrders,
  type ListStocks,
  maxBulkRows,
  toListCustomFieldsRequest,
  toListOffersRequest,
  toListOrdersRequest,
  toListSourcesRequest,
  toListStatusesRequest,
  toListStocksRequest,
  toReadOrderRequest,
  toUpdateOrderCustomFieldsRequest,
  toWritePricesRequest,
  toWriteStocksRequest,
  type WritePrices,
  type WriteStocks,
} from './keycrm-requests.js';
export type { KeycrmPage, KeycrmRows, KeycrmUnreadable } from './parse-page.js';
export type { KeycrmUpdatedOrder } from './parse-write-answer.js';

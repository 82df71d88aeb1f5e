import type { Account } from '../accounts/account.js';
import { findRows, type FoundRow } from '../catalogue/find-rows.js';
import { type Big, keptQuantity, nought, type Numeric, toDecimal } from '../decimals.js';
import { BodyCheck, isObject, type JsonObject } from '../http/body-check.js';
import { applyBulk, checkBatchSize, refuseBulk } from '../http/bulk-limit.js';
import { accepted, type ApiAnswer, type ApiRequest } from '../http/route.js';
import { announceStock } from '../webhooks/stock-event.js';

const largestBatch = 10_000;
const idKeys = { accepted: 'id', 'offer-id': 'offer_id', rejected: null } as const;

/** PUT /offers/stocks: brings the balances of one warehouse to the numbers given. Offers that are not named stay. */
export function setStocks({ account, body }: ApiRequest): ApiAnswer {
  const { switches } = account;
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  const warehouseId = readWarehouse(account, check, sent);
  check.required('stocks', sent['stocks']);
  const rows = check.rows('stocks', sent['stocks']);
  checkBatchSize(account, check, { key: 'stocks', size: rows.length, most: largestBatch });
  for (const [index, row] of rows.entries()) checkQuantity(account, check, row, `stocks.${index}.quantity`);
  const rowCheck = new BodyCheck();
  const found = findRows(account, check, rows, { idKey: idKeys[switches.stockRowById], listKey: 'stocks', unknownSku: switches.stockUnknownSku, rowCheck });
  if (!check.broken && switches.belowReserve === 'rejected' && switches.stockWriteSets === 'physical') refuseBelowReserve(account, check, found, warehouseId);
  refuseBulk(account, check, 'stocks');

  if (!isIgnored(account, warehouseId)) applyBulk(account, () => applyStocks(account, found, warehouseId));
  refuseBulk(account, rowCheck, 'stocks');
  return accepted;
}

function isIgnored({ switches, dictionaries }: Account, warehouseId: number): boolean {
  const warehouse = dictionaries.warehouses.get(warehouseId);
  if (!warehouse || (!warehouse.isActive && switches.inactiveWarehouse === 'ignore')) return true;
  return switches.stockManagement === 'off' && switches.stockWriteWhenUnmanaged === 'ignored';
}

function readWarehouse(account: Account, check: BodyCheck, sent: JsonObject): number {
  const { switches, dictionaries } = account;
  if (switches.stockManagement === 'off' && switches.stockWriteWhenUnmanaged === 'rejected') check.fail('warehouse_id', 'Stock management is off.');
  check.required('warehouse_id', sent['warehouse_id']);
  check.integer('warehouse_id', sent['warehouse_id']);
  const id = Number(sent['warehouse_id']);
  const warehouse = dictionaries.warehouses.get(id);
  const isRefused = warehouse ? !warehouse.isActive && switches.inactiveWarehouse === 'reject' : switches.unknownWarehouse === 'reject';
  if (isRefused && !check.broken) check.fail('warehouse_id', 'The selected warehouse_id is invalid.');
  return id;
}

function checkQuantity(account: Account, check: BodyCheck, row: JsonObject, path: string): void {
  if (!check.required(path, row['quantity'])) return;
  if (account.switches.negativeStock === 'rejected') check.amount(path, row['quantity']);
  else check.number(path, row['quantity']);
}

function wantedQuantity(account: Account, row: JsonObject): Big {
  const quantity = keptQuantity(toDecimal(row['quantity'] as Numeric), account.switches);
  return account.switches.negativeStock === 'clamped' && quantity.lt(0) ? nought : quantity;
}

function refuseBelowReserve(account: Account, check: BodyCheck, found: readonly FoundRow[], warehouseId: number): void {
  for (const { row, offers } of found) {
    const wanted = wantedQuantity(account, row);
    for (const offer of offers) {
      if (wanted.lt(account.stock.balance(offer.id, warehouseId).reserve)) check.fail('stocks', `The quantity of ${offer.sku} is below its reserve.`);
    }
  }
}

function applyStocks(account: Account, found: readonly FoundRow[], warehouseId: number): void {
  const at = account.now();
  for (const { row, offers } of found) {
    const wanted = wantedQuantity(account, row);
    for (const offer of offers) {
      const { quantity, reserve } = account.stock.balance(offer.id, warehouseId);
      const change = wanted.plus(account.switches.stockWriteSets === 'available' ? reserve : nought).minus(quantity);
      if (change.eq(0) && account.switches.equalQuantity === 'no-movement') continue;
      account.stock.move({ at, offerId: offer.id, warehouseId, quantity: change, reserve: nought, reason: 'set' });
    }
  }
  announceStock(account);
}

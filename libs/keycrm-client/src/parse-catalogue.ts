import { zero } from '@kds/kernel';
import { JsonFields } from './json-fields.js';
import type { KeycrmOffer, KeycrmStockRow, KeycrmWarehouseStock } from './keycrm-catalogue.js';
import { readCurrencyCode } from './parse-dictionary.js';

export function readOffer(json: unknown, path: string): KeycrmOffer {
  const offer = JsonFields.of(json, path);
  const product = offer.optionalObject('product');
  return {
    id: offer.id('id'),
    productId: offer.optionalId('product_id') ?? null,
    sku: offer.optionalText('sku') ?? null,
    barcode: offer.optionalText('barcode') ?? null,
    price: offer.optionalAmount('price') ?? null,
    purchasedPrice: offer.optionalAmount('purchased_price') ?? null,
    quantity: offer.optionalAmount('quantity') ?? null,
    currencyCode: product === undefined ? null : readCurrencyCode(product),
  };
}

/** A balance that KeyCRM gives as `null` is none: zero. One that is absent is an unreadable row. */
export function readStockRow(json: unknown, path: string): KeycrmStockRow {
  const row = JsonFields.of(json, path);
  return {
    id: row.id('id'),
    sku: row.optionalText('sku') ?? null,
    price: row.optionalAmount('price') ?? null,
    purchasedPrice: row.optionalAmount('purchased_price') ?? null,
    ...readBalance(row),
    warehouses: row.raw('warehouse') === undefined ? null : row.optionalList('warehouse', readWarehouseStock),
  };
}

function readWarehouseStock(json: unknown, path: string): KeycrmWarehouseStock {
  const warehouse = JsonFields.of(json, path);
  return { id: warehouse.id('id'), name: warehouse.optionalText('name') ?? null, ...readBalance(warehouse) };
}

function readBalance(row: JsonFields) {
  return {
    quantity: row.raw('quantity') === null ? zero : row.amount('quantity'),
    reserve: row.optionalAmount('reserve') ?? zero,
  };
}

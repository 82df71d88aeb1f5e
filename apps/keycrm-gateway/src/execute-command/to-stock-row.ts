import type { StockRow } from '@kds/contracts';
import type { KeycrmStockRow } from '@kds/keycrm-client';

export function toStockRow({ id, sku, price, purchasedPrice, quantity, warehouses }: KeycrmStockRow): StockRow {
  return { offerId: id, sku, price, purchasedPrice, quantity, warehouses: warehouses?.map((warehouse) => ({ ...warehouse, name: warehouse.name ?? '' })) ?? null };
}

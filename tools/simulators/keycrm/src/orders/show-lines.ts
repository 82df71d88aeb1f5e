import type { Account } from '../accounts/account.js';
import type { Warehouse } from '../dictionaries/dictionaries.js';
import { lineState, type Order, type OrderLine } from './order.js';
import { lineTotals, type OrderTotals, orderTotals, priceSold } from './order-totals.js';

/** Lines of an order as the API gives them, with the catalogue's offer of each when asked for. */
export function linesShown(account: Account, order: Order, withOffer: boolean): readonly unknown[] {
  const totals = orderTotals(order, account.switches);
  return order.lines.map((line) => ({ ...lineShown(account, line, totals), ...(withOffer ? { offer: offerShown(account, line) } : {}) }));
}

function lineShown(account: Account, line: OrderLine, totals: OrderTotals): Record<string, unknown> {
  const { switches } = account;
  return {
    id: switches.lineId === 'shown' ? line.id : undefined,
    name: line.name,
    sku: line.sku,
    price: line.price,
    price_sold: priceSold(line, totals, switches),
    purchased_price: line.purchasedPrice,
    discount_percent: line.discountPercent,
    discount_amount: line.discountAmount,
    total_discount: lineTotals(line, switches).discount,
    quantity: line.quantity,
    unit_type: line.unitType,
    upsale: false,
    comment: line.comment,
    product_status_id: line.lineStatusId,
    picture: line.picture !== null && switches.linePicture === 'object' ? { thumbnail: line.picture } : line.picture,
    properties: line.properties,
    shipment_type: line.shipmentType,
    warehouse: lineWarehouseShown(account, line),
    stock_status: switches.lineStockStatus === 'shown' ? lineState(line) : undefined,
  };
}

function lineWarehouseShown(account: Account, line: OrderLine): unknown {
  const { stockManagement, lineWithoutWarehouse } = account.switches;
  const warehouse = stockManagement === 'on' ? account.dictionaries.warehouses.get(line.warehouseId ?? 0) : undefined;
  if (!warehouse) return lineWithoutWarehouse === 'null' ? null : undefined;
  return warehouseShown(warehouse);
}

export function warehouseShown(warehouse: Warehouse): Record<string, unknown> {
  return { id: warehouse.id, name: warehouse.name, description: warehouse.description, is_active: warehouse.isActive };
}

function offerShown(account: Account, line: OrderLine): unknown {
  const offer = account.catalogue.offers.get(line.offerId ?? 0);
  if (!offer) return null;
  const { quantity, reserve } = account.stock.total(offer.id);
  return {
    id: offer.id,
    product_id: offer.productId,
    sku: offer.sku,
    barcode: offer.barcode,
    price: offer.price,
    purchased_price: offer.purchasedPrice,
    quantity,
    in_reserve: reserve,
    weight: offer.weight,
    length: offer.length,
    width: offer.width,
    height: offer.height,
    properties: offer.properties,
  };
}

import { zero } from '@kds/kernel';
import { JsonFields, type Parsed, readJson, toText } from './json-fields.js';
import type { KeycrmBuyer, KeycrmOrder, KeycrmOrderCustomField, KeycrmOrderLine, KeycrmShipping } from './keycrm-order.js';

export function parseOrder(json: unknown): Parsed<KeycrmOrder> {
  return readJson(() => readOrder(json, '$'));
}

/** For `readJson`. An order without a total, or a line without price or quantity, is unreadable: no sum of money is ever made up. */
export function readOrder(json: unknown, path: string): KeycrmOrder {
  const order = JsonFields.of(json, path);
  const buyer = order.optionalObject('buyer');
  const shipping = order.optionalObject('shipping');
  return {
    id: order.id('id'),
    parentId: order.optionalId('parent_id') ?? null,
    sourceId: order.optionalId('source_id') ?? null,
    sourceUuid: order.optionalText('source_uuid') ?? null,
    statusId: order.id('status_id'),
    statusGroupId: order.optionalId('status_group_id') ?? null,
    ...readSums(order),
    buyerComment: order.optionalText('buyer_comment') ?? null,
    managerComment: order.optionalText('manager_comment') ?? null,
    ...readMoments(order),
    buyer: buyer === undefined ? null : readBuyer(buyer),
    shipping: shipping === undefined ? null : readShipping(shipping),
    lines: order.optionalList('products', readLine),
    customFields: order.optionalList('custom_fields', readCustomField),
  };
}

function readSums(order: JsonFields) {
  return {
    grandTotal: order.amount('grand_total'),
    totalDiscount: order.optionalAmount('total_discount') ?? zero,
    discountPercent: order.optionalAmount('discount_percent'),
    discountAmount: order.optionalAmount('discount_amount'),
    shippingPrice: order.optionalAmount('shipping_price') ?? zero,
    wrapPrice: order.optionalAmount('wrap_price') ?? zero,
    taxes: order.optionalAmount('taxes') ?? zero,
    productsTotal: order.optionalAmount('products_total'),
  };
}

function readMoments(order: JsonFields) {
  const createdAt = order.moment('created_at');
  return {
    orderedAt: order.optionalMoment('ordered_at') ?? createdAt,
    createdAt,
    updatedAt: order.moment('updated_at'),
    statusChangedAt: order.optionalMoment('status_changed_at'),
    closedAt: order.optionalMoment('closed_at'),
    deletedAt: order.optionalMoment('deleted_at'),
  };
}

function readBuyer(buyer: JsonFields): KeycrmBuyer {
  return {
    id: buyer.optionalId('id') ?? null,
    fullName: buyer.optionalText('full_name') ?? null,
    phone: readContact(buyer, 'phone'),
    email: readContact(buyer, 'email'),
  };
}

/** One text in an order; KeyCRM's own buyer endpoints give lists of them. */
function readContact(buyer: JsonFields, name: string): string | null {
  if (!Array.isArray(buyer.raw(name))) return buyer.optionalText(name) ?? null;
  return buyer.list(name, toText).find((text) => text !== undefined && text.trim() !== '') ?? null;
}

function readShipping(shipping: JsonFields): KeycrmShipping {
  return {
    recipientFullName: shipping.optionalText('recipient_full_name'),
    recipientPhone: shipping.optionalText('recipient_phone'),
    trackingCode: shipping.optionalText('tracking_code'),
    shippingStatus: shipping.optionalText('shipping_status'),
    deliveryServiceId: shipping.optionalId('delivery_service_id'),
  };
}

function readLine(json: unknown, path: string): KeycrmOrderLine {
  const line = JsonFields.of(json, path);
  const warehouse = line.optionalObject('warehouse');
  const offer = line.optionalObject('offer');
  return {
    id: line.optionalId('id'),
    name: line.optionalText('name') ?? null,
    sku: line.optionalText('sku') ?? null,
    price: line.amount('price'),
    priceSold: line.optionalAmount('price_sold') ?? null,
    discountPercent: line.optionalAmount('discount_percent') ?? null,
    discountAmount: line.optionalAmount('discount_amount') ?? null,
    totalDiscount: line.optionalAmount('total_discount') ?? null,
    quantity: line.amount('quantity'),
    unitType: line.optionalText('unit_type') ?? null,
    shipmentType: line.optionalText('shipment_type') ?? null,
    warehouseId: warehouse?.optionalId('id') ?? null,
    warehouseName: warehouse?.optionalText('name'),
    offer: offer === undefined ? null : readLineOffer(offer),
    comment: line.optionalText('comment') ?? null,
  };
}

function readLineOffer(offer: JsonFields): KeycrmOrderLine['offer'] {
  return { id: offer.optionalId('id') ?? null, sku: offer.optionalText('sku') ?? null, productId: offer.optionalId('product_id') ?? null };
}

/** Other fields than ours are of no concern here, so a value of a strange type must not make the order unreadable. */
function readCustomField(json: unknown, path: string): KeycrmOrderCustomField {
  const field = JsonFields.of(json, path);
  const value = field.raw('value');
  const texts = Array.isArray(value) ? value.map(toText).filter((text) => text !== undefined) : undefined;
  return { uuid: field.text('uuid'), value: texts ?? toText(value) ?? null };
}

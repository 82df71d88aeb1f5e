import type { KeycrmOrder, KeycrmOrderCustomField, KeycrmOrderLine } from '@kds/keycrm-client';
import { foldName, plainPhone, type Buyer, type Observation, type Order, type OrderLine, type Recipient } from '@kds/sync-domain';

/** What KeyCRM shows of an order that was asked for; one that was deleted or merged away is missing. */
export function toObservation(order: KeycrmOrder): Observation {
  return order.deletedAt === undefined ? { kind: 'present', order: toObservedOrder(order) } : { kind: 'missing', orderId: order.id };
}

/** KeyCRM's order in our words. Nothing is interpreted: SKUs, names and statuses stay as the shop wrote them. */
export function toObservedOrder(order: KeycrmOrder): Order {
  const buyer = toBuyer(order);
  return {
    id: order.id,
    sourceId: order.sourceId,
    statusId: order.statusId,
    statusGroupId: order.statusGroupId,
    orderedAt: order.orderedAt,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    statusChangedAt: order.statusChangedAt ?? null,
    buyer,
    recipient: toRecipient(order, buyer),
    lines: order.lines.map(toLine),
    discountPercent: order.discountPercent ?? null,
    discountAmount: order.discountAmount ?? null,
    totalDiscount: order.totalDiscount,
    shippingPrice: order.shippingPrice,
    wrapPrice: order.wrapPrice,
    taxes: order.taxes,
    grandTotal: order.grandTotal,
    fields: Object.fromEntries(order.customFields.flatMap(toFilledField)),
  };
}

function toBuyer({ buyer }: KeycrmOrder): Buyer | null {
  return buyer && { fullName: filled(buyer.fullName), phone: filled(buyer.phone), email: filled(buyer.email) };
}

/** Who takes the parcel, when that is somebody else: a recipient adds nothing who has no name or phone but the buyer's. */
function toRecipient({ shipping }: KeycrmOrder, buyer: Buyer | null): Recipient | null {
  const fullName = filled(shipping?.recipientFullName);
  const phone = filled(shipping?.recipientPhone);
  const otherName = fullName !== null && foldName(fullName) !== foldName(buyer?.fullName ?? '');
  const otherPhone = phone !== null && plainPhone(phone) !== plainPhone(buyer?.phone ?? '');
  return otherName || otherPhone ? { fullName, phone } : null;
}

function toLine(line: KeycrmOrderLine): OrderLine {
  const { name, quantity, price, priceSold, discountPercent, discountAmount, totalDiscount, warehouseId } = line;
  return { id: line.id ?? null, name: name ?? '', sku: line.offer?.sku ?? line.sku, quantity, price, priceSold, discountPercent, discountAmount, totalDiscount, warehouseId };
}

function toFilledField({ uuid, value }: KeycrmOrderCustomField): readonly (readonly [string, string])[] {
  const text = filled(typeof value === 'string' ? value : value?.join(', '));
  return text === null ? [] : [[uuid, text]];
}

function filled(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === '' ? null : text;
}

import type { Account } from '../accounts/account.js';
import { readProperties } from '../catalogue/create-product.js';
import type { Numeric } from '../decimals.js';
import { addSource, findSource } from '../dictionaries/add-source.js';
import { applyCustomFields, readCustomFields } from '../dictionaries/custom-field-values.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import { checkBatchSize } from '../http/bulk-limit.js';
import type { ApiAnswer, ApiRequest } from '../http/route.js';
import { parseMoment } from '../moments.js';
import { announceOrder } from '../webhooks/order-event.js';
import type { Order } from './order.js';
import { type NewLine, type NewOrder, placeOrder } from './place-order.js';
import { readPayment } from './read-payment.js';
import { showOrder } from './show-order.js';
import { readShipping } from './read-shipping.js';

/** POST /order. There is no status and no warehouse in it: the account chooses both. */
export function createOrder({ account, body }: ApiRequest): ApiAnswer {
  const check = new BodyCheck();
  const wanted = readSent(account, check, isObject(body) ? body : {});
  check.refuseIfBroken();
  return { status: 201, body: showOrder(account, place(account, wanted)) };
}

const largestImport = 50;
const notImported = ['manager_id', 'is_gift', 'gift_wrap', 'gift_message'];

/** POST /order/import: nothing comes back, no ids either. */
export function importOrders({ account, body }: ApiRequest): ApiAnswer {
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  check.required('orders', sent['orders']);
  const rows = check.rows('orders', sent['orders']);
  checkBatchSize(account, check, { key: 'orders', size: rows.length, most: largestImport });
  const wanted = rows.flatMap((row, index) => {
    const rowCheck = new BodyCheck(`orders.${index}.`);
    const order = readSent(account, rowCheck, Object.fromEntries(Object.entries(row).filter(([key]) => !notImported.includes(key))));
    if (account.switches.importAtomicity === 'whole-batch') check.add(rowCheck);
    return rowCheck.broken ? [] : [order];
  });
  check.refuseIfBroken();
  for (const order of wanted) place(account, order);
  return { status: 201, body: undefined };
}

interface SentOrder {
  readonly order: NewOrder;
  /** Where no id of a source was sent. */
  readonly sourceName: string;
  readonly customFields: ReturnType<typeof readCustomFields>;
}

function readSent(account: Account, check: BodyCheck, sent: JsonObject): SentOrder {
  checkOrder(account, check, sent);
  const lines = check.rows('products', sent['products']).map((row, index) => readLine(account, check, row, index));
  const payments = check.rows('payments', sent['payments']).map((row, index) => readPayment(account, check, row, `payments.${index}.`));
  const customFields = readCustomFields(account, check, 'order', check.rows('custom_fields', sent['custom_fields']));
  const sourceName = textOrNull(sent['source_name']) ?? '';
  return { order: { ...readOrder(sent), lines, payments }, sourceName, customFields };
}

function place(account: Account, { order: wanted, sourceName, customFields }: SentOrder): Order {
  const sourceId = wanted.sourceId ?? (findSource(account, sourceName) ?? addSource(account, { name: sourceName })).id;
  const order = placeOrder(account, { ...wanted, sourceId });
  applyCustomFields(order.customFields, customFields);
  if (account.switches.webhookOnCreate === 'sent') announceOrder(account, order, 'order.change_order_status');
  return order;
}

function checkOrder(account: Account, check: BodyCheck, sent: JsonObject): void {
  checkSource(account, check, sent);
  check.required('buyer', sent['buyer']);
  const buyer = check.object('buyer', sent['buyer']);
  for (const key of ['full_name', 'phone', 'email']) check.text(`buyer.${key}`, buyer[key]);
  check.object('shipping', sent['shipping']);
  for (const key of ['buyer_comment', 'manager_comment', 'promocode', 'gift_message']) check.text(key, sent[key]);
  check.moment('ordered_at', sent['ordered_at']);
  for (const key of ['discount_percent', 'discount_amount', 'shipping_price', 'wrap_price', 'taxes']) check.amount(key, sent[key]);
  for (const [index, tag] of (Array.isArray(sent['tags']) ? sent['tags'] : []).entries()) check.integer(`tags.${index}`, tag);
  const uuid = sourceUuid(sent);
  if (account.switches.sourceUuid === 'unique' && uuid && [...account.orders.values()].some((order) => order.sourceUuid === uuid)) {
    check.fail('source_uuid', 'The source_uuid has already been taken.');
  }
}

/** Undescribed: the name of a source will do, known or not. */
function checkSource(account: Account, check: BodyCheck, sent: JsonObject): void {
  check.integer('source_id', sent['source_id']);
  check.text('source_name', sent['source_name']);
  if (sent['source_id'] == null && textOrNull(sent['source_name']) !== null) return;
  if (check.required('source_id', sent['source_id']) && !account.dictionaries.sources.has(Number(sent['source_id']))) {
    check.fail('source_id', 'The selected source_id is invalid.');
  }
}

/** The description's own example of this text is a number. */
function sourceUuid(sent: JsonObject): string | null {
  return sent['source_uuid'] === null || sent['source_uuid'] === undefined ? null : textOrNull(String(sent['source_uuid']));
}

function readOrder(sent: JsonObject): Omit<NewOrder, 'lines'> {
  const buyer = isObject(sent['buyer']) ? sent['buyer'] : {};
  return {
    sourceId: sent['source_id'] == null ? undefined : Number(sent['source_id']),
    sourceUuid: sourceUuid(sent),
    buyer: { fullName: textOrNull(buyer['full_name']), phone: textOrNull(buyer['phone']), email: textOrNull(buyer['email']) },
    orderedAt: parseMoment(String(sent['ordered_at'] ?? '')),
    discountPercent: numeric(sent['discount_percent']),
    discountAmount: numeric(sent['discount_amount']),
    shippingPrice: numeric(sent['shipping_price']),
    wrapPrice: numeric(sent['wrap_price']),
    taxes: numeric(sent['taxes']),
    promocode: textOrNull(sent['promocode']),
    managerComment: textOrNull(sent['manager_comment']),
    buyerComment: textOrNull(sent['buyer_comment']),
    giftMessage: textOrNull(sent['gift_message']),
    isGift: sent['is_gift'] === true,
    giftWrap: sent['gift_wrap'] === true,
    managerId: sent['manager_id'] ? Number(sent['manager_id']) : null,
    shipping: readShipping(isObject(sent['shipping']) ? sent['shipping'] : {}),
    marketing: readTexts(sent['marketing']),
    tags: Array.isArray(sent['tags']) ? sent['tags'].map(Number) : [],
  };
}

function readLine(account: Account, check: BodyCheck, row: JsonObject, index: number): NewLine {
  const path = `products.${index}`;
  for (const key of ['price', 'purchased_price', 'quantity', 'discount_percent', 'discount_amount']) check.amount(`${path}.${key}`, row[key]);
  for (const key of ['sku', 'name', 'unit_type', 'comment', 'picture']) check.text(`${path}.${key}`, row[key]);
  const offerId = account.switches.lineBindsBy === 'sku-or-offer-id' && row['offer_id'] !== undefined ? Number(row['offer_id']) : undefined;
  return {
    sku: textOrNull(row['sku']),
    offerId,
    name: textOrNull(row['name']) ?? undefined,
    price: numeric(row['price']),
    purchasedPrice: numeric(row['purchased_price']),
    quantity: numeric(row['quantity']) ?? 1,
    discountPercent: numeric(row['discount_percent']),
    discountAmount: numeric(row['discount_amount']),
    unitType: textOrNull(row['unit_type']),
    comment: textOrNull(row['comment']),
    picture: textOrNull(row['picture']),
    properties: readProperties(row['properties']),
  };
}

function numeric(value: unknown): Numeric | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : undefined;
}

function readTexts(value: unknown): Record<string, string> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {};
}

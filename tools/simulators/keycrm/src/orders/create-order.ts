import type { Account } from '../accounts/account.js';
import type { Property } from '../catalogue/catalogue.js';
import type { Numeric } from '../decimals.js';
import { applyCustomFields, readCustomFields } from '../dictionaries/custom-field-values.js';
import { otherPaymentMethodId } from '../dictionaries/fresh-account.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import type { ApiAnswer, ApiRequest } from '../http/route.js';
import { parseMoment } from '../moments.js';
import { announceOrder } from '../webhooks/order-event.js';
import { type NewLine, type NewOrder, type NewPayment, placeOrder } from './place-order.js';
import { showOrder } from './show-order.js';
import { readShipping } from './read-shipping.js';

/** POST /order. There is no status and no warehouse in it: the account chooses both. */
export function createOrder({ account, body }: ApiRequest): ApiAnswer {
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  checkOrder(account, check, sent);
  const lines = check.rows('products', sent['products']).map((row, index) => readLine(account, check, row, index));
  const payments = check.rows('payments', sent['payments']).map((row, index) => readPayment(account, check, row, index));
  const customFields = readCustomFields(account, check, 'order', check.rows('custom_fields', sent['custom_fields']));
  check.refuseIfBroken();

  const order = placeOrder(account, { ...readOrder(sent), lines, payments });
  applyCustomFields(order.customFields, customFields);
  if (account.switches.webhookOnCreate === 'sent') announceOrder(account, order, 'order.change_order_status');
  return { status: 201, body: showOrder(account, order) };
}

function checkOrder(account: Account, check: BodyCheck, sent: JsonObject): void {
  check.integer('source_id', sent['source_id']);
  if (check.required('source_id', sent['source_id']) && !account.dictionaries.sources.has(Number(sent['source_id']))) {
    check.fail('source_id', 'The selected source_id is invalid.');
  }
  check.required('buyer', sent['buyer']);
  check.object('buyer', sent['buyer']);
  check.object('shipping', sent['shipping']);
  check.moment('ordered_at', sent['ordered_at']);
  for (const key of ['discount_percent', 'discount_amount', 'shipping_price', 'wrap_price', 'taxes']) check.amount(key, sent[key]);
  for (const [index, tag] of (Array.isArray(sent['tags']) ? sent['tags'] : []).entries()) check.integer(`tags.${index}`, tag);
  const uuid = textOrNull(sent['source_uuid']);
  if (account.switches.sourceUuid === 'unique' && uuid && [...account.orders.values()].some((order) => order.sourceUuid === uuid)) {
    check.fail('source_uuid', 'The source_uuid has already been taken.');
  }
}

function readOrder(sent: JsonObject): Omit<NewOrder, 'lines'> {
  const buyer = isObject(sent['buyer']) ? sent['buyer'] : {};
  return {
    sourceId: Number(sent['source_id']),
    sourceUuid: textOrNull(sent['source_uuid']),
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

/** Pairs without both a name and a value are ignored. */
function readProperties(value: unknown): readonly Property[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((pair) => (isObject(pair) && pair['name'] && pair['value'] ? [{ name: String(pair['name']), value: String(pair['value']) }] : []));
}

function readPayment(account: Account, check: BodyCheck, row: JsonObject, index: number): NewPayment {
  const path = `payments.${index}`;
  check.required(`${path}.amount`, row['amount']);
  check.amount(`${path}.amount`, row['amount']);
  check.moment(`${path}.payment_date`, row['payment_date']);
  if (row['payment_method'] === undefined) check.required(`${path}.payment_method_id`, row['payment_method_id']);
  check.integer(`${path}.payment_method_id`, row['payment_method_id']);
  const status = row['status'] ?? 'paid';
  if (status !== 'paid' && status !== 'not_paid' && status !== 'canceled') check.fail(`${path}.status`, `The selected ${path}.status is invalid.`);
  return {
    methodId: paymentMethod(account, row),
    amount: numeric(row['amount']) ?? 0,
    status: status === 'canceled' || status === 'not_paid' ? status : 'paid',
    description: textOrNull(row['description']),
    paidAt: parseMoment(String(row['payment_date'] ?? '')),
  };
}

function paymentMethod(account: Account, row: JsonObject): number {
  const { payment_method_id: id, payment_method: name } = row;
  if (id !== undefined && name === undefined) return Number(id);
  const named = account.dictionaries.paymentMethods.find((method) => method.name === name || method.alias === name);
  return id === undefined && named ? named.id : otherPaymentMethodId;
}

function numeric(value: unknown): Numeric | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : undefined;
}

function readTexts(value: unknown): Record<string, string> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {};
}

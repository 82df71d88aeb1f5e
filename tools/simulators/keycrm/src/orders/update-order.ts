import type { Account } from '../accounts/account.js';
import { keptPrice, keptQuantity, type Numeric, toDecimal, toDecimalOrNull } from '../decimals.js';
import { applyCustomFields, readCustomFields } from '../dictionaries/custom-field-values.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import { notFound, Refusal } from '../http/refusal.js';
import type { ApiAnswer, ApiRequest } from '../http/route.js';
import { refuseShortage, settleStock, stageAfterMove } from '../stock/write-off.js';
import { changeStatus } from './change-status.js';
import type { Order, OrderLine } from './order.js';
import { readShipping } from './read-shipping.js';
import { showOrder } from './show-order.js';
import { touch } from './touch.js';

/** PUT /order/{id}. Lines are edited, never added or removed; whatever is not sent stays. */
export function updateOrder({ account, body, id }: ApiRequest): ApiAnswer {
  const order = account.orders.get(Number(id));
  if (!order) throw notFound('Order');
  const sent = isObject(body) ? body : {};
  refuseClosed(account, order);
  refuseSecondTrackingCode(account, order, sent);

  const check = new BodyCheck();
  checkUpdate(account, check, sent);
  const edits = check.rows('products', sent['products']).map((row, index) => readEdit({ account, order, check }, row, `products.${index}`));
  const customFields = readCustomFields(account, check, 'order', check.rows('custom_fields', sent['custom_fields']));
  check.refuseIfBroken();
  const statusId = sent['status_id'] === undefined ? order.statusId : Number(sent['status_id']);
  const movesStock = account.switches.apiStatusMovesStock === 'moves';
  const stage = movesStock && statusId !== order.statusId ? stageAfterMove(account, order.stockStage, account.dictionaries.statusOf(statusId)) : order.stockStage;
  refuseShortage(account, { lines: editedCopies(account, order, edits) }, stage);

  editFields(account, order, sent);
  editLines(account, order, edits);
  if (customFields.size > 0) {
    applyCustomFields(order.customFields, customFields);
    touch(account, order, 'updatedAtMovesOnCustomFields');
  }
  changeStatus(account, order, { statusId, movesStock });
  return { status: 202, body: showOrder(account, order) };
}

function refuseClosed(account: Account, order: Order): void {
  if (account.switches.closedOrderEdit === 'accepted' || !account.dictionaries.statusOf(order.statusId).isClosingOrder) return;
  throw new Refusal(account.switches.closedOrderEdit === 'rejected-400' ? 400 : 422, { message: 'The order is closed.' });
}

function refuseSecondTrackingCode(account: Account, order: Order, sent: JsonObject): void {
  const code = isObject(sent['shipping']) ? sent['shipping']['tracking_code'] : undefined;
  if (!code || order.shipping['tracking_code'] === undefined) return;
  const message = 'The order already has a tracking code.';
  if (account.switches.secondTrackingCode === '400') throw new Refusal(400, { message });
  throw new Refusal(422, { message, errors: { 'shipping.tracking_code': [message] } });
}

function checkUpdate(account: Account, check: BodyCheck, sent: JsonObject): void {
  check.integer('status_id', sent['status_id']);
  const status = account.dictionaries.statuses.get(Number(sent['status_id']));
  if (sent['status_id'] !== undefined && (!status || status.deletedAt !== null)) {
    check.fail('status_id', 'The selected status_id is invalid.');
  }
  check.amount('discount_percent', sent['discount_percent']);
  check.amount('discount_amount', sent['discount_amount']);
  check.text('manager_comment', sent['manager_comment']);
  check.text('buyer_comment', sent['buyer_comment']);
  check.object('shipping', sent['shipping']);
}

interface EditTarget {
  readonly account: Account;
  readonly order: Order;
  readonly check: BodyCheck;
}

interface LineEdit {
  readonly line: OrderLine;
  readonly row: JsonObject;
}

/** The line that a row speaks of, found by its id or else by SKU. */
function readEdit({ account, order, check }: EditTarget, row: JsonObject, path: string): LineEdit | undefined {
  for (const key of ['price', 'purchased_price', 'quantity', 'discount_percent', 'discount_amount']) check.amount(`${path}.${key}`, row[key]);
  check.integer(`${path}.product_status_id`, row['product_status_id']);
  const line = order.lines.find((one) => (row['id'] === undefined ? one.sku !== null && one.sku === row['sku'] : one.id === Number(row['id'])));
  if (!line && account.switches.unknownLine === 'rejected') check.fail(`${path}.id`, `The selected ${path}.id is invalid.`);
  return line && { line, row };
}

function editFields(account: Account, order: Order, sent: JsonObject): void {
  const keys = ['manager_comment', 'buyer_comment', 'discount_percent', 'discount_amount', 'shipping'].filter((key) => sent[key] !== undefined);
  if (keys.length === 0) return;
  if ('manager_comment' in sent) order.managerComment = textOrNull(sent['manager_comment']);
  if ('buyer_comment' in sent) order.buyerComment = textOrNull(sent['buyer_comment']);
  if ('discount_percent' in sent) order.discountPercent = toDecimalOrNull(sent['discount_percent'] as Numeric | null);
  if ('discount_amount' in sent) order.discountAmount = toDecimalOrNull(sent['discount_amount'] as Numeric | null);
  if (isObject(sent['shipping'])) Object.assign(order.shipping, readShipping(sent['shipping']));
  touch(account, order, 'updatedAtMovesOnFields');
}

function editLines(account: Account, order: Order, edits: readonly (LineEdit | undefined)[]): void {
  const found = edits.filter((edit) => edit !== undefined);
  if (found.length === 0) return;
  for (const edit of found) editLine(account, edit);
  settleStock(account, order);
  touch(account, order, 'updatedAtMovesOnLines');
}

function editedCopies(account: Account, order: Order, edits: readonly (LineEdit | undefined)[]): readonly OrderLine[] {
  return order.lines.map((line) => {
    const copy = { ...line };
    for (const edit of edits) if (edit?.line === line) editLine(account, { line: copy, row: edit.row });
    return copy;
  });
}

function editLine(account: Account, { line, row }: LineEdit): void {
  const { switches } = account;
  const sent = (key: string) => row[key] as Numeric | null | undefined;
  if (sent('price') != null) line.price = keptPrice(toDecimal(sent('price') as Numeric), switches);
  if (sent('purchased_price') != null) line.purchasedPrice = keptPrice(toDecimal(sent('purchased_price') as Numeric), switches);
  if (sent('quantity') != null) line.quantity = keptQuantity(toDecimal(sent('quantity') as Numeric), switches);
  if (sent('discount_percent') !== undefined) line.discountPercent = toDecimalOrNull(sent('discount_percent'));
  if (sent('discount_amount') !== undefined) line.discountAmount = toDecimalOrNull(sent('discount_amount'));
  if (row['comment'] !== undefined) line.comment = textOrNull(row['comment']);
  if (row['product_status_id'] !== undefined) line.lineStatusId = row['product_status_id'] === null ? null : Number(row['product_status_id']);
  // Goods of the catalogue keep its name.
  if (line.offerId === null && textOrNull(row['name'])) line.name = String(row['name']);
}

import type { Account } from '../accounts/account.js';
import { toDecimal } from '../decimals.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import { badRequest, invalidField, notFound } from '../http/refusal.js';
import { accepted, type ApiAnswer, type ApiRequest, type Route } from '../http/route.js';
import { changePayments, paymentProblem } from './change-payments.js';
import type { Expense, Order, PaymentStatus } from './order.js';
import { addPayment } from './place-order.js';
import { readPayment } from './read-payment.js';
import { expenseShown, paymentShown } from './show-order.js';
import { touch } from './touch.js';

/** Payments, expenses and tags of one order. */
export const orderPartRoutes: readonly Route[] = [
  { operation: 'POST /order/{id}/payment', answer: createPayment },
  { operation: 'PUT /order/{id}/payment/{partId}', answer: updatePayment },
  { operation: 'POST /order/{id}/expense', answer: createExpense },
  { operation: 'PUT /order/{id}/expense/{partId}', answer: updateExpense },
  { operation: 'POST /order/{id}/tag/{partId}', answer: attachTag },
  { operation: 'DELETE /order/{id}/tag/{partId}', answer: detachTag },
];

function orderOf({ account, id }: ApiRequest): Order {
  const order = account.orders.get(Number(id));
  if (!order) throw notFound('Order');
  return order;
}

function partOf<Part extends { readonly id: number }>(parts: readonly Part[], request: ApiRequest, what: string): Part {
  const part = parts.find(({ id }) => id === Number(request.partId));
  if (!part) throw notFound(what);
  return part;
}

function sentIn({ body }: ApiRequest): JsonObject {
  return isObject(body) ? body : {};
}

function createPayment(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const order = orderOf(request);
  const check = new BodyCheck();
  const wanted = readPayment(account, check, sentIn(request), '');
  check.refuseIfBroken();
  const payment = changePayments(account, order, () => addPayment(account, order, wanted));
  return { status: 201, body: createdShown(account, paymentShown(account, order, payment)) };
}

/** What was just made; the description of these answers knows no id. */
function createdShown({ switches }: Account, shown: Record<string, unknown>): Record<string, unknown> {
  return switches.createdMoneyId === 'shown' ? shown : { ...shown, id: undefined };
}

/** Amount and date of a payment are fixed. */
function updatePayment(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const order = orderOf(request);
  const payment = partOf(order.payments, request, 'Payment');
  const sent = sentIn(request);
  const check = new BodyCheck();
  check.oneOf('status', sent['status'], ['paid', 'not_paid', 'canceled']);
  check.text('description', sent['description']);
  check.refuseIfBroken();
  const status = (sent['status'] ?? payment.status) as PaymentStatus;
  const problem = paymentProblem(account, order, payment, status);
  if (problem !== undefined) throw invalidField('status', problem);
  changePayments(account, order, () => Object.assign(payment, { status, description: described(payment, sent), updatedAt: account.now() }));
  return { status: 202, body: paymentShown(account, order, payment) };
}

function described(old: { readonly description: string | null }, sent: JsonObject): string | null {
  return sent['description'] === undefined ? old.description : textOrNull(sent['description']);
}

function createExpense(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const order = orderOf(request);
  const sent = sentIn(request);
  const check = new BodyCheck();
  check.required('amount', sent['amount']);
  check.amount('amount', sent['amount']);
  if (sent['expense_type'] === undefined) check.required('expense_type_id', sent['expense_type_id']);
  check.integer('expense_type_id', sent['expense_type_id']);
  check.refuseIfBroken();
  const at = account.now();
  const amount = toDecimal(sent['amount'] as number);
  const expense: Expense = { id: account.nextId(), typeId: expenseType(account, sent), amount, description: textOrNull(sent['description']), status: 'paid', createdAt: at, updatedAt: at };
  order.expenses.push(expense);
  touch(account, order, 'updatedAtMovesOnPayment');
  return { status: 201, body: createdShown(account, expenseShown(order, expense)) };
}

function expenseType({ dictionaries }: Account, sent: JsonObject): number {
  const name = sent['expense_type'];
  const named = dictionaries.expenseTypes.find((type) => type.name === name || type.alias === name);
  if (sent['expense_type_id'] === undefined && !named) throw invalidField('expense_type', 'The selected expense_type is invalid.');
  return named?.id ?? Number(sent['expense_type_id']);
}

/** An expense can only be cancelled or described. */
function updateExpense(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const order = orderOf(request);
  const expense = partOf(order.expenses, request, 'Expense');
  const sent = sentIn(request);
  const check = new BodyCheck();
  check.oneOf('status', sent['status'], ['canceled']);
  check.text('description', sent['description']);
  check.refuseIfBroken();
  Object.assign(expense, { status: sent['status'] ?? expense.status, description: described(expense, sent), updatedAt: account.now() });
  touch(account, order, 'updatedAtMovesOnPayment');
  return { status: 202, body: expenseShown(order, expense) };
}

function attachTag(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const order = orderOf(request);
  const { id } = partOf([...account.dictionaries.tags.values()], request, 'Tag');
  order.tags = [...new Set([...order.tags, id])];
  touch(account, order, 'updatedAtMovesOnFields');
  return accepted;
}

function detachTag(request: ApiRequest): ApiAnswer {
  const order = orderOf(request);
  const id = Number(request.partId);
  if (!order.tags.includes(id)) throw badRequest('The tag is not attached.');
  order.tags = order.tags.filter((tag) => tag !== id);
  touch(request.account, order, 'updatedAtMovesOnFields');
  return { status: 204, body: undefined };
}

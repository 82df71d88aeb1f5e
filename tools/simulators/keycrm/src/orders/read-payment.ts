import type { Account } from '../accounts/account.js';
import { isNumeric } from '../decimals.js';
import { otherPaymentMethodId } from '../dictionaries/fresh-account.js';
import { type BodyCheck, type JsonObject, textOrNull } from '../http/body-check.js';
import { parseMoment } from '../moments.js';
import type { NewPayment } from './place-order.js';

/** A payment that was sent; `prefix` begins the paths of its fields. */
export function readPayment(account: Account, check: BodyCheck, row: JsonObject, prefix: string): NewPayment {
  check.required(`${prefix}amount`, row['amount']);
  check.amount(`${prefix}amount`, row['amount']);
  check.moment(`${prefix}payment_date`, row['payment_date']);
  if (row['payment_method'] === undefined) check.required(`${prefix}payment_method_id`, row['payment_method_id']);
  check.integer(`${prefix}payment_method_id`, row['payment_method_id']);
  check.oneOf(`${prefix}status`, row['status'], ['paid', 'not_paid', 'canceled']);
  return {
    methodId: paymentMethod(account, row),
    amount: isNumeric(row['amount']) ? row['amount'] : 0,
    status: row['status'] === 'canceled' || row['status'] === 'not_paid' ? row['status'] : 'paid',
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

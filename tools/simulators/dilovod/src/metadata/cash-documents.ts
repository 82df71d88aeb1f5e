import { decimal, type Fields, flag, money, ref, text } from './field.js';

/** Header of a payment, beside what every document has: what clients send. */
export const payment: Fields = {
  ...ref('catalogs.persons', 'person'),
  ...ref('catalogs.cashAccounts', 'cashAccount'),
  ...ref('catalogs.cashItems', 'cashItem'),
  ...ref('catalogs.accounts', 'account corAccount'),
  ...ref('catalogs.settlementsKinds', 'settlementsKind'),
  ...ref('catalogs.currency', 'currencyExchange'),
  ...ref('', 'contract_forDel operType_forDel tax_forDel loan_forDel'),
  ...money('amountCurCommission'),
  ...decimal(4, 'exchangeRate_forDel'),
  ...flag('taxAccount refund'),
  ...text('content appendix orderNumber paymentID'),
};

/** What a payment is for: the document in `analytics1`. */
export const analyticsRow: Fields = {
  ...text('rowNum'),
  ...ref('', 'analytics1 analytics2 analytics3 cashGoal'),
  ...money('amountCur amountCurCommission amountCurExchange vatAmount'),
  ...ref('catalogs.taxes', 'vatTax'),
  ...decimal(4, 'exchangeRate'),
};

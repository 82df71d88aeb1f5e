import type { DilovodDocument, DilovodDocumentRow } from '@kds/dilovod-client';
import { decimal } from '@kds/kernel';
import { toDocumentFound } from './document-rows.js';

const whole: DilovodDocumentRow = { good: 'g', unit: 'u', qty: decimal(2), price: decimal(100), priceAmount: decimal(200), discount: decimal(20), amountCur: decimal(180), storage: 's2', qtyReserve: null };
const document: DilovodDocument = { id: '1', number: '42', date: null, remark: 'KeyCRM #9051', state: null, posted: null, delMark: false, firm: 'f', person: null, storage: 's1', baseDoc: 'b', contract: 'c', amountCur: null, placed: null, currency: 'uah', business: null, author: null, tradeChanel: 't', paymentForm: null, details: null, remarkFromPerson: null, rows: [whole] };

it('tells a document in the orchestrator’s words', () => {
  expect(toDocumentFound('sale', document)).toEqual({
    type: 'sale',
    id: '1',
    number: '42',
    state: null,
    person: '',
    storage: 's1',
    baseDoc: 'b',
    contract: 'c',
    posted: false,
    currency: 'uah',
    members: null,
    rows: [{ good: 'g', unit: 'u', qty: '2', price: '100', priceAmount: '200', discount: '20', amountCur: '180', storage: 's2' }],
  });
});

it('A20: tells what an order’s header says beside, and of its remark what follows the key', () => {
  const members = { business: null, author: null, tradeChanel: 't', paymentForm: null, details: null, remarkFromPerson: null };
  expect(toDocumentFound('saleOrder', document).members).toEqual({ ...members, note: null });
  expect(toDocumentFound('saleOrder', { ...document, remark: 'KeyCRM #9051 Без рядків: A' }).members).toEqual({ ...members, note: 'Без рядків: A' });
});

it('works out amounts that the base does not show, and takes the header’s storage for a row without one', () => {
  const bare = { ...whole, priceAmount: null, amountCur: null, storage: null };
  expect(toDocumentFound('sale', { ...document, rows: [bare] }).rows).toMatchObject([{ priceAmount: '200', amountCur: '180', storage: 's1' }]);
});

import type { Decimal } from '@kds/kernel';
import type { DilovodObject } from '../dilovod-packets.js';
import { type FieldReader, fieldsOf } from '../read-json.js';

/** A document's header as read. `null`: empty, closed for the API role, or not among the fields that the base gave. */
export interface DilovodDocumentHeader {
  readonly id: string;
  readonly number: string | null;
  /** Base-local, `YYYY-MM-DD HH:MM:SS`. */
  readonly date: string | null;
  readonly remark: string | null;
  readonly state: string | null;
  readonly posted: boolean | null;
  readonly delMark: boolean | null;
  readonly firm: string | null;
  readonly person: string | null;
  readonly storage: string | null;
  readonly baseDoc: string | null;
  readonly contract: string | null;
  readonly amountCur: Decimal | null;
  /** Orders only: the base says that it has placed (reserved or planned) the goods. */
  readonly placed: boolean | null;
}

/** What a document says beside, read from the whole object only. */
export interface DilovodDocument extends DilovodDocumentHeader {
  readonly currency: string | null;
  readonly business: string | null;
  readonly author: string | null;
  readonly tradeChanel: string | null;
  readonly paymentForm: string | null;
  readonly details: string | null;
  readonly remarkFromPerson: string | null;
  readonly rows: readonly DilovodDocumentRow[];
}

export interface DilovodDocumentRow {
  readonly good: string | null;
  readonly unit: string | null;
  readonly qty: Decimal;
  readonly price: Decimal | null;
  readonly priceAmount: Decimal | null;
  readonly discount: Decimal | null;
  readonly amountCur: Decimal | null;
  readonly storage: string | null;
  /** Orders only: how much of `qty` is reserved from stock. */
  readonly qtyReserve: Decimal | null;
}

/** The query fields that `fromDocumentFields` reads. */
export const documentFields: Readonly<Record<string, string>> = Object.fromEntries(
  ['id', 'number', 'date', 'remark', 'state', 'posted', 'delMark', 'firm', 'person', 'storage', 'baseDoc', 'contract', 'amountCur', 'placed'].map((name) => [name, name]),
);

/** Reads a header, or a row of `request` with `documentFields`. */
export function fromDocumentFields(fields: FieldReader): DilovodDocumentHeader {
  return {
    id: fields.id('id'),
    number: fields.text('number'),
    date: fields.text('date'),
    remark: fields.text('remark'),
    state: fields.reference('state'),
    posted: fields.flag('posted'),
    delMark: fields.flag('delMark'),
    firm: fields.reference('firm'),
    person: fields.reference('person'),
    storage: fields.reference('storage'),
    baseDoc: fields.reference('baseDoc'),
    contract: fields.reference('contract'),
    amountCur: fields.amount('amountCur'),
    placed: fields.flag('placed'),
  };
}

export function fromDocumentObject({ header, tableParts }: DilovodObject): DilovodDocument {
  const rows = tableParts.tpGoods ?? [];
  const fields = fieldsOf(header, 'header');
  return {
    ...fromDocumentFields(fields),
    currency: fields.reference('currency'),
    business: fields.reference('business'),
    author: fields.reference('author'),
    tradeChanel: fields.reference('tradeChanel'),
    paymentForm: fields.reference('paymentForm'),
    details: fields.text('details') || null,
    remarkFromPerson: fields.text('remarkFromPerson') || null,
    rows: rows.map((row, index) => fromRow(fieldsOf(row, `tpGoods[${index}]`))),
  };
}

function fromRow(fields: FieldReader): DilovodDocumentRow {
  return {
    good: fields.reference('good'),
    unit: fields.reference('unit'),
    qty: fields.quantity('qty'),
    price: fields.amount('price'),
    priceAmount: fields.amount('priceAmount'),
    discount: fields.amount('discount'),
    amountCur: fields.amount('amountCur'),
    storage: fields.reference('storage'),
    qtyReserve: fields.amount('qtyReserve'),
  };
}

import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { predefined } from '../base/predefined.js';
import { byHand } from '../base/session.js';
import { storeObject } from '../documents/save-object.js';
import { goodId } from './good-reference.js';

/** Quantities and money as decimal text or numbers. */
type Decimal = string | number;

interface StockRow {
  /** Id or article. */
  readonly good: string;
  readonly qty: Decimal;
}

interface ReceivedRow extends StockRow {
  /** Of one unit. */
  readonly cost: Decimal;
}

interface Price {
  /** Id or article. */
  readonly good: string;
  readonly price: Decimal;
  readonly priceType?: string;
  /** `YYYY-MM-DD HH:MM:SS`; now when absent. */
  readonly date?: string;
}

interface StockOrigin {
  /** The main storage when absent. */
  readonly storage?: string;
  readonly firm?: string;
  /** `YYYY-MM-DD HH:MM:SS` in the base's zone; now when absent. */
  readonly date?: string;
}

/** Verbs by which stock and prices change "by hand", as posted documents and register records. Each answers with the id of what it made. */
export function stockVerbs(base: Base) {
  const post = (type: string, header: object, rows: readonly object[]) =>
    storeObject(base, byHand, { saveType: 1, header: { ...header, id: type }, tableParts: { tpGoods: rows } }).id;
  const place = ({ storage = predefined.mainStorage, firm = predefined.firm, date = base.clock.now() }: StockOrigin) => ({ storage, firm, date });
  const row = ({ good, qty }: StockRow) => ({ good: goodId(base, good), unit: predefined.piece, qty });
  const receivedRow = (received: ReceivedRow) => ({ ...row(received), price: received.cost, priceAmount: costOfRow(received), amountCur: costOfRow(received) });
  const receiveRows = ({ rows, ...origin }: StockOrigin & { readonly rows: readonly ReceivedRow[] }) =>
    post('documents.purchase', { ...place(origin), docMode: '1004000000000343', currency: predefined.hryvnia }, rows.map(receivedRow));
  return {
    /** A posted purchase of many goods. */
    receiveRows,
    /** A posted purchase. */
    receive: ({ good, qty, cost, ...origin }: StockOrigin & ReceivedRow) => receiveRows({ ...origin, rows: [{ good, qty, cost }] }),
    writeOff: ({ good, qty, ...origin }: StockOrigin & StockRow) =>
      post('documents.goodWriteOff', { ...place(origin), docMode: '1004000000000304' }, [row({ good, qty })]),
    moveStock: ({ good, qty, from, to, ...origin }: Omit<StockOrigin, 'storage'> & StockRow & { readonly from: string; readonly to: string }) =>
      post('documents.goodMoving', { ...place({ ...origin, storage: from }), storageTo: to, docMode: '1004000000000409' }, [row({ good, qty })]),
    /** The price of a good from a date on; one that is set for that day already is changed. */
    setPrice: ({ good, price, priceType = predefined.priceType, date = base.clock.now() }: Price) => {
      const header = { good: goodId(base, good), priceType, date, currency: predefined.hryvnia };
      return storeObject(base, byHand, { header: { ...header, price, id: base.priceDays.find(header) ?? 'informationRegisters.goodsPrices' } }).id;
    },
  };
}

function costOfRow({ qty, cost }: ReceivedRow): string {
  return new Big(qty).times(cost).toFixed(2);
}

import { type Decimal, done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnRows } from '../dilovod-call.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { FieldReader } from '../read-json.js';
import { readRows } from '../read-rows.js';

/** The last price of a good; `price` is null where the record holds none. */
export interface DilovodPrice {
  readonly good: string;
  readonly price: Decimal | null;
  readonly currency: string | null;
}

/** `paged`: they came in pages, and a good that is not among them may have a price all the same. */
export interface DilovodPrices {
  readonly rows: readonly DilovodPrice[];
  readonly paged: boolean;
}

interface PriceScope {
  readonly priceType: string;
  readonly date: string;
}

/** Prices of one type in force at a base-local moment (`YYYY-MM-DD HH:MM:SS`). A good without a row has none. */
export async function readPrices(
  client: RowsClient,
  { priceType, date }: PriceScope,
  options: CallOptions,
): Promise<DilovodCall<DilovodPrices>> {
  const query = {
    from: { type: 'sliceLast', register: 'goodsPrices', date },
    fields: { good: 'good', priceType: 'priceType', price: 'price', currency: 'currency' },
    filters: [{ alias: 'priceType', operator: '=', value: priceType }],
    assembleLinks: false,
  } as const;
  return turnRows(await readAllRows(client, { query, key: ['good', 'priceType'] }, options), ({ rows, paged }) => {
    const read = readRows(rows, { read: fromPriceRow, key: 'good' });
    return read.kind === 'done' ? done({ rows: { rows: read.value.rows, paged }, unreadable: read.value.unreadable }) : read;
  });
}

function fromPriceRow(fields: FieldReader): DilovodPrice {
  return { good: fields.id('good'), price: fields.amount('price'), currency: fields.reference('currency') };
}

import { type Decimal, done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnCall } from '../dilovod-call.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import { type FieldReader, readRows } from '../read-json.js';

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
  return turnCall(await readAllRows(client, { query, key: ['good', 'priceType'] }, options), ({ rows, paged }) => {
    const read = readRows(rows, fromPriceRow);
    return read.kind === 'done' ? done({ rows: read.value, paged }) : read;
  });
}

function fromPriceRow(fields: FieldReader): DilovodPrice {
  return { good: fields.id('good'), price: fields.amount('price'), currency: fields.reference('currency') };
}

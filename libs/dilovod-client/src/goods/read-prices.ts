import type { Decimal } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnRows } from '../dilovod-call.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { FieldReader } from '../read-json.js';
import { readRows } from '../read-rows.js';

/** The last price of a good; `price` is null where the record holds none. */
export interface DilovodPrice {
  readonly good: string;
  readonly sku: string | null;
  readonly price: Decimal | null;
  readonly currency: string | null;
}

/** Prices of one type in force at a base-local moment (`YYYY-MM-DD HH:MM:SS`). A good without a row has none. */
export async function readPrices(
  client: RowsClient,
  { priceType, date }: { readonly priceType: string; readonly date: string },
  options: CallOptions,
): Promise<DilovodCall<readonly DilovodPrice[]>> {
  const query = {
    from: { type: 'sliceLast', register: 'goodsPrices', date },
    fields: { good: 'good', 'good.productNum': 'sku', priceType: 'priceType', price: 'price', currency: 'currency' },
    filters: [{ alias: 'priceType', operator: '=', value: priceType }],
    assembleLinks: false,
  } as const;
  return turnRows(await readAllRows(client, { query, key: ['good', 'priceType'] }, options), ({ rows }) => readRows(rows, { read: fromPriceRow, key: 'good' }));
}

function fromPriceRow(fields: FieldReader): DilovodPrice {
  return { good: fields.id('good'), sku: fields.text('sku'), price: fields.amount('price'), currency: fields.reference('currency') };
}

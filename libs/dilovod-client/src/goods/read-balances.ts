import { type Decimal, done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import type { DilovodFilter } from '../dilovod-packets.js';
import { listed } from '../listed.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { FieldReader } from '../read-json.js';
import { readNamedRows } from '../read-rows.js';

/** Stock of a good in a storage; `amount` is its cost. A good without a row has none. */
export interface DilovodBalance {
  readonly good: string;
  readonly sku: string | null;
  readonly storage: string | null;
  readonly qty: Decimal;
  readonly amount: Decimal | null;
}

/** `paged`: the rows came in several requests and need not be of one moment, so the snapshot is not atomic. */
export interface DilovodBalances {
  readonly rows: readonly DilovodBalance[];
  readonly paged: boolean;
}

/** `date` is base-local, `YYYY-MM-DD HH:MM:SS`. Without `storages` or `firm`: of all of them. */
export interface BalanceScope {
  readonly date: string;
  readonly storages?: readonly string[];
  readonly firm?: string;
}

/** Bases name a balance's resources in one way or the other, and leave the unknown names out. */
const resources = { qty: 'qty', amount: 'amount', qtyFinal: 'qtyFinal', amountFinal: 'amountFinal' };

/**
 * The stock register at a moment. Of a good that the call names as unreadable nothing is known, whatever other rows it
 * has.
 */
export async function readBalances(client: RowsClient, scope: BalanceScope, options: CallOptions): Promise<DilovodCall<DilovodBalances>> {
  const { date, storages, firm } = scope;
  const dimensions = ['good', 'storage', ...(firm === undefined ? [] : ['firm'])];
  const query = {
    from: { type: 'balance', register: 'goods', date, dimensions },
    fields: { good: 'good', 'good.productNum': 'sku', storage: 'storage', ...(firm === undefined ? {} : { firm: 'firm' }), ...resources },
    filters: toFilters(scope),
    assembleLinks: false,
  } as const;
  const wanted = storages === undefined ? undefined : new Set(storages);
  const steps = stepsWithin(options);
  const answer = await steps.take((left) => readAllRows(client, { query, key: dimensions }, left));
  if (answer.kind !== 'done') return steps.end(answer);
  const balances = readNamedRows(answer.value.rows, { read: fromBalanceRow, key: 'good' });
  if (balances.kind !== 'done') return steps.end(balances);
  steps.leaveOut(balances.value.unreadable);
  const rows = balances.value.rows.filter(({ storage }) => wanted === undefined || (storage !== null && wanted.has(storage)));
  return steps.end(done({ rows, paged: answer.value.paged }));
}

/** More storages than one list may hold are left to us to pick out: two requests would not be one moment. */
function toFilters({ storages = [], firm }: BalanceScope): readonly DilovodFilter[] {
  const [ids, ...more] = listed(storages);
  return [
    ...(ids !== undefined && more.length === 0 ? [{ alias: 'storage', operator: 'IL', value: ids } as const] : []),
    ...(firm === undefined ? [] : [{ alias: 'firm', operator: '=', value: firm } as const]),
  ];
}

function fromBalanceRow(fields: FieldReader): DilovodBalance {
  return {
    good: fields.id('good'),
    sku: fields.text('sku'),
    storage: fields.reference('storage'),
    qty: fields.amount('qty') ?? fields.quantity('qtyFinal'),
    amount: fields.amount('amount') ?? fields.amount('amountFinal'),
  };
}

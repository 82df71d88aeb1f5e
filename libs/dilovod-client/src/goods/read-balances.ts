import { type ApiAnswer, type Decimal, done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnRows } from '../dilovod-call.js';
import type { DilovodFilter } from '../dilovod-packets.js';
import { listed } from '../listed.js';
import { type DilovodRows, readAllRows, type RowsClient } from '../read-all-rows.js';
import type { DilovodRecord, FieldReader } from '../read-json.js';
import { type ReadRows, readNamedRows } from '../read-rows.js';

/** Stock of a good in a storage; `amount` is its cost. A good without a row has none. */
export interface DilovodBalance {
  readonly good: string;
  readonly storage: string | null;
  readonly qty: Decimal;
  readonly amount: Decimal | null;
}

/** `paged`: the rows came in several requests and need not be of one moment, so the snapshot is not atomic. */
export interface DilovodBalances {
  readonly rows: readonly DilovodBalance[];
  readonly paged: boolean;
}

/** `date` is base-local, `YYYY-MM-DD HH:MM:SS`. Without `goods` (at most 50), `storages` or `firm`: of all of them. */
export interface BalanceScope {
  readonly date: string;
  readonly goods?: readonly string[];
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
  return turnRows(await askBalances(client, scope, options), ({ rows, paged }) => {
    const balances = fromBalanceRows(rows, scope.storages);
    if (balances.kind !== 'done') return balances;
    const { unreadable } = balances.value;
    return done({ rows: { rows: balances.value.rows, paged }, unreadable });
  });
}

/** The same as it came: rows with `good`, `storage` and the resources, of perhaps more storages. */
export async function askBalances(
  client: RowsClient,
  scope: BalanceScope,
  options: CallOptions,
): Promise<DilovodCall<DilovodRows>> {
  const { date, firm } = scope;
  const dimensions = ['good', 'storage', ...(firm === undefined ? [] : ['firm'])];
  const named = { good: 'good', storage: 'storage', ...(firm === undefined ? {} : { firm: 'firm' }) };
  const query = {
    from: { type: 'balance', register: 'goods', date, dimensions },
    fields: { ...named, ...resources },
    filters: toFilters(scope),
    assembleLinks: false,
  } as const;
  return readAllRows(client, { query, key: dimensions }, options);
}

/** What can be read of such rows, of these storages or of all. */
export function fromBalanceRows(
  rows: readonly DilovodRecord[],
  storages?: readonly string[],
): ApiAnswer<ReadRows<DilovodBalance>> {
  const balances = readNamedRows(rows, { read: fromBalanceRow, key: 'good' });
  if (balances.kind !== 'done' || storages === undefined) return balances;
  const wanted = new Set(storages);
  const { rows: read, unreadable } = balances.value;
  return done({ rows: read.filter(({ storage }) => storage !== null && wanted.has(storage)), unreadable });
}

/** More storages than one list may hold are left to us to pick out: two requests would not be one moment. */
function toFilters({ goods, storages = [], firm }: BalanceScope): readonly DilovodFilter[] {
  const [ids, ...more] = listed(storages);
  return [
    ...(ids !== undefined && more.length === 0 ? [{ alias: 'storage', operator: 'IL', value: ids } as const] : []),
    ...(goods === undefined ? [] : [{ alias: 'good', operator: 'IL', value: goods } as const]),
    ...(firm === undefined ? [] : [{ alias: 'firm', operator: '=', value: firm } as const]),
  ];
}

function fromBalanceRow(fields: FieldReader): DilovodBalance {
  return {
    good: fields.id('good'),
    storage: fields.reference('storage'),
    qty: fields.amount('qty') ?? fields.quantity('qtyFinal'),
    amount: fields.amount('amount') ?? fields.amount('amountFinal'),
  };
}

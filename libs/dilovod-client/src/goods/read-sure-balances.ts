import { type ApiAnswer, compare, type Decimal, dividedBy, done, isZero, plus, times, zero } from '@kds/kernel';
import { type CallOptions, type CallSteps, type DilovodCall, type KnownAnswer, stepsWithin } from '../dilovod-call.js';
import { listed } from '../listed.js';
import type { DilovodRows, RowsClient } from '../read-all-rows.js';
import type { ReadRows, UnreadableRow } from '../read-rows.js';
import { askBalances, type DilovodBalance, type DilovodBalances, fromBalanceRows } from './read-balances.js';

export interface SureScope {
  /** The present by each clock that may be right, base-local; asked for when the base has been heard. */
  readonly present: () => readonly string[];
  /** After everything that is dated for later, base-local. */
  readonly later: string;
  readonly storages: readonly string[];
  readonly firm: string;
  /** Only these; without it all. */
  readonly goods?: readonly string[];
}

/**
 * What can be counted on, whoever's clock is right: of each good in each storage the least of what is on hand now and
 * of what is left when everything that is dated for later has happened. So a shipment counts that a clock ahead of ours
 * has dated, and a receipt does not that is dated for later. The cost is that of what is on hand now. What is left in
 * the end is read first, so that a shipment that is booked in between counts, too.
 */
export async function readSureBalances(
  client: RowsClient,
  scope: SureScope,
  options: CallOptions,
): Promise<DilovodCall<DilovodBalances>> {
  const steps = stepsWithin(options);
  const rows: DilovodBalance[] = [];
  let paged = false;
  for (const goods of scope.goods === undefined ? [undefined] : listed(scope.goods)) {
    const sure = await readPart({ client, steps }, scope, goods);
    if (sure.kind !== 'done') return steps.end(sure);
    for (const row of sure.value.rows) rows.push(row);
    paged ||= sure.value.paged;
  }
  return steps.end(done({ rows, paged }));
}

interface Reader {
  readonly client: RowsClient;
  readonly steps: CallSteps;
}

async function readPart(
  { client, steps }: Reader,
  { present, later, storages, firm }: SureScope,
  goods: readonly string[] | undefined,
): Promise<ApiAnswer<DilovodBalances>> {
  const scope = { storages, firm, ...(goods === undefined ? {} : { goods }) };
  const known: KnownAnswer = {};
  const readAt = (date: string) => steps.take((left) => askBalances(client, { ...scope, date }, { ...left, known }));
  const last = await readAt(later);
  if (last.kind !== 'done') return last;
  const readings: DilovodRows[] = [];
  for (const date of present()) {
    const read = await readAt(date);
    if (read.kind !== 'done') return read;
    readings.push(read.value);
  }
  const least = leastOfRows([...readings, last.value], storages);
  if (least.kind !== 'done') return least;
  steps.leaveOut(least.value.unreadable);
  return done({ rows: least.value.rows, paged: last.value.paged || readings.some(({ paged }) => paged) });
}

/** Where nothing is dated for later, the answers are one and the same, and gone through once. */
function leastOfRows(
  readings: readonly DilovodRows[],
  storages: readonly string[],
): ApiAnswer<ReadRows<DilovodBalance>> {
  const different: (readonly DilovodBalance[])[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const rows of new Set(readings.map((reading) => reading.rows))) {
    const read = fromBalanceRows(rows, storages);
    if (read.kind !== 'done') return read;
    different.push(read.value.rows);
    unreadable.push(...read.value.unreadable);
  }
  const [first = [], ...others] = different;
  return done({ rows: leastOf(first, others), unreadable });
}

/**
 * Of each good in each storage the least quantity of several readings, at the cost that it has in the first. What a
 * reading does not show it has none of.
 */
export function leastOf(
  first: readonly DilovodBalance[],
  others: readonly (readonly DilovodBalance[])[],
): readonly DilovodBalance[] {
  if (others.length === 0) return first;
  return others.reduce<readonly DilovodBalance[]>(
    (least, other) => lesserOf(least, quantitiesOf(other)),
    oneEach(first),
  );
}

/** A base that splits what it was asked to sum is summed here. */
function oneEach(rows: readonly DilovodBalance[]): readonly DilovodBalance[] {
  const summed = new Map<string, DilovodBalance>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = summed.get(key);
    summed.set(
      key,
      known === undefined
        ? row
        : { ...row, qty: plus(known.qty, row.qty), amount: plus(known.amount ?? zero, row.amount ?? zero) },
    );
  }
  return summed.size === rows.length ? rows : [...summed.values()];
}

/** Empties `other` of what it has found in it. */
function lesserOf(rows: readonly DilovodBalance[], other: Map<string, Decimal>): readonly DilovodBalance[] {
  const lesser = rows.map((row) => {
    const key = keyOf(row);
    const qty = other.get(key);
    other.delete(key);
    return qty === row.qty ? row : withAtMost(row, qty ?? zero);
  });
  for (const [key, qty] of other) {
    if (compare(qty, zero) < 0) lesser.push({ ...fromKey(key), qty, amount: zero });
  }
  return lesser;
}

function withAtMost(row: DilovodBalance, qty: Decimal): DilovodBalance {
  const { amount } = row;
  if (compare(qty, row.qty) >= 0) return row;
  if (amount === null || isZero(row.qty)) return { ...row, qty };
  return { ...row, qty, amount: compare(qty, zero) <= 0 ? zero : dividedBy(times(amount, qty), row.qty, costPlaces) };
}

/** Of an amount that is a share of another; a cost is the kopeck of a division by its quantity. */
const costPlaces = 6;

function quantitiesOf(rows: readonly DilovodBalance[]): Map<string, Decimal> {
  const quantities = new Map<string, Decimal>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = quantities.get(key);
    quantities.set(key, known === undefined ? row.qty : plus(known, row.qty));
  }
  return quantities;
}

function keyOf({ good, storage }: DilovodBalance): string {
  return `${good} ${storage ?? ''}`;
}

function fromKey(key: string): Pick<DilovodBalance, 'good' | 'storage'> {
  const [good = '', storage = ''] = key.split(' ');
  return { good, storage: storage === '' ? null : storage };
}

import { compare, type Decimal, decimal, times } from '@kds/kernel';
import fc from 'fast-check';
import { actionsOver } from '../dilovod-client.js';
import { type DilovodBalance, leastOf, readSureBalances } from '../index.js';

const soon = { timeoutMs: 1_000 };
const balance = (good: string, qty: number, amount = qty * 10): DilovodBalance => ({
  good,
  storage: '1',
  qty: decimal(qty),
  amount: decimal(amount),
});

/** A base that answers each moment with the balances of that moment; `asked` holds the moments. */
function registerOf(moments: Readonly<Record<string, readonly DilovodBalance[]>>) {
  const asked: string[] = [];
  const client = actionsOver(
    async (packet) => {
      const { date } = (packet as { params: { from: { date: string } } }).params.from;
      asked.push(date);
      return { kind: 'json', status: 200, json: moments[date] };
    },
    { apiKey: 'k' },
  );
  return { client, asked };
}

test('B11: where all moments agree nothing changes, and what is dated for later is read first', async () => {
  const rows = [balance('1', 3), balance('2', -1)];
  const { client, asked } = registerOf({ now: rows, later: rows });
  const call = await readSureBalances(
    client,
    { present: () => ['now'], later: 'later', storages: ['1'], firm: 'f' },
    soon,
  );
  expect(call.answer).toEqual({ kind: 'done', value: { rows, paged: false } });
  expect(asked).toEqual(['later', 'now']);
});

test('B11: with clocks that differ the least of all is counted on, at the cost of the first', async () => {
  const moments = {
    ours: [balance('1', 5), balance('2', 4)],
    theirs: [balance('1', 2), balance('2', 4), balance('3', 9)],
    later: [balance('1', 8), balance('2', -1), balance('4', -2)],
  };
  const scope = { present: () => ['ours', 'theirs'], later: 'later', storages: ['1'], firm: 'f' };
  const { answer } = await readSureBalances(registerOf(moments).client, scope, soon);
  expect(answer).toEqual({
    kind: 'done',
    value: { paged: false, rows: [balance('1', 2), balance('2', -1, 0), { ...balance('4', -2, 0) }] },
  });
});

test('B11: many goods are asked for in lists of fifty, each at all moments', async () => {
  const { client, asked } = registerOf({ now: [], later: [] });
  const goods = Array.from({ length: 51 }, (_, index) => String(index));
  await readSureBalances(client, { present: () => ['now'], later: 'later', storages: ['1'], firm: 'f', goods }, soon);
  expect(asked).toEqual(['later', 'now', 'later', 'now']);
});

const quantity = fc.integer({ min: -20, max: 40 }).map((quarters) => quarters / 4);
const reading = fc
  .uniqueArray(fc.tuple(fc.constantFrom('1', '2', '3', '4'), quantity), { selector: ([good]) => good })
  .map((rows) => rows.map(([good, qty]) => balance(good, qty, qty * 7.5)));
const qtyIn = (rows: readonly DilovodBalance[], good: string): Decimal =>
  rows.find((row) => row.good === good)?.qty ?? decimal(0);

test('B11: of any readings none shows less than what is counted on, one shows just that, and the cost of a piece stays', () => {
  fc.assert(
    fc.property(reading, fc.array(reading, { minLength: 1, maxLength: 3 }), (first, others) => {
      const least = leastOf(first, others);
      for (const good of ['1', '2', '3', '4']) {
        const all = [first, ...others].map((rows) => qtyIn(rows, good));
        const sure = qtyIn(least, good);
        expect(all.every((qty) => compare(sure, qty) <= 0) && all.includes(sure)).toBe(true);
      }
      for (const { qty, amount } of least)
        if (compare(qty, decimal(0)) > 0) expect(amount).toBe(times(qty, decimal('7.5')));
    }),
  );
});

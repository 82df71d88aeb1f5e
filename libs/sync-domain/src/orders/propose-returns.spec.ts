import { compare, decimal, minus, times, zero } from '@kds/kernel';
import fc from 'fast-check';
import { lessTotals, totalsOf } from './compare-rows.js';
import type { DocumentRow, ShipmentHeld } from './order-binding.js';
import { proposeReturns } from './propose-returns.js';

const rowArbitrary = fc.record({
  good: fc.constantFrom('A', 'B', 'C'),
  storage: fc.constantFrom('W1', 'W2'),
  qty: fc.integer({ min: 1, max: 40 }),
  price: fc.integer({ min: 0, max: 100_000 }),
  keep: fc.double({ min: 0, max: 1, noNaN: true }),
});
type Drawn = { readonly good: string; readonly storage: string; readonly qty: number; readonly price: number; readonly keep: number };

function toRow({ good, storage, price }: Drawn, qty: number, kopecks: number): DocumentRow {
  const priceAmount = times(decimal(price / 100), decimal(qty));
  const amountCur = decimal(kopecks / 100);
  return { good, unit: 'U', qty: decimal(qty), price: decimal(price / 100), priceAmount, discount: minus(priceAmount, amountCur), amountCur, storage };
}

test('A13: shipments less the proposed returns have exactly the units and the money that KeyCRM still shows', () => {
  fc.assert(
    fc.property(fc.array(rowArbitrary, { minLength: 1, maxLength: 6 }), (drawn) => {
      const rows = drawn.map((each) => toRow(each, each.qty, each.qty * each.price));
      const shipments = ['W1', 'W2'].map((storage): ShipmentHeld => ({ id: `S-${storage}`, storage, person: 'P', currency: null, saleOrder: 'D', rows: rows.filter((row) => row.storage === storage), saleReturn: null }));
      const kept = drawn.map((each) => ({ each, qty: Math.floor(each.qty * each.keep) })).filter(({ qty }) => qty > 0);
      const wanted = kept.map(({ each, qty }) => toRow(each, qty, qty * each.price));
      const returns = proposeReturns(shipments, wanted);
      const changed = lessTotals(totalsOf(rows), totalsOf(wanted)).some(({ qty }) => compare(qty, zero) > 0);
      expect(returns === undefined).toBe(!changed);
      const back = (returns ?? []).flatMap((proposal) => proposal.rows);
      expect(lessTotals(lessTotals(totalsOf(rows), totalsOf(back)), totalsOf(wanted))).toEqual([]);
      for (const row of back) expect(minus(row.priceAmount, row.discount)).toBe(row.amountCur);
    }),
    { numRuns: 500 },
  );
});

test('A13: what a fixed order discount, spread anew, changes on the goods that stay goes with what came back', () => {
  const shipped = [toRow({ good: 'A', storage: 'W1', qty: 1, price: 10_000, keep: 1 }, 1, 7_500), toRow({ good: 'B', storage: 'W1', qty: 1, price: 10_000, keep: 0 }, 1, 7_500)];
  const shipments = [{ id: 'S', storage: 'W1', person: 'P', currency: null, saleOrder: 'D', rows: shipped, saleReturn: null }];
  const wanted = [toRow({ good: 'A', storage: 'W1', qty: 1, price: 10_000, keep: 1 }, 1, 5_000)];
  expect(proposeReturns(shipments, wanted)).toMatchObject([{ sale: 'S', rows: [{ good: 'B', qty: '1', amountCur: '100' }] }]);
});

test('A13: more of something, or less money for the same goods, is no return', () => {
  const row = toRow({ good: 'A', storage: 'W1', qty: 2, price: 10_000, keep: 1 }, 2, 20_000);
  const shipments = [{ id: 'S', storage: 'W1', person: 'P', currency: null, saleOrder: 'D', rows: [row], saleReturn: null }];
  expect(proposeReturns(shipments, [{ ...row, qty: decimal(3) }])).toBeUndefined();
  expect(proposeReturns(shipments, [{ ...row, amountCur: decimal(150) }])).toBeUndefined();
  expect(proposeReturns(shipments, [row])).toBeUndefined();
});

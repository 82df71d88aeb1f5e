import fc from 'fast-check';
import { rowsNamedIn, splitRefused } from './split-refused.js';

test('B2: a refused batch is taken apart into two parts that are smaller, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 2, maxLength: 50 }), fc.array(fc.nat({ max: 60 })), (rows, named) => {
      const parts = splitRefused(rows, new Set(named));
      for (const part of parts) expect(part.length).toBeGreaterThan(0);
      expect(parts.flat().sort()).toEqual([...rows].sort());
    }),
  );
});

test('B2: rows that the refusal names are set apart', () => {
  expect(splitRefused(['a', 'b', 'c'], rowsNamedIn({ 'stocks.1.sku': ['is invalid'], 'stocks.x': [], warehouse_id: [] }))).toEqual([['a', 'c'], ['b']]);
  expect(rowsNamedIn({ 'offers.12.price': [], 'offers.3': [] })).toEqual(new Set([12, 3]));
  for (const nothing of [undefined, null, 'offers.1', 7, []]) expect(rowsNamedIn(nothing)).toEqual(new Set());
});

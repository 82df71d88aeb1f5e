import Big from 'big.js';
import fc from 'fast-check';
import { compare, decimal, isZero, parseDecimal, percentOf, plus, spread, times } from './index.js';

const kopecks = fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }).map((n) => decimal((n / 100).toFixed(2)));
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }).map((n) => decimal(n)), { minLength: 1, maxLength: 40 }).filter((all) => all.some((w) => !isZero(w)));

test('reads numbers and numeric texts, and nothing else', () => {
  expect([1198, '1198.00', ' -1.000', '+5', 0.1].map(parseDecimal)).toEqual(['1198', '1198', '-1', '5', '0.1']);
  expect(['', 'abc', '1e5', '1 000', '1,5', null, undefined, Number.NaN, Infinity, {}].map(parseDecimal)).toEqual(Array(10).fill(undefined));
});

test('every spelling of a number is read as its shortest', () => {
  const spelling = fc.tuple(fc.constantFrom('', '-', '+'), fc.stringMatching(/^\d{1,15}$/), fc.option(fc.stringMatching(/^\d{1,12}$/)));
  fc.assert(
    fc.property(spelling, ([sign, whole, fraction]) => {
      const text = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`;
      const shortest = new Big(text.replace('+', '')).toFixed();
      expect(parseDecimal(text)).toBe(shortest === '-0' ? '0' : shortest);
    }),
  );
  expect(['-0', '-0.00', '0.', '.5', '00', '-00.10', '1.'].map(parseDecimal)).toEqual(['0', '0', undefined, undefined, '0', '-0.1', undefined]);
});

test('is exact where floats are not', () => {
  expect(plus(decimal('0.1'), decimal('0.2'))).toBe('0.3');
  expect(times(decimal('3.333'), decimal('19.99'))).toBe('66.62667');
  expect(percentOf(decimal('19.99'), decimal('7.5'))).toBe('1.5');
});

test('a spread amount adds up to itself, with nobody more than a kopeck from a fair share', () => {
  fc.assert(
    fc.property(kopecks, weights, (amount, shares) => {
      const parts = spread(amount, shares);
      expect(plus(...parts)).toBe(plus(amount));
      parts.forEach((part, index) => {
        const fair = (Number(amount) * Number(shares[index])) / shares.reduce((sum, share) => sum + Number(share), 0);
        expect(Math.abs(Number(part) - fair)).toBeLessThanOrEqual(0.0100001);
      });
    }),
  );
});

test('the odd kopeck goes to the part that lost most, the earlier one first', () => {
  expect(spread(decimal('10'), [decimal(1), decimal(1), decimal(1)])).toEqual(['3.34', '3.33', '3.33']);
  expect(spread(decimal('-0.05'), [decimal(1), decimal(1)])).toEqual(['-0.03', '-0.02']);
  expect(spread(decimal('5'), [decimal(0), decimal(2)])).toEqual(['0', '5']);
  expect(() => spread(decimal('5'), [decimal(0)])).toThrow(/nothing carries/);
  expect(compare(decimal('-1'), decimal('0'))).toBeLessThan(0);
});

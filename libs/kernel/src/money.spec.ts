import Big from 'big.js';
import fc from 'fast-check';
import { compare, decimal, isZero, kopecksAround, minus, parseDecimal, percentOf, plus, spread, times, toKopeck, zero } from './index.js';

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
  expect(percentOf(decimal('19.99'), decimal('7.5'))).toBe('1.49925');
});

test('rounds half away from zero, to the even neighbour, or towards zero', () => {
  const sums = ['0.125', '-0.125', '0.135', '0.129'].map(decimal);
  expect(sums.map((sum) => toKopeck(sum))).toEqual(['0.13', '-0.13', '0.14', '0.13']);
  expect(sums.map((sum) => toKopeck(sum, 'half-even'))).toEqual(['0.12', '-0.12', '0.14', '0.13']);
  expect(sums.map((sum) => toKopeck(sum, 'down'))).toEqual(['0.12', '-0.12', '0.13', '0.12']);
  expect(sums.map((sum) => kopecksAround(sum))).toEqual([{ below: '0.12', above: '0.13' }, { below: '-0.13', above: '-0.12' }, { below: '0.13', above: '0.14' }, { below: '0.12', above: '0.13' }]);
  expect(kopecksAround(decimal('7.5'))).toEqual({ below: '7.5', above: '7.5' });
});

test('A11: a spread amount adds up to itself, with nobody more than a kopeck from a fair share', () => {
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

test('A11: no part of a discount exceeds what carries it, equal weights lose equal parts but for a kopeck, and the same is always spread the same way', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 500_00 }).map((n) => decimal((n / 100).toFixed(2))), { minLength: 1, maxLength: 20 }).filter((all) => all.some((amount) => !isZero(amount)));
  fc.assert(
    fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (weights, share) => {
      const amount = toKopeck(times(plus(...weights), decimal(share.toFixed(6))));
      const parts = spread(amount, weights);
      expect(spread(amount, weights)).toEqual(parts);
      parts.forEach((part, index) => {
        expect(compare(part, zero)).toBeGreaterThanOrEqual(0);
        expect(compare(part, weights[index] ?? zero)).toBeLessThanOrEqual(0);
        const twin = weights.findIndex((weight) => weight === weights[index]);
        expect(['0', '0.01']).toContain(minus(parts[twin] ?? zero, part));
      });
    }),
  );
});

test('A11: the odd kopeck goes to the part that lost most, the earlier one first', () => {
  expect(spread(decimal('10'), [decimal(1), decimal(1), decimal(1)])).toEqual(['3.34', '3.33', '3.33']);
  expect(spread(decimal('-0.05'), [decimal(1), decimal(1)])).toEqual(['-0.03', '-0.02']);
  expect(spread(decimal('5'), [decimal(0), decimal(2)])).toEqual(['0', '5']);
  expect(() => spread(decimal('5'), [decimal(0)])).toThrow(/nothing carries/);
  expect(compare(decimal('-1'), decimal('0'))).toBeLessThan(0);
});

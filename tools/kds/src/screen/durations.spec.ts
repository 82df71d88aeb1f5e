import { ageOf, parseSpan, shortSpan } from './durations.js';

test.each([[0, '0s'], [-500, '0s'], [59_999, '59s'], [60_000, '1m'], [7_200_000, '2h'], [200_000_000, '2d']])('%d ms are shown as %s', (ms, shown) => {
  expect(shortSpan(ms)).toBe(shown);
});

test('what has not happened is never', () => {
  expect(ageOf(null, new Date())).toBe('never');
});

test.each([['30s', 30_000], ['15m', 900_000], ['6h', 21_600_000], ['1d', 86_400_000]])('%s is read as %d ms', (text, ms) => {
  expect(parseSpan(text)).toBe(ms);
});

test.each(['', '5', 'm', '1w', '-1d', '1.5h'])('%j is no span', (text) => {
  expect(() => parseSpan(text)).toThrow('write a span such as');
});

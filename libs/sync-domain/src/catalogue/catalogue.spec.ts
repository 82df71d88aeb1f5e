import fc from 'fast-check';
import { cardBelievedMs, cardCurrency, foldSku, twinsAmong } from '../index.js';

test('B6: SKUs that differ by case or outer blanks only fold to the same', () => {
  expect(['AB-1', 'ab-1', ' AB-1 ', 'Ab-1\u00a0'].map(foldSku)).toEqual(Array(4).fill('ab-1'));
  expect(foldSku('МАТ 2')).toBe('мат 2');
  expect(foldSku('AB 1')).not.toBe(foldSku('AB1'));
});

test('B6: twins are all texts that fold to the same, and nothing else', () => {
  const text = fc.array(fc.constantFrom('a', 'A', 'б', 'Б', ' '), { maxLength: 3 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text), (skus) => {
      const twins = twinsAmong(skus);
      const isTwin = (sku: string) => skus.some((other) => other !== sku && foldSku(other) === foldSku(sku));
      expect([...twins.values()].flat().sort()).toEqual([...new Set(skus.filter(isTwin))].sort());
    }),
  );
});

test.each([
  ['never read', undefined, 'UAH', 'unknown'],
  ["in the client's currency", { currency: 'UAH', readAgoMs: 0 }, 'UAH', 'ours'],
  ['in another', { currency: 'USD', readAgoMs: 0 }, 'UAH', 'foreign'],
  ['in another, read long ago', { currency: 'USD', readAgoMs: cardBelievedMs + 1 }, 'UAH', 'foreign'],
  ["in the client's, read long ago", { currency: 'UAH', readAgoMs: cardBelievedMs + 1 }, 'UAH', 'unknown'],
  ['without a word about it', { currency: null, readAgoMs: 0 }, 'UAH', 'ours'],
  ['of a client whose currency is not known', { currency: 'USD', readAgoMs: 0 }, undefined, 'unknown'],
] as const)('B10: a card %s', (_what, card, client, expected) => {
  expect(cardCurrency(card, client)).toBe(expected);
});

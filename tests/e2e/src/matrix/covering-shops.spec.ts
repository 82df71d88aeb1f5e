import { coveringShops } from './covering-shops.js';
import { apart, labelOf, questions } from './switch-positions.js';

test('every position of every switch of both simulators occurs in a shop, in each shop one position of a switch', () => {
  const shops = coveringShops(12);
  expect(new Set(shops.flat().map(labelOf))).toEqual(new Set(questions.flat().map(labelOf)));
  for (const shop of shops) expect(new Set(shop.map(({ name, system }) => `${system} ${name}`)).size).toBe(shop.length);
  expect(shops).toHaveLength(12 + Object.keys(apart).length);
});

test('there are too few shops where a switch has more positions', () => {
  expect(new Set(coveringShops(2).flat().map(labelOf)).size).toBeLessThan(questions.flat().length);
});

import { seededRandom } from '@kds/simulator-kit';
import { apart, type Position, questions } from './switch-positions.js';

/**
 * Few shops in which every position of every switch occurs: `count` of them with all switches set at once, each position in about equally many and in
 * changing company, and one more for every position that stands apart. The same count gives the same shops.
 */
export function coveringShops(count: number): readonly (readonly Position[])[] {
  const random = seededRandom(count);
  const together = questions.map((positions) => positions.filter((position) => !standsApart(position))).filter((positions) => positions.length > 0);
  const columns = together.map((positions) => shuffled(Array.from({ length: count }, (_, index) => positions[index % positions.length] as Position), random));
  const mixed = Array.from({ length: count }, (_, shop) => columns.map((column) => column[shop] as Position));
  return [...mixed, ...questions.flat().filter(standsApart).map((position) => [position])];
}

function standsApart({ name, position }: Position): boolean {
  return Object.hasOwn(apart, `${name}=${position}`);
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

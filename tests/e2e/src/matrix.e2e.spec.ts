import { coveringShops } from './matrix/covering-shops.js';
import { disagreements, endingsTable } from './matrix/endings-table.js';
import { matrixSpec, runShops } from './matrix/run-shops.js';
import { openWorld, type World } from './open-world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ shops: [], spec: matrixSpec });
}, 120_000);
afterAll(() => world?.close(), 30_000);

test('A1 A2 A3 A4 A5 A7 A8 A9 A11 B2 B3 B8: both systems agree whichever way the open questions about the two APIs turn out', async () => {
  const endings = await runShops(world, { shops: coveringShops(12), name: 'matrix', patienceMs: 120_000 });
  process.stdout.write(`${endingsTable(endings)}\n${disagreements(endings)}\n`);
  expect(endings.filter(({ differences }) => differences.length > 0).map(({ shop }) => shop)).toEqual([]);
}, 200_000);

import { parseArgs } from 'node:util';
import { disagreements, endingsTable } from './matrix/endings-table.js';
import { matrixSpec, runShops } from './matrix/run-shops.js';
import { labelOf, questions } from './matrix/switch-positions.js';
import { openWorld } from './open-world.js';

/** Runs a shop under each position of each switch of both simulators, all else as usual, many shops at once; exits with 0 when both systems of all agree. */
const { values } = parseArgs({ options: { only: { type: 'string' }, batch: { type: 'string', default: '40' }, patience: { type: 'string', default: '120' } } });
const positions = questions.flat().filter((position) => values.only === undefined || labelOf(position).includes(values.only));
const batch = Number(values.batch);

const world = await openWorld({ shops: [], spec: matrixSpec });
try {
  let broken = 0;
  for (let start = 0; start < positions.length; start += batch) {
    const shops = positions.slice(start, start + batch).map((position) => [position]);
    const endings = await runShops(world, { shops, name: `matrix-${start}`, patienceMs: Number(values.patience) * 1_000 });
    broken += endings.filter(({ differences }) => differences.length > 0).length;
    console.log([endingsTable(endings), disagreements(endings)].filter((text) => text !== '').join('\n'));
  }
  console.log(`\n${positions.length - broken} positions agree, ${broken} do not`);
  process.exitCode = broken === 0 ? 0 : 1;
} finally {
  await world.close();
}
